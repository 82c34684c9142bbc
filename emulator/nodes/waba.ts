/** How Graph shows a WhatsApp Business Account. */
import { OPENAPI } from "../known.ts";
import { notEmulated } from "../refusals/request.ts";
import type { WabaRecord } from "../waba.ts";
import type { FieldSpec, NodeType } from "./node.ts";

/** Documented, and refused as not emulated rather than as nonexisting. */
const DOCUMENTED = [
  "account_review_status",
  "business_verification_status",
  "country",
  "currency",
  "creation_time",
  "health_status",
  "message_template_namespace",
  "on_behalf_of_business_info",
  "owner_business_info",
  "ownership_type",
  "phone_numbers",
  "primary_business_location",
  "status",
  "subscribed_apps",
  "timezone_id",
  "whatsapp_business_manager_messaging_limit",
];

function notYet(name: string): FieldSpec<WabaRecord> {
  const read = () => {
    throw notEmulated(`The field ${name} of a WhatsApp Business Account`);
  };
  return { marks: "S", source: "Meta's SDK specification", read };
}

export const WABA_NODE: NodeType<WabaRecord> = {
  name: "WhatsAppBusinessAccount",
  defaults: ["name"],
  fields: {
    name: { marks: "D S", source: OPENAPI, read: (waba) => waba.name },
    ...Object.fromEntries(DOCUMENTED.map((name) => [name, notYet(name)])),
  },
};
