/** How Graph shows where the application for the badge of an Official Business Account stands. */
import { OPENAPI } from "../known.ts";
import type { NumberRecord } from "../records/number.ts";
import type { NodeType } from "./node.ts";

const MESSAGES: { readonly [status: string]: string } = {
  NOT_STARTED: "No Official Business Account request has been made",
  PENDING: "Your Official Business Account request is under review",
  APPROVED: "This phone number is an Official Business Account",
  REJECTED: "Your Official Business Account request was not approved",
};

export const OBA_NODE: NodeType<NumberRecord> = {
  name: "OfficialBusinessAccountStatus",
  defaults: ["oba_status", "status_message"],
  fields: {
    oba_status: {
      marks: "D O",
      source: OPENAPI,
      note: "NOT_STARTED is the guide's, the others are the file's",
      read: obaStatus,
    },
    status_message: {
      marks: "O",
      source: OPENAPI,
      note: "the texts are ours",
      read: (number) => MESSAGES[obaStatus(number)] ?? `Your Official Business Account request is ${obaStatus(number)}`,
    },
  },
};

export function obaStatus(number: NumberRecord): string {
  return number.official_business_account?.oba_status ?? "NOT_STARTED";
}
