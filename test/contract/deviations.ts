/**
 * Every place where the emulator's answers differ from Meta's OpenAPI file, after the errata, and why the emulator is
 * believed to be nearer to the live API. A row that no answer shows any more fails the tests.
 */
export interface Deviation {
  readonly routes: readonly string[];
  /** Places in the body, with `*` for an index. */
  readonly at: readonly string[];
  /** `undeclared`: the file does not know the name; `status`: nor the HTTP status; else a keyword of JSON Schema. */
  readonly rule: string;
  readonly marks: string;
  readonly reason: string;
}

/** In the place of a route: what is refused looks the same on all of them. */
export const REFUSALS = "refusals";

const READ = ["GET /{PNID}"];
const LIST = ["GET /{WABA}/phone_numbers"];
const SETTINGS = ["GET /{PNID}/settings"];
const BADGE = ["GET /{PNID}/official_business_account"];
const ACCOUNT = ["GET /{WABA}"];
const PREVERIFIED = ["GET /{PREID}"];
const POOL = ["GET /{BIZ}/preverified_numbers"];

export const DEVIATIONS: readonly Deviation[] = [
  {
    routes: [REFUSALS],
    at: ["/error/error_data"],
    rule: "undeclared",
    marks: "D",
    reason: "the guide's error page documents it, with messaging_product and details",
  },
  {
    routes: READ,
    at: [
      "/account_mode",
      "/certificate",
      "/conversational_automation",
      "/country_code",
      "/country_dial_code",
      "/health_status",
      "/is_official_business_account",
      "/is_on_biz_app",
      "/is_pin_enabled",
      "/is_preverified_number",
      "/last_onboarded_time",
      "/messaging_limit_tier",
      "/new_certificate",
      "/new_display_name",
      "/new_name_status",
      "/official_business_account",
      "/quality_score",
      "/status",
      "/throughput",
      "/webhook_configuration",
      "/whatsapp_business_manager_messaging_limit",
    ],
    rule: "undeclared",
    marks: "D R T",
    reason: "live numbers accept these fields; the file's PhoneNumberInfo knows six of some thirty",
  },
  {
    routes: LIST,
    at: [
      "/data/*/certificate",
      "/data/*/health_status",
      "/data/*/is_on_biz_app",
      "/data/*/is_pin_enabled",
      "/data/*/is_preverified_number",
      "/data/*/last_onboarded_time",
      "/data/*/name_status",
      "/data/*/new_certificate",
      "/data/*/new_display_name",
      "/data/*/new_name_status",
      "/data/*/official_business_account",
      "/data/*/quality_score",
      "/data/*/throughput",
      "/data/*/webhook_configuration",
      "/data/*/whatsapp_business_manager_messaging_limit",
    ],
    rule: "undeclared",
    marks: "D R T",
    reason: "a row has the same fields as the number read by its id; the file's row knows another part of them",
  },
  {
    routes: READ,
    at: ["/platform_type"],
    rule: "undeclared",
    marks: "R D",
    reason: "live numbers say platform_type; host_platform is the file's alone",
  },
  {
    routes: LIST,
    at: ["/data/*/platform_type"],
    rule: "undeclared",
    marks: "R D",
    reason: "live numbers say platform_type; host_platform is the file's alone",
  },
  {
    routes: LIST,
    at: ["/summary"],
    rule: "undeclared",
    marks: "K",
    reason: "how many there are in all, for clients that ask with `summary=true`",
  },
  {
    routes: LIST,
    at: ["/data/*/display_phone_number"],
    rule: "required",
    marks: "K",
    reason: "a row holds what `fields` asked for, and the id",
  },
  {
    routes: LIST,
    at: ["/data/*/messaging_limit_tier"],
    rule: "enum",
    marks: "D",
    reason: "deprecated: it answers the portfolio's limit, and TIER_2K has taken the place of TIER_1K",
  },
  {
    routes: [
      "GET /{BIZ} 400",
      "GET /{PNID}/whatsapp_commerce_settings 400",
      "POST /{PNID}/whatsapp_commerce_settings 400",
    ],
    at: [""],
    rule: "status",
    marks: "K",
    reason: "the file knows no refusal of these three; Graph refuses all routes alike",
  },
  {
    routes: SETTINGS,
    at: ["/calling", "/storage_configuration"],
    rule: "required",
    marks: "D",
    reason: "the guide's samples have only what was set",
  },
  {
    routes: SETTINGS,
    at: ["/calling/call_icon_visibility", "/calling/callback_permission_status"],
    rule: "required",
    marks: "I",
    reason: "as for the blocks themselves: what was not set is left out",
  },
  {
    routes: SETTINGS,
    at: ["/calling/ip_addresses", "/calling/sip/servers/*/app_id"],
    rule: "required",
    marks: "O",
    reason: "addresses and ids of Meta's own servers, which an emulator would have to make up",
  },
  {
    routes: SETTINGS,
    at: ["/user_identity_change"],
    rule: "undeclared",
    marks: "D",
    reason: "the guide reads it here; the file only writes it",
  },
  {
    routes: SETTINGS,
    at: ["/calling/srtp_key_exchange_protocol"],
    rule: "enum",
    marks: "D",
    reason: "the guide's words are DTLS and SDES",
  },
  {
    routes: SETTINGS,
    at: [
      "/calling/audio/additional_codecs",
      "/calling/call_hours/holiday_schedule",
      "/calling/call_hours/timezone_id",
      "/calling/call_hours/weekly_operating_hours",
      "/calling/sip/servers/*/sip_user_password",
    ],
    rule: "undeclared",
    marks: "D",
    reason: "the guide's names; the file has others (timezone, password) or none",
  },
  {
    routes: SETTINGS,
    at: ["/storage_configuration/retention_minutes"],
    rule: "undeclared",
    marks: "D",
    reason: "the guide sets it with NO_STORAGE_ENABLED",
  },
  {
    routes: BADGE,
    at: ["/oba_status"],
    rule: "enum",
    marks: "D",
    reason: "the guide's sample of a number without an application is NOT_STARTED",
  },
  {
    routes: BADGE,
    at: ["/status_message"],
    rule: "required",
    marks: "K",
    reason: "an answer holds what `fields` asked for, and the id",
  },
  {
    routes: ["POST /{PNID}/official_business_account"],
    at: ["/message"],
    rule: "required",
    marks: "D",
    reason: "the guide's answer is success alone",
  },
  {
    routes: ACCOUNT,
    at: [
      "/creation_time",
      "/currency",
      "/health_status",
      "/owner_business_info",
      "/status",
      "/whatsapp_business_manager_messaging_limit",
    ],
    rule: "undeclared",
    marks: "S D",
    reason: "the SDK specification has these fields",
  },
  {
    routes: ACCOUNT,
    at: ["/phone_numbers"],
    rule: "undeclared",
    marks: "K",
    reason: "an edge asked for among the fields is nested in the answer, as on every node",
  },
  {
    routes: ACCOUNT,
    at: ["/business_verification_status", "/ownership_type"],
    rule: "enum",
    marks: "S",
    reason: "the SDK specification has other words: verified in lower case, SELF",
  },
  {
    routes: ACCOUNT,
    at: ["/name"],
    rule: "required",
    marks: "K",
    reason: "an answer holds what `fields` asked for, and the id",
  },
  {
    routes: ["GET /{BIZ}"],
    at: ["/verification_status"],
    rule: "undeclared",
    marks: "D",
    reason: "the reference of the business node has it",
  },
  {
    routes: ["GET /{BIZ}/owned_whatsapp_business_accounts"],
    at: ["/data/*/message_template_namespace"],
    rule: "undeclared",
    marks: "D",
    reason: "an account has the same fields in a list and read by its id; the file's row is another copy",
  },
  {
    routes: PREVERIFIED,
    at: ["/is_input_id_valid"],
    rule: "required",
    marks: "S",
    reason: "the SDK specification knows no such field",
  },
  {
    routes: PREVERIFIED,
    at: [
      "/code_verification_status",
      "/code_verification_time",
      "/owner_business",
      "/phone_number",
      "/verification_expiry_time",
    ],
    rule: "undeclared",
    marks: "S D",
    reason: "the SDK specification has these fields, and none of the file's",
  },
  {
    routes: POOL,
    at: ["/data/*/display_phone_number", "/data/*/verification_status"],
    rule: "required",
    marks: "S",
    reason: "the SDK specification knows no such fields",
  },
  {
    routes: POOL,
    at: [
      "/data/*/code_verification_status",
      "/data/*/code_verification_time",
      "/data/*/owner_business",
      "/data/*/phone_number",
      "/data/*/verification_expiry_time",
    ],
    rule: "undeclared",
    marks: "S D",
    reason: "the SDK specification has these fields, and none of the file's",
  },
];
