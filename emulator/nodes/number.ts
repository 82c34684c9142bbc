/** How Graph shows a phone number. Some fields are never set here, and so always left out. */
import type { Json } from "../json.ts";
import { GUIDE, LIVE, OPENAPI } from "../known.ts";
import { countryOf } from "../records/countries.ts";
import type { NumberRecord } from "../records/number.ts";
import { displayPhoneNumber } from "../records/phone-digits.ts";
import { healthStatus } from "../rules/health.ts";
import { webhookConfiguration } from "../webhooks/configuration.ts";
import type { FieldSpec, NodeType } from "./node.ts";
import { obaStatus } from "./official-business-account.ts";

type NumberField = FieldSpec<NumberRecord>;

/** A field that the record holds under Graph's name. */
function kept(name: keyof NumberRecord, marks: string, source: string, note?: string): NumberField {
  return { marks, source, ...(note === undefined ? {} : { note }), read: (number) => number[name] as Json | undefined };
}

const CERTIFICATE_FIELDS = {
  certificate: kept("certificate", "D until 2026", GUIDE, "dropped from the guide by June 2026; option certificates"),
  new_certificate: kept("new_certificate", "D until 2026", GUIDE, "as certificate"),
} satisfies { [name: string]: NumberField };

const FIELDS = {
  account_mode: kept("account_mode", "D", GUIDE),
  code_verification_status: kept("code_verification_status", "D R", GUIDE, "the file's UNVERIFIED was never seen"),
  conversational_automation: {
    marks: "D T",
    source: GUIDE,
    note: "what was set; PYWA has seen an id in it too",
    sub: { enable_welcome_message: true, prompts: true, commands: true, id: true },
    read: (number) => number.conversational_automation,
  },
  country_code: {
    marks: "O T",
    source: OPENAPI,
    note: "the main country of the calling code (I)",
    read: (number) => number.country_code ?? countryOf(number.country_dial_code),
  },
  country_dial_code: kept("country_dial_code", "O T", OPENAPI),
  display_phone_number: {
    marks: "D",
    source: GUIDE,
    note: "older answers have bare digits: PATCH or a seed spells it otherwise",
    read: (number) =>
      number.display_phone_number ?? displayPhoneNumber(number.country_dial_code, number.national_number),
  },
  eligibility_for_api_business_global_search: kept(
    "eligibility_for_api_business_global_search",
    "T",
    LIVE,
    "left out until a test sets it",
  ),
  health_status: {
    marks: "D S",
    source: "Meta's guide: health status",
    note: "codes and texts are inferred",
    sub: {
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
    read: (number, { state }) => healthStatus(number, state.waba(number.waba_id)),
  },
  is_official_business_account: {
    marks: "D",
    source: GUIDE,
    read: (number) => obaStatus(number) === "APPROVED",
  },
  is_on_biz_app: kept("is_on_biz_app", "D", GUIDE),
  is_pin_enabled: { marks: "D T", source: GUIDE, read: (number) => number.pin !== undefined },
  is_preverified_number: { marks: "D", source: GUIDE, read: (number) => number.is_preverified_number === true },
  last_onboarded_time: kept(
    "last_onboarded_time",
    "D",
    GUIDE,
    "every register call moves it (I); Meta's words would also fit the first one only",
  ),
  messaging_limit_tier: {
    marks: "D",
    source: GUIDE,
    note: "deprecated; from v24 on the portfolio's value",
    read: (number) => number.whatsapp_business_manager_messaging_limit,
  },
  name_status: kept("name_status", "D", GUIDE),
  new_display_name: kept("new_display_name", "D", GUIDE),
  new_name_status: kept("new_name_status", "D", GUIDE, "left out when unset; NONE was seen too"),
  official_business_account: {
    marks: "D",
    source: GUIDE,
    sub: { oba_status: true },
    read: (number) => ({ oba_status: obaStatus(number) }),
  },
  platform_type: kept("platform_type", "D R", GUIDE),
  quality_rating: kept("quality_rating", "D R", GUIDE),
  quality_score: {
    marks: "D T",
    source: GUIDE,
    sub: { score: true, date: true, reasons: true },
    read: (number) => ({ score: number.quality_rating }),
  },
  search_visibility: kept("search_visibility", "O T", OPENAPI, "the word that was set: HIDDEN (O) or NON_VISIBLE (T)"),
  status: kept("status", "D", GUIDE, "the file's LINKED and UNLINKED were never seen"),
  throughput: { ...kept("throughput", "D R", GUIDE), sub: { level: true } },
  username: { marks: "O", source: OPENAPI, note: "live: the edge of the same name", read: () => undefined },
  verified_name: kept("verified_name", "D", GUIDE),
  webhook_configuration: {
    marks: "D R",
    source: GUIDE,
    note: "a number has one override here, at Meta one for each app (I)",
    sub: { phone_number: true, whatsapp_business_account: true, application: true },
    read: (number, { state, settings }) => webhookConfiguration(number, state.waba(number.waba_id), settings.app.url),
  },
  whatsapp_business_manager_messaging_limit: kept("whatsapp_business_manager_messaging_limit", "D S", GUIDE),
} satisfies { [name: string]: NumberField };

/** Of a live list. I: a single read answers the same set. */
const DEFAULTS = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
  "webhook_configuration",
];

const NAME = "WhatsAppBusinessPhoneNumber";
const WITHOUT_CERTIFICATES: NodeType<NumberRecord> = { name: NAME, defaults: DEFAULTS, fields: FIELDS };
/** Every field there is. */
export const NUMBER_NODE: NodeType<NumberRecord> = {
  ...WITHOUT_CERTIFICATES,
  fields: { ...FIELDS, ...CERTIFICATE_FIELDS },
};

/** With `certificates` off the two certificate fields do not exist, as on versions where Meta has dropped them. */
export function numberNode({ certificates }: { readonly certificates: boolean }): NodeType<NumberRecord> {
  return certificates ? NUMBER_NODE : WITHOUT_CERTIFICATES;
}
