/** The rows of the resources beside PhoneNumber, by their types. What each column means is in classes.ts. */
import type { ClassRow, Exception } from "./classes.ts";

type Row = Omit<ClassRow, "type">;

const DECLARED_ALONE: readonly Exception[] = [{ when: "not declared", class: "noise" }];

/** Drift where the program declares it, and of interest where it does not. */
function declarable(meanings: Readonly<Record<string, string>>): Row[] {
  return Object.entries(meanings).map(([property, means]) => ({
    property,
    class: "drift",
    means,
    except: DECLARED_ALONE,
  }));
}

function ignored(means: string, properties: readonly string[]): Row[] {
  return properties.map((property) => ({ property, class: "ignored", means }));
}

const ACHIEVED = "An argument as far as it was achieved, told by what Meta shows.";
const OWN = "Our own book-keeping.";
const RECORDS = ["baseUrl", "schemaVersion"];

const OF_A_NUMBER: Row[] = [
  {
    property: "livesOnApp",
    class: "drift",
    means: "The number was put on the WhatsApp Business app, where nothing is written from here, or taken off it.",
  },
  {
    property: "displayPhoneNumber",
    class: "drift",
    means: "Graph's id now shows another phone number.",
    except: [{ when: "same digits", class: "noise" }],
  },
];

const WEBHOOK_SUBSCRIPTION: Row[] = [
  {
    property: "overrideCallbackUri",
    class: "drift",
    means: "The account's messages go to another address than recorded.",
  },
  { property: "appId", class: "drift", means: "The token belongs to another app than recorded." },
  { property: "appName", class: "noise", means: "The app was renamed." },
  ...ignored(ACHIEVED, ["callbackUrl", "verifyToken"]),
  ...ignored(OWN, ["ownCallbackUrl", "refused", ...RECORDS]),
];

const BUSINESS_PROFILE: Row[] = [
  ...declarable({
    about: "Customers see another line about the business than recorded.",
    address: "Customers see another address than recorded.",
    description: "Customers see another description than recorded.",
    email: "Customers see another email address than recorded.",
    vertical: "Customers see another industry than recorded.",
    websites: "Customers see other websites than recorded.",
    hasPicture: "The profile's picture was taken away, or one was set.",
  }),
  ...OF_A_NUMBER,
  ...ignored(ACHIEVED, ["picture"]),
  ...ignored(OWN, ["managed", ...RECORDS]),
];

const PHONE_NUMBER_SETTINGS: Row[] = [
  ...declarable({
    "calling.status": "Calls were turned on or off.",
    "calling.callIconVisibility": "The call button was shown or hidden.",
    "calling.callIcons": "The call button shows in other countries than recorded.",
    "calling.callHours": "Customers can call at other hours than recorded.",
    "calling.callbackPermissionStatus": "Asking callers whether they may be called back was turned on or off.",
    "calling.srtpKeyExchangeProtocol": "Calls exchange their keys by another protocol than recorded.",
    "calling.sip": "Calls go to other SIP servers than recorded, or by Graph.",
    "calling.audio": "Calls may use other codecs than recorded.",
    "calling.video": "Calls with video were turned on or off.",
    "storageConfiguration.status": "Whether Meta stores the number's messages changed.",
    "storageConfiguration.retentionMinutes": "Meta keeps undelivered messages for another time than recorded.",
    "userIdentityChange.enableIdentityKeyCheck": "The check of a customer's identity was turned on or off.",
  }),
  {
    property: "storageConfiguration.dataLocalizationRegion",
    class: "noise",
    means: "Meta stores the number's messages in another region; declared at its PhoneNumber.",
  },
  ...OF_A_NUMBER,
  { property: "registered", class: "noise", means: "The number was registered or deregistered." },
  ...ignored(OWN, ["managed", "managedCalling", ...RECORDS]),
];

const PRE_VERIFIED_PHONE_NUMBER: Row[] = [
  {
    property: "codeVerificationStatus",
    class: "noise",
    means: "The verification of the number's ownership changed.",
    except: [{ becomes: ["NOT_VERIFIED"], class: "drift" }],
  },
  { property: "codeVerificationTime", class: "noise", means: "The number's ownership was verified anew." },
  { property: "verificationExpiresAt", class: "noise", means: "The verification ends at another time than recorded." },
  { property: "partners", class: "drift", means: "The number is shared with other businesses than recorded." },
  {
    property: "claimedAt",
    class: "drift",
    means: "The number left the pool: somebody claimed or deleted it.",
    except: [{ when: "claim is expected", class: "noise" }],
  },
  { property: "claimedBy", class: "noise", means: "An account claimed the number." },
  ...ignored("The claimed number's id, told by `claimedBy`.", ["phoneNumberId"]),
  ...ignored("Derived from the other outputs; what it tells is a condition.", ["phase", "nextAction"]),
  ...ignored(ACHIEVED, ["verification", "sharedWith"]),
  ...ignored(OWN, ["codeRequestedAt", "codeAttempt", "codeTried", "codeTriedAt", ...RECORDS]),
];

export const FURTHER_CLASSES: readonly ClassRow[] = Object.entries({
  WebhookSubscription: WEBHOOK_SUBSCRIPTION,
  BusinessProfile: BUSINESS_PROFILE,
  PhoneNumberSettings: PHONE_NUMBER_SETTINGS,
  PreVerifiedPhoneNumber: PRE_VERIFIED_PHONE_NUMBER,
}).flatMap(([type, rows]) => rows.map((row) => ({ type, ...row })));
