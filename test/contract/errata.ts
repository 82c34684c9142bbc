/**
 * What is wrong in Meta's OpenAPI file and is corrected before anything is held against it. Only where the file is
 * plainly wrong: what live numbers answer (R), what a guide documents (D), or what the file's own examples show (O).
 * What merely differs between the file and the emulator is a deviation, in deviations.ts.
 */
export interface Erratum {
  readonly what: string;
  readonly marks: string;
  readonly reason: string;
  /** JSON pointers; `*` stands for every name. */
  readonly at: readonly string[];
  /** What stands there instead; absent: nothing does. */
  readonly to?: unknown;
  /** What stands there instead: a copy of the neighbour of this name. */
  readonly as?: string;
  /** What shows that the correction is there and needed: the opposite holds without it. */
  readonly witness:
    | { readonly at: string; readonly accepts: unknown }
    | { readonly at: string; readonly refuses: unknown }
    | { readonly at: string; readonly exists: boolean };
}

const SCHEMAS = "/components/schemas";
const SWITCH = ["ENABLED", "DISABLED"];

export const ERRATA: readonly Erratum[] = [
  {
    what: "components.parameterGroups is not a part of OpenAPI",
    marks: "O",
    reason: "OpenAPI 3.1 knows no such kind of component: a strict reader refuses the whole document",
    at: ["/components/parameterGroups"],
    witness: { at: "/components/parameterGroups", exists: false },
  },
  {
    what: "code_verification_status is VERIFIED, NOT_VERIFIED or EXPIRED",
    marks: "R",
    reason: "live numbers answer these three; UNVERIFIED was never seen",
    at: [
      `${SCHEMAS}/PhoneNumberInfo/properties/code_verification_status/enum`,
      `${SCHEMAS}/WhatsAppCodeVerificationStatus/enum`,
    ],
    to: ["VERIFIED", "NOT_VERIFIED", "EXPIRED"],
    witness: { at: `${SCHEMAS}/PhoneNumberInfo/properties/code_verification_status`, accepts: "EXPIRED" },
  },
  {
    what: "quality_rating is also UNKNOWN",
    marks: "R D",
    reason: "live numbers without a rating answer UNKNOWN, as the file's own list example does; NA is the older word",
    at: [
      `${SCHEMAS}/PhoneNumberInfo/properties/quality_rating/enum`,
      `${SCHEMAS}/WhatsAppPhoneNumberQualityRating/enum`,
    ],
    to: ["GREEN", "YELLOW", "RED", "UNKNOWN", "NA"],
    witness: { at: `${SCHEMAS}/WhatsAppPhoneNumberQualityRating`, accepts: "UNKNOWN" },
  },
  {
    what: "a row of the list need not have status",
    marks: "R",
    reason: "live lists leave it out unless `fields` asks for it",
    at: [`${SCHEMAS}/WhatsAppBusinessAccountPhoneNumber/required`],
    to: ["id", "display_phone_number"],
    witness: {
      at: `${SCHEMAS}/WhatsAppBusinessAccountPhoneNumber`,
      accepts: { id: "1906385232743451", display_phone_number: "+1 631-555-5555" },
    },
  },
  {
    what: "status in the list is of the CONNECTED family",
    marks: "D",
    reason: "the guide lists these; LINKED and UNLINKED were never seen live",
    at: [`${SCHEMAS}/WhatsAppPhoneNumberStatus/enum`],
    to: [
      "PENDING",
      "CONNECTED",
      "DISCONNECTED",
      "FLAGGED",
      "RESTRICTED",
      "RATE_LIMITED",
      "BANNED",
      "MIGRATED",
      "DELETED",
      "UNKNOWN",
      "UNVERIFIED",
    ],
    witness: { at: `${SCHEMAS}/WhatsAppPhoneNumberStatus`, refuses: "LINKED" },
  },
  {
    what: "the profile is flat",
    marks: "R D",
    reason: "live answers have the fields in data[0] itself, without business_profile around them",
    at: [`${SCHEMAS}/WhatsAppBusinessProfileResponse/properties/data/items`],
    to: { $ref: "#/components/schemas/WhatsAppBusinessProfile" },
    witness: {
      at: `${SCHEMAS}/WhatsAppBusinessProfileResponse`,
      accepts: { data: [{ messaging_product: "whatsapp", about: "Cakes" }] },
    },
  },
  {
    what: "language is also of two letters",
    marks: "D",
    reason: "the guide says two letters, its sample says en_US, and live numbers take both",
    at: [`${SCHEMAS}/RequestCodeRequest/properties/language`],
    to: { type: "string", pattern: "^[a-z]{2}(_[A-Z]{2})?$" },
    witness: { at: `${SCHEMAS}/RequestCodeRequest`, accepts: { code_method: "SMS", language: "en" } },
  },
  {
    what: "override_callback_uri may be empty",
    marks: "D O",
    reason: "empty text takes the override away; the file says so itself, beside a format that forbids it",
    at: [`${SCHEMAS}/WebhookConfiguration/properties/override_callback_uri/format`],
    witness: { at: `${SCHEMAS}/WebhookConfiguration`, accepts: { override_callback_uri: "" } },
  },
  {
    what: "a missing object is HTTP 400 with 100/33",
    marks: "T K",
    reason: "404 with code 803 is a legacy answer to names that are no ids",
    at: ["/paths/*/*/responses/404"],
    witness: { at: "/paths/~1{Version}~1{Phone-Number-ID}/get/responses/404", exists: false },
  },
  {
    what: "the error envelope is one and the same everywhere",
    marks: "R",
    reason: "the settings' copy has lost fbtrace_id, error_subcode and others; live refusals do not differ by route",
    at: ["BadRequest", "Forbidden"].map(
      (name) => `/components/responses/${name}/content/application~1json/schema/$ref`,
    ),
    to: "#/components/schemas/GraphAPIError",
    witness: {
      at: "/components/responses/BadRequest/content/application~1json/schema",
      accepts: { error: { message: "Invalid parameter", type: "OAuthException", code: 100, fbtrace_id: "AXs" } },
    },
  },
  {
    what: "bodies are also forms",
    marks: "D",
    reason: "the guides' own samples send forms; Graph reads query, form, multipart and JSON alike",
    at: ["/paths/*/post/requestBody/content/application~1x-www-form-urlencoded"],
    as: "application/json",
    witness: {
      at: "/paths/~1{Version}~1{Phone-Number-ID}~1register/post/requestBody/content/application~1x-www-form-urlencoded",
      exists: true,
    },
  },
  {
    what: "bodies are also multipart",
    marks: "D",
    reason: "Meta's sample of request_code is multipart",
    at: ["/paths/*/post/requestBody/content/multipart~1form-data"],
    as: "application/json",
    witness: {
      at: "/paths/~1{Version}~1{Phone-Number-ID}~1request_code/post/requestBody/content/multipart~1form-data",
      exists: true,
    },
  },
  {
    what: "switches of settings are ENABLED and DISABLED",
    marks: "D",
    reason: "the guides have upper case throughout",
    at: [
      "CallingSettings",
      "CallingSettings_1",
      "CallingSettingsResponse",
      "CallHoursSettings",
      "SipSettings",
      "SipSettingsResponse",
      "VideoSettings",
      "VideoSettingsResponse",
      "AudioSettingsResponse",
      "PayloadEncryptionSettings",
      "PayloadEncryptionSettingsResponse",
    ].map((name) => `${SCHEMAS}/${name}/properties/status/enum`),
    to: SWITCH,
    witness: { at: `${SCHEMAS}/PayloadEncryptionSettings`, accepts: { status: "DISABLED" } },
  },
  {
    what: "callback_permission_status is ENABLED or DISABLED",
    marks: "D",
    reason: "the guides have upper case throughout",
    at: [`${SCHEMAS}/CallingSettingsResponse/properties/callback_permission_status/enum`],
    to: SWITCH,
    witness: { at: `${SCHEMAS}/CallingSettingsResponse/properties/callback_permission_status`, accepts: "ENABLED" },
  },
  {
    what: "call_icon_visibility is DEFAULT or DISABLE_ALL",
    marks: "D",
    reason: "the guide's words; visible and hidden are the file's alone",
    at: ["CallingSettings", "CallingSettings_1", "CallingSettingsResponse"].map(
      (name) => `${SCHEMAS}/${name}/properties/call_icon_visibility/enum`,
    ),
    to: ["DEFAULT", "DISABLE_ALL"],
    witness: { at: `${SCHEMAS}/CallingSettingsResponse/properties/call_icon_visibility`, accepts: "DISABLE_ALL" },
  },
  {
    what: "storage is IN_COUNTRY_STORAGE_ENABLED, IN_COUNTRY_STORAGE_DISABLED or NO_STORAGE_ENABLED",
    marks: "D",
    reason: "the guide's words; default is the file's alone",
    at: [`${SCHEMAS}/StorageConfigurationSettingsResponse/properties/status/enum`],
    to: ["IN_COUNTRY_STORAGE_ENABLED", "IN_COUNTRY_STORAGE_DISABLED", "NO_STORAGE_ENABLED"],
    witness: { at: `${SCHEMAS}/StorageConfigurationSettingsResponse`, accepts: { status: "NO_STORAGE_ENABLED" } },
  },
  {
    what: "calling settings are those with sip and video",
    marks: "O",
    reason: "the reference lost its `_1`: the operation's own examples do not fit the copy that it names",
    at: [`${SCHEMAS}/CallingSettingsRequest/properties/calling/$ref`],
    to: "#/components/schemas/CallingSettings_1",
    witness: {
      at: `${SCHEMAS}/CallingSettingsRequest`,
      accepts: { calling: { status: "ENABLED", sip: { status: "ENABLED" }, srtp_key_exchange_protocol: "DTLS-SRTP" } },
    },
  },
  {
    what: "an account reads as the copy with message_template_namespace",
    marks: "O",
    reason: "the reference lost its `_3`: the operation's own examples do not fit the copy that it names",
    at: ["/paths/~1{Version}~1{WABA-ID}/get/responses/200/content/application~1json/schema/$ref"],
    to: "#/components/schemas/WhatsAppBusinessAccount_3",
    witness: {
      at: "/paths/~1{Version}~1{WABA-ID}/get/responses/200/content/application~1json/schema",
      accepts: { id: "1234567890123456", name: "My Business", message_template_namespace: "ba30dd89_2ebd_41e4" },
    },
  },
  {
    what: "a subscribed app is in whatsapp_business_api_data",
    marks: "O D",
    reason: "the references lost their `_1`: the guide and the operation's own examples have it so",
    at: [
      `${SCHEMAS}/SubscribedAppsResponse/properties/data/items/$ref`,
      `${SCHEMAS}/SubscriptionResponse/properties/data/items/$ref`,
    ],
    to: "#/components/schemas/SubscribedApp_1",
    witness: { at: `${SCHEMAS}/SubscribedAppsResponse/properties/data/items`, refuses: { id: "1", name: "App" } },
  },
  {
    what: "whatsapp_business_api_data of a subscribed app has id, name and link",
    marks: "O D",
    reason: "as before: the reference lost its `_1`",
    at: [`${SCHEMAS}/SubscribedApp_1/properties/whatsapp_business_api_data/$ref`],
    to: "#/components/schemas/WhatsAppBusinessApiData_1",
    witness: {
      at: `${SCHEMAS}/SubscribedApp_1`,
      accepts: { whatsapp_business_api_data: { id: "1", name: "App", link: "https://www.facebook.com/games/" } },
    },
  },
];

/** Changes the document in place. Throws where a correction meets nothing: the file has changed, or the pointer is wrong. */
export function applyErrata(document: object, errata: readonly Erratum[]): void {
  for (const erratum of errata) {
    for (const pointer of erratum.at) {
      if (places(document, pointer).filter((place) => correct(place, erratum)).length === 0) {
        throw new Error(`erratum "${erratum.what}": nothing to correct at ${pointer}`);
      }
    }
  }
}

interface Place {
  readonly parent: { [name: string]: unknown };
  readonly name: string;
}

function correct({ parent, name }: Place, { to, as }: Erratum): boolean {
  if (as !== undefined) {
    if (!Object.hasOwn(parent, as) || Object.hasOwn(parent, name)) return false;
    parent[name] = structuredClone(parent[as]);
    return true;
  }
  if (!Object.hasOwn(parent, name)) return false;
  if (to === undefined) delete parent[name];
  else parent[name] = structuredClone(to);
  return true;
}

/** Where a pointer leads: the last name need not exist. */
function places(document: object, pointer: string): Place[] {
  const names = pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = names.pop() ?? "";
  let nodes: unknown[] = [document];
  for (const name of names) {
    nodes = nodes.flatMap((node) => {
      if (typeof node !== "object" || node === null) return [];
      if (name === "*") return Object.values(node);
      return Object.hasOwn(node, name) ? [(node as { [name: string]: unknown })[name]] : [];
    });
  }
  return nodes
    .filter((node) => typeof node === "object" && node !== null)
    .map((node) => ({ parent: node as { [name: string]: unknown }, name: last }));
}
