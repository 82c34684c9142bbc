/** How Graph shows a phone number: which fields exist, which come without asking, and how each is read. */
import type { FieldShape, NodeType } from "./fields.ts";
import type { Json } from "./json.ts";
import type { NumberRecord } from "./number.ts";
import { displayPhoneNumber } from "./phone-digits.ts";
import { healthStatus } from "./rules/health.ts";

const NAME = "WhatsAppBusinessPhoneNumber";

/** Seen in live lists. I: a single read answers the same set. */
const DEFAULTS = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
  "webhook_configuration",
];

const CERTIFICATES: FieldShape = { certificate: true, new_certificate: true };

/** Names that live numbers accept. Some are never set here, and so always left out. */
const SHAPES: FieldShape = {
  id: true,
  account_mode: true,
  code_verification_status: true,
  conversational_automation: { enable_welcome_message: true, prompts: true, commands: true, id: true },
  country_code: true,
  country_dial_code: true,
  display_phone_number: true,
  eligibility_for_api_business_global_search: true,
  health_status: {
    can_send_message: true,
    entities: {
      entity_type: true,
      id: true,
      can_send_message: true,
      can_receive_call_sip: true,
      additional_info: true,
      errors: { error_code: true, error_description: true, possible_solution: true },
    },
  },
  is_official_business_account: true,
  is_on_biz_app: true,
  is_pin_enabled: true,
  is_preverified_number: true,
  last_onboarded_time: true,
  messaging_limit_tier: true,
  name_status: true,
  new_display_name: true,
  new_name_status: true,
  official_business_account: { oba_status: true },
  platform_type: true,
  quality_rating: true,
  quality_score: { score: true, date: true, reasons: true },
  search_visibility: true,
  status: true,
  throughput: { level: true },
  username: true,
  verified_name: true,
  webhook_configuration: { phone_number: true, whatsapp_business_account: true, application: true },
  whatsapp_business_manager_messaging_limit: true,
};

/** With `certificates` off the two certificate fields do not exist, as on versions where Meta has dropped them. */
export function numberNode(businessId: string, certificates: boolean): NodeType<NumberRecord> {
  return {
    name: NAME,
    defaults: DEFAULTS,
    shapes: certificates ? { ...SHAPES, ...CERTIFICATES } : SHAPES,
    read: (number, field) => readNumber(number, field, businessId),
  };
}

/** Every field of a number, for the control routes. */
export const NUMBER_FIELDS: readonly string[] = [...Object.keys(SHAPES), ...Object.keys(CERTIFICATES)];

function readNumber(number: NumberRecord, field: string, businessId: string): Json | undefined {
  switch (field) {
    case "account_mode":
    case "certificate":
    case "code_verification_status":
    case "country_dial_code":
    case "is_on_biz_app":
    case "last_onboarded_time":
    case "name_status":
    case "new_certificate":
    case "new_display_name":
    case "new_name_status":
    case "platform_type":
    case "quality_rating":
    case "status":
    case "throughput":
    case "verified_name":
    case "webhook_configuration":
    case "whatsapp_business_manager_messaging_limit":
      return number[field];
    case "display_phone_number":
      return displayPhoneNumber(number.country_dial_code, number.national_number);
    case "health_status":
      return healthStatus(number, businessId);
    // From v24 on the deprecated field returns the portfolio's value.
    case "messaging_limit_tier":
      return number.whatsapp_business_manager_messaging_limit;
    case "is_pin_enabled":
      return number.pin !== undefined;
    case "is_official_business_account":
    case "is_preverified_number":
      return false;
    case "official_business_account":
      return { oba_status: "NOT_STARTED" };
    case "quality_score":
      return { score: number.quality_rating };
    default:
      return undefined;
  }
}
