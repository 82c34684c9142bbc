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
];
