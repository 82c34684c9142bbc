/** Routes of the on-premises client, beside Graph: `/v1/account`. */
import { openOnPremisesAccount, verifyOnPremisesAccount } from "../operations/on-premises.ts";
import { asClientRefusal } from "../refusals/on-premises.ts";
import type { Route } from "./route.ts";

const SOURCE = "Meta's reference of the on-premises API";

export const ON_PREMISES_ROUTES: readonly Route[] = [
  {
    method: "POST",
    template: "/v1/account",
    on: "root",
    run: openOnPremisesAccount,
    statusOf: (answer) => (answer.account === undefined ? 201 : 202),
    refusalOf: asClientRefusal,
    scopes: [],
    marks: "D K",
    source: SOURCE,
    note: "ended by Meta in October 2025; option onPremises: false answers what Meta does since. Any token of the emulator is taken for the client's (I); numbers that are proven need no code (I)",
    params: {
      cc: { required: true, marks: "D", source: SOURCE },
      phone_number: { required: true, marks: "D", source: SOURCE, note: "without the calling code" },
      method: { required: true, marks: "D", source: SOURCE, note: "sms or voice" },
      cert: { required: true, marks: "D", source: SOURCE, note: "the number's certificate or new_certificate" },
      pin: { marks: "D", source: SOURCE, note: "required where two-step verification is on" },
    },
  },
  {
    method: "POST",
    template: "/v1/account/verify",
    on: "root",
    run: verifyOnPremisesAccount,
    statusOf: () => 201,
    refusalOf: asClientRefusal,
    scopes: [],
    marks: "D K",
    source: SOURCE,
    note: "of the number that the same token asked for last (I)",
    params: { code: { required: true, marks: "D", source: SOURCE } },
  },
];
