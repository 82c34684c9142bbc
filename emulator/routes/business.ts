/** Routes of a business portfolio: `/{BIZ}` and its edges. */
import { OPENAPI } from "../known.ts";
import { addPreverified } from "../operations/add-preverified.ts";
import { listPreverified } from "../operations/list-preverified.ts";
import { listWabas } from "../operations/list-wabas.ts";
import { readBusiness } from "../operations/read-business.ts";
import { sharePreverified, unsharePreverified } from "../operations/share-preverified.ts";
import type { Scope } from "../tokens.ts";
import type { Route } from "./route.ts";

const PORTFOLIO: readonly Scope[] = ["business_management"];
const PREVERIFIED_GUIDE = "Meta's guide: pre-verified numbers";
const SDK = "Meta's SDK specification";

const PAGING = {
  after: { marks: "O", source: OPENAPI },
  before: { marks: "O", source: OPENAPI },
  limit: { marks: "O", source: OPENAPI, note: "25 unless told, 100 at most" },
};
const SHARE = {
  partner_business_id: { required: true, marks: "D S", source: PREVERIFIED_GUIDE },
  preverified_id: { required: true, marks: "D S", source: PREVERIFIED_GUIDE },
};

export const BUSINESS_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/{BIZ}",
    on: "business",
    run: readBusiness,
    scopes: PORTFOLIO,
    marks: "D",
    source: OPENAPI,
  },
  {
    method: "GET",
    template: "/{BIZ}/owned_whatsapp_business_accounts",
    on: "business",
    run: listWabas,
    scopes: PORTFOLIO,
    marks: "D O",
    source: OPENAPI,
    note: "those that the token sees, by id (I)",
    params: PAGING,
  },
  {
    method: "POST",
    template: "/{BIZ}/add_phone_numbers",
    on: "business",
    run: addPreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    params: { phone_number: { required: true, marks: "D", source: PREVERIFIED_GUIDE, note: "with the calling code" } },
  },
  {
    method: "GET",
    template: "/{BIZ}/preverified_numbers",
    on: "business",
    run: listPreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    note: "oldest first; those that others share with the business too",
    params: {
      code_verification_status: { marks: "D S", source: PREVERIFIED_GUIDE },
      phone_number: { marks: "S", source: SDK },
      ...PAGING,
    },
  },
  {
    method: "POST",
    template: "/{BIZ}/share_preverified_numbers",
    on: "business",
    run: sharePreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    params: SHARE,
  },
  {
    method: "DELETE",
    template: "/{BIZ}/share_preverified_numbers",
    on: "business",
    run: unsharePreverified,
    scopes: PORTFOLIO,
    marks: "D S",
    source: PREVERIFIED_GUIDE,
    note: "not in the OpenAPI file",
    params: SHARE,
  },
];
