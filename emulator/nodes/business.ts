/** How Graph shows a business portfolio. */
import { OPENAPI } from "../known.ts";
import type { BusinessRecord } from "../records/business.ts";
import { notEmulated } from "../refusals/request.ts";
import type { FieldSpec, NodeType } from "./node.ts";

const REFERENCE = "Meta's reference of the business node";

/** Documented, and refused as not emulated rather than as nonexisting. */
const DOCUMENTED = [
  "client_whatsapp_business_accounts",
  "created_by",
  "created_time",
  "is_hidden",
  "link",
  "owned_whatsapp_business_accounts",
  "preverified_numbers",
  "primary_page",
  "profile_picture_uri",
  "timezone_id",
  "two_factor_type",
  "updated_time",
  "vertical",
  "vertical_id",
  "whatsapp_business_manager_messaging_limit",
];

function notYet(name: string): FieldSpec<BusinessRecord> {
  const read = () => {
    throw notEmulated(`The field ${name} of a business`);
  };
  return { marks: "D", source: REFERENCE, note: "not emulated: 501", read };
}

export const BUSINESS_NODE: NodeType<BusinessRecord> = {
  name: "Business",
  defaults: ["name"],
  fields: {
    name: { marks: "D", source: OPENAPI, read: (business) => business.name },
    verification_status: {
      marks: "D",
      source: REFERENCE,
      note: "verified unless the seed or control says otherwise",
      read: (business) => business.verification_status ?? "verified",
    },
    ...Object.fromEntries(DOCUMENTED.map((name) => [name, notYet(name)])),
  },
};
