/** GET /{WABA}: only what tells whether a token reaches the account. */
import { type FieldShape, type NodeType, project, readFields } from "../fields.ts";
import { notEmulated } from "../refusals.ts";
import type { WabaRecord } from "../state.ts";
import type { WabaOperation } from "./operation.ts";

const EMULATED = ["id", "name"];
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
const SHAPES: FieldShape = Object.fromEntries([...EMULATED, ...DOCUMENTED].map((name) => [name, true]));

const NODE: NodeType<WabaRecord> = {
  name: "WhatsAppBusinessAccount",
  defaults: EMULATED,
  shapes: SHAPES,
  read: (waba, field) => {
    if (field === "name") return waba.name;
    throw notEmulated(`The field ${field} of a WhatsApp Business Account`);
  },
};

export const readWaba: WabaOperation = (_state, params, { waba }) => project(waba, readFields(params, NODE), NODE);
