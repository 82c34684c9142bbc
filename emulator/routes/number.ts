/** Routes of a phone number: `/{PNID}` and its edges. */
import { GUIDE, OPENAPI } from "../known.ts";
import { readNumber } from "../operations/read-number.ts";
import { deregisterNumber, registerNumber } from "../operations/register.ts";
import { requestNumberCode } from "../operations/request-code.ts";
import { updateNumber } from "../operations/update-number.ts";
import { verifyNumberCode } from "../operations/verify-code.ts";
import type { Scope } from "../tokens.ts";
import type { Route } from "./route.ts";

const MANAGE: readonly Scope[] = ["whatsapp_business_management"];
const REGISTER: readonly Scope[] = ["whatsapp_business_management", "whatsapp_business_messaging"];
const PIN = { marks: "D", source: GUIDE, note: "6 digits as text; a number is taken too" };

export const NUMBER_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/{PNID}",
    on: "number",
    run: readNumber,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    note: "the fields that come unasked are those of the list (I)",
  },
  {
    method: "POST",
    template: "/{PNID}",
    on: "number",
    run: updateNumber,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    note: "several keys in one call: all are right before one takes effect (I)",
    params: { pin: PIN, new_display_name: { marks: "D", source: GUIDE } },
  },
  {
    method: "POST",
    template: "/{PNID}/request_code",
    on: "number",
    run: requestNumberCode,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    params: {
      code_method: { required: true, marks: "D", source: GUIDE },
      language: { required: true, marks: "D I", source: GUIDE, note: "`en` and `en_US` are both taken" },
    },
  },
  {
    method: "POST",
    template: "/{PNID}/verify_code",
    on: "number",
    run: verifyNumberCode,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    params: { code: { required: true, marks: "D", source: GUIDE, note: "without the hyphen of the SMS" } },
  },
  {
    method: "POST",
    template: "/{PNID}/register",
    on: "number",
    run: registerNumber,
    scopes: REGISTER,
    marks: "D",
    source: GUIDE,
    params: {
      messaging_product: { required: true, marks: "D", source: GUIDE },
      pin: { required: true, ...PIN },
      data_localization_region: { marks: "D O", source: OPENAPI, note: "from v21 on: by settings, before registering" },
    },
  },
  {
    method: "POST",
    template: "/{PNID}/deregister",
    on: "number",
    run: deregisterNumber,
    scopes: REGISTER,
    marks: "D",
    source: GUIDE,
    note: "of a number that is not registered: 133010 (the file says 2207051)",
  },
];
