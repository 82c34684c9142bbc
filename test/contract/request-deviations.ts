/** Where the emulator takes other requests than Meta's OpenAPI file describes. A row that is true no more fails. */
import type { Deviation } from "./deviations.ts";

interface Names {
  readonly route: string;
  readonly names: readonly string[];
  readonly marks: string;
  readonly reason: string;
}

/** Parameters that the file has and the emulator does not take. */
export const NOT_TAKEN: readonly Names[] = [
  {
    route: "POST /{PNID}",
    names: ["connection_status", "username", "webhook_url", "whatsapp_business_api_data"],
    marks: "O",
    reason: "in no guide, and nobody was seen to use them: 501",
  },
  {
    route: "POST /{PNID}/register",
    names: ["backup", "meta_store_retention_minutes"],
    marks: "D",
    reason: "the end of the on-premises API and v21 took their use away: 501",
  },
  {
    route: "POST /{PNID}/official_business_account",
    names: ["action", "application_data"],
    marks: "D",
    reason: "the guide's body is another one: business_website_url and what follows",
  },
  {
    route: "GET /{BIZ}/owned_whatsapp_business_accounts",
    names: ["business_type", "find", "first", "last"],
    marks: "O",
    reason: "in the file alone: 501",
  },
  {
    route: "GET /{BIZ}/preverified_numbers",
    names: ["availability_status", "country_code", "verification_status"],
    marks: "S",
    reason: "the SDK specification filters by code_verification_status and phone_number",
  },
];

/** Parameters that the emulator takes and the file does not have. */
export const NOT_IN_FILE: readonly Names[] = [
  {
    route: "POST /{PNID}/register",
    names: ["cert"],
    marks: "D",
    reason: "older clients send it, and it has no effect",
  },
  {
    route: "POST /{PNID}/official_business_account",
    names: [
      "additional_supporting_information",
      "business_website_url",
      "parent_business_or_brand",
      "primary_country_of_operation",
      "primary_language",
      "supporting_links",
    ],
    marks: "D",
    reason: "the guide's body",
  },
  {
    route: "GET /{PNID}/settings",
    names: ["fields"],
    marks: "K",
    reason: "clients ask so, as of every node",
  },
  {
    route: "GET /{WABA}/phone_numbers",
    names: ["display_phone_number"],
    marks: "D",
    reason: "the guide to pre-verified numbers",
  },
  {
    route: "GET /{WABA}/phone_numbers",
    names: ["summary"],
    marks: "K",
    reason: "a client sends it with every list",
  },
  {
    route: "GET /{PNID}/whatsapp_commerce_settings",
    names: ["fields"],
    marks: "K",
    reason: "clients ask so, as of every node",
  },
  {
    route: "GET /{BIZ}/owned_whatsapp_business_accounts",
    names: ["fields", "limit"],
    marks: "K",
    reason: "clients ask so, as of every list",
  },
  {
    route: "GET /{BIZ}/preverified_numbers",
    names: ["code_verification_status", "phone_number"],
    marks: "S",
    reason: "the SDK specification",
  },
];

interface RefusedExample {
  readonly route: string;
  readonly examples: readonly string[];
  readonly refusal: readonly [status: number, code: number, subcode?: number];
  readonly marks: string;
  readonly reason: string;
}

/** Examples of the file that the emulator refuses, and with what. */
export const REFUSED_EXAMPLES: readonly RefusedExample[] = [
  {
    route: "POST /{PNID}",
    examples: [
      "update_connection_status",
      "configure_webhook",
      "update_security_settings",
      "set_username",
      "comprehensive_update",
    ],
    refusal: [501, 3],
    marks: "O",
    reason: "each has a parameter that is in no guide",
  },
  {
    route: "POST /{PNID}/register",
    examples: ["migration_registration"],
    refusal: [501, 3],
    marks: "D",
    reason: "a backup comes from an on-premises client",
  },
  {
    route: "POST /{PNID}/settings",
    examples: [
      "Enable calling with video",
      "Disable calling",
      "Enable SIP calling",
      "Enable payload encryption",
      "Disable payload encryption",
      "Enable user identity change",
      "Configure data storage",
    ],
    refusal: [400, 100],
    marks: "D",
    reason: "words in lower case, and the names of keys that no guide has",
  },
  {
    route: "POST /{PNID}/official_business_account",
    examples: ["submit_application", "withdraw_application", "resubmit_application"],
    refusal: [400, 100],
    marks: "D",
    reason: "the guide's body is another one",
  },
  {
    route: "POST /{WABA}/phone_numbers",
    examples: ["migration_phone_number"],
    refusal: [400, 100, 2388103],
    marks: "D",
    reason: "the number is on no other account to move from; the file takes it for a move from on-premises",
  },
  {
    route: "POST /{WABA}/phone_numbers",
    examples: ["preverified_phone_number"],
    refusal: [400, 100],
    marks: "S",
    reason: "ids are numbers: preverified_12345 names nothing",
  },
  {
    route: "POST /{BIZ}/add_phone_numbers",
    examples: ["basic_phone_number"],
    refusal: [400, 100],
    marks: "I",
    reason: "+1234567890 has too few digits for a number of North America",
  },
  {
    route: "GET /{BIZ}",
    examples: ["fields"],
    refusal: [501, 3],
    marks: "D",
    reason: "timezone_id of a business is documented and not emulated",
  },
  {
    route: "GET /{BIZ}/owned_whatsapp_business_accounts",
    examples: ["business_type", "find", "first", "last"],
    refusal: [501, 3],
    marks: "O",
    reason: "in the file alone",
  },
  {
    route: "GET /{BIZ}/owned_whatsapp_business_accounts",
    examples: ["after", "before"],
    refusal: [400, 131059],
    marks: "I",
    reason: "the example's cursors belong to another list",
  },
  {
    route: "GET /{BIZ}/preverified_numbers",
    examples: ["after", "before"],
    refusal: [400, 131059],
    marks: "I",
    reason: "the example's cursors belong to another list",
  },
  {
    route: "GET /{PREID}/partners",
    examples: ["after", "before"],
    refusal: [400, 131059],
    marks: "I",
    reason: "the example's cursors belong to another list",
  },
  {
    route: "GET /{BIZ}/preverified_numbers",
    examples: ["fields"],
    refusal: [400, 100],
    marks: "S",
    reason: "the SDK specification has other fields",
  },
  {
    route: "GET /{PREID}",
    examples: ["fields"],
    refusal: [400, 100],
    marks: "S",
    reason: "the SDK specification has other fields",
  },
];

/** Requests that the emulator takes and the file finds wrong: places in the body, or `?name` in the query. */
export const TAKEN: readonly Deviation[] = [
  {
    routes: ["GET /{PNID}/settings", "GET /{PNID}/whatsapp_commerce_settings"],
    at: ["?fields"],
    rule: "undeclared",
    marks: "K",
    reason: "clients ask so, as of every node",
  },
  {
    routes: ["GET /{BIZ}/owned_whatsapp_business_accounts"],
    at: ["?fields", "?limit"],
    rule: "undeclared",
    marks: "K",
    reason: "clients ask so, as of every list",
  },
  {
    routes: ["GET /{BIZ}/preverified_numbers"],
    at: ["?code_verification_status", "?phone_number"],
    rule: "undeclared",
    marks: "S",
    reason: "the SDK specification",
  },
  {
    routes: ["GET /{WABA}/phone_numbers"],
    at: ["?display_phone_number", "?summary"],
    rule: "undeclared",
    marks: "D K",
    reason: "the guide to pre-verified numbers has the one, a client sends the other",
  },
  {
    routes: ["POST /{WABA}/phone_numbers"],
    at: ["/verified_name"],
    rule: "required",
    marks: "D",
    reason: "a number that moves between accounts keeps its name",
  },
  {
    routes: ["POST /{PNID}/settings"],
    at: [
      "/calling/audio",
      "/calling/call_hours",
      "/calling/call_icons",
      "/calling/callback_permission_status",
      "/calling/sip/servers",
      "/storage_configuration/data_localization_region",
      "/storage_configuration/retention_minutes",
      "/storage_configuration/status",
      "/user_identity_change/enable_identity_key_check",
    ],
    rule: "undeclared",
    marks: "D",
    reason: "the guides' names",
  },
  {
    routes: ["POST /{PNID}/settings"],
    at: ["/storage_configuration/enabled", "/user_identity_change/enabled"],
    rule: "required",
    marks: "D",
    reason: "the guides have other names: status, enable_identity_key_check",
  },
  {
    routes: ["POST /{PNID}/settings"],
    at: ["/calling/srtp_key_exchange_protocol"],
    rule: "enum",
    marks: "D",
    reason: "the guide's words are DTLS and SDES",
  },
  {
    routes: ["POST /{PNID}/official_business_account"],
    at: ["/business_website_url", "/primary_country_of_operation", "/primary_language"],
    rule: "undeclared",
    marks: "D",
    reason: "the guide's body",
  },
  {
    routes: ["POST /{PNID}/official_business_account"],
    at: ["/action"],
    rule: "required",
    marks: "D",
    reason: "the guide's body is another one",
  },
];
