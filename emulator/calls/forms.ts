/** How a call may come on any route; what is open is in the note. */
import { GUIDE, type Known } from "../known.ts";

export const FORMS: readonly (Known & { readonly form: string })[] = [
  {
    form: "parameters by query, form, multipart and JSON, merged",
    marks: "D I",
    source: GUIDE,
    note: "the body wins over the query (I); JSON text inside a form or a query is read",
  },
  {
    form: "the token in the header (`Bearer`, `OAuth`), the query or a form",
    marks: "D R",
    source: "Meta's guide: access tokens",
    note: "the header wins (I)",
  },
  { form: "`fields=a,b{c}`, also of lists", marks: "D K", source: "Meta's guide: Graph API" },
  { form: "`?method=get` on a POST", marks: "K", source: "Graph's override of the verb" },
  { form: "slashes at the end or twice in a row", marks: "R", source: "calls of well-known clients" },
  {
    form: "`POST /` with `batch`, 50 calls at most",
    marks: "D K",
    source: "Meta's guide: batch requests",
    note: "names and references between items answer 501, each in its item",
  },
  {
    form: "`appsecret_proof` and `appsecret_time`",
    marks: "D K",
    source: "Meta's guide: securing requests",
    note: "checked once the app's secret is set; required by option requireProof",
  },
];
