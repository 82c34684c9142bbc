/** Routes of a WhatsApp Business Account: `/{WABA}` and its edges. */
import { GUIDE, OPENAPI } from "../known.ts";
import { addNumber } from "../operations/add-number.ts";
import { listNumbers } from "../operations/list-numbers.ts";
import { readWaba } from "../operations/read-waba.ts";
import type { Scope } from "../tokens.ts";
import type { Route } from "./route.ts";

const MANAGE: readonly Scope[] = ["whatsapp_business_management"];
const REFERENCE = "Meta's reference, v21 to v24";

export const WABA_ROUTES: readonly Route[] = [
  { method: "GET", template: "/{WABA}", on: "waba", run: readWaba, scopes: MANAGE, marks: "D S", source: REFERENCE },
  {
    method: "GET",
    template: "/{WABA}/phone_numbers",
    on: "waba",
    run: listNumbers,
    scopes: MANAGE,
    marks: "D S R",
    source: GUIDE,
    params: {
      after: { marks: "D", source: GUIDE, note: "a bad cursor is refused with 131059 (I)" },
      before: { marks: "D", source: GUIDE },
      limit: { marks: "O", source: OPENAPI, note: "25 unless told, 100 at most" },
      filtering: { marks: "D", source: GUIDE, note: "account_mode EQUAL SANDBOX or LIVE; beta at Meta" },
      sort: { marks: "D O", source: OPENAPI, note: "the guide's spelling and the file's" },
      display_phone_number: { marks: "D", source: "Meta's guide: pre-verified numbers" },
    },
  },
  {
    method: "POST",
    template: "/{WABA}/phone_numbers",
    on: "waba",
    run: addNumber,
    scopes: MANAGE,
    marks: "D S",
    source: GUIDE,
    params: {
      phone_number: { required: true, marks: "D", source: GUIDE, note: "with or without the calling code" },
      cc: { marks: "D", source: GUIDE, note: "one client says country_code" },
      verified_name: { marks: "D", source: GUIDE, note: "2 to 75 characters (O)" },
    },
  },
];
