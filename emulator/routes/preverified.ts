/** Routes of a pre-verified number: `/{PREID}` and its edges. Once it is claimed they all answer 100 with subcode 33. */
import { OPENAPI } from "../known.ts";
import { requestCodeOfPreverified, verifyCodeOfPreverified } from "../operations/preverified-code.ts";
import { listPartners } from "../operations/preverified-partners.ts";
import { deletePreverified, readPreverified } from "../operations/read-preverified.ts";
import type { Scope } from "../tokens.ts";
import type { Route } from "./route.ts";

const PORTFOLIO: readonly Scope[] = ["business_management"];
const PREVERIFIED_GUIDE = "Meta's guide: pre-verified numbers";
const SDK = "Meta's SDK specification";

export const PREVERIFIED_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/{PREID}",
    on: "preverified",
    run: readPreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    note: "the fields of the OpenAPI file contradict the SDK and do not exist",
  },
  {
    method: "DELETE",
    template: "/{PREID}",
    on: "preverified",
    run: deletePreverified,
    scopes: PORTFOLIO,
    marks: "O",
    source: OPENAPI,
  },
  {
    method: "POST",
    template: "/{PREID}/request_code",
    on: "preverified",
    run: requestCodeOfPreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    note: "a verified one only in the last 45 of its 90 days; what it answers before is inferred",
    params: {
      code_method: { required: true, marks: "D S", source: SDK, note: "SMS, VOICE, IVR" },
      language: { required: true, marks: "D I", source: PREVERIFIED_GUIDE, note: "`en` and `en_US` are both taken" },
    },
  },
  {
    method: "POST",
    template: "/{PREID}/verify_code",
    on: "preverified",
    run: verifyCodeOfPreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    params: { code: { required: true, marks: "D", source: PREVERIFIED_GUIDE } },
  },
  {
    method: "GET",
    template: "/{PREID}/partners",
    on: "preverified",
    run: listPartners,
    scopes: PORTFOLIO,
    marks: "S O",
    source: OPENAPI,
    params: {
      after: { marks: "O", source: OPENAPI },
      before: { marks: "O", source: OPENAPI },
      limit: { marks: "O", source: OPENAPI, note: "25 unless told, 100 at most" },
    },
  },
];
