/**
 * What a difference between the recorded and the present outputs of a resource means: one row a property, by the type of
 * resource; those beside PhoneNumber are in further-classes.ts, standing conditions in conditions.ts. docs/drift-classes.md
 * is made from these tables.
 *
 * A property without a row is drift where the program declares it, and noise where it does not.
 */
import { FURTHER_CLASSES } from "./further-classes.ts";
import type { FindingClass } from "./report.ts";

/** `ignored`: never reported, since another property tells it, or it is our own book-keeping. */
export type PropertyClass = FindingClass | "ignored";

/** What the value became, or how it changed. */
export interface Exception {
  readonly becomes?: readonly string[];
  readonly when?: Circumstance;
  readonly class: PropertyClass;
}

/** Decided in circumstances.ts. */
export type Circumstance =
  | "asked for by us"
  | "same digits"
  | "lower than before"
  | "back to work"
  | "not registered"
  | "not declared"
  | "claim is expected";

export interface ClassRow {
  readonly type: string;
  /** An output's name; `a.b` where the parts of an object are told apart. */
  readonly property: string;
  readonly class: PropertyClass;
  /** A sentence, as a finding says it. */
  readonly means: string;
  /** The first that fits counts. */
  readonly except?: readonly Exception[];
}

type Row = Omit<ClassRow, "type">;

const WORKS: Row[] = [
  {
    property: "platformType",
    class: "drift",
    means: "Meta shows the number on another platform than recorded.",
  },
  {
    property: "status",
    class: "drift",
    means: "Meta shows another status of the number than recorded.",
    except: [{ when: "back to work", class: "noise" }],
  },
  {
    property: "registeredByOthersAt",
    class: "drift",
    means: "Somebody else registered the number; its PIN may be another one now.",
    except: [{ becomes: [""], class: "noise" }],
  },
  {
    property: "accountMode",
    class: "drift",
    means: "The number's account changed between live and sandbox.",
  },
  {
    property: "isOnBizApp",
    class: "drift",
    means: "The number was put on the WhatsApp Business app, or taken off it.",
  },
  {
    property: "codeVerificationStatus",
    class: "noise",
    means: "The verification of the number's ownership changed.",
    except: [{ becomes: ["NOT_VERIFIED"], class: "drift" }],
  },
  {
    property: "displayPhoneNumber",
    class: "drift",
    means: "Graph's id now shows another phone number.",
    except: [{ when: "same digits", class: "noise" }],
  },
  {
    property: "dataLocalizationRegion",
    class: "drift",
    means: "Meta stores the number's messages in another region than declared.",
  },
];

const NAMES: Row[] = [
  {
    property: "verifiedName",
    class: "drift",
    means: "Customers see another name than recorded.",
    except: [{ when: "asked for by us", class: "noise" }],
  },
  {
    property: "newDisplayName",
    class: "drift",
    means: "Somebody else asked Meta for another display name.",
    except: [
      { when: "asked for by us", class: "noise" },
      { becomes: [""], class: "noise" },
    ],
  },
  {
    property: "newNameStatus",
    class: "noise",
    means: "Meta's review of the display name that was asked for went on.",
    except: [
      { becomes: ["APPROVED", "AVAILABLE_WITHOUT_REVIEW", "DECLINED", "EXPIRED"], class: "action" },
      { becomes: ["PENDING_REVIEW"], class: "pending" },
    ],
  },
  {
    property: "nameStatus",
    class: "noise",
    means: "Meta's opinion of the name in use changed.",
    except: [
      { becomes: ["DECLINED", "EXPIRED"], class: "action" },
      { becomes: ["PENDING_REVIEW"], class: "pending" },
    ],
  },
];

const WEBHOOKS: Row[] = [
  {
    property: "webhookConfiguration.phoneNumber",
    class: "drift",
    means: "The number's messages go to another address than recorded.",
  },
  {
    property: "webhookConfiguration.whatsappBusinessAccount",
    class: "drift",
    means: "The account's messages go to another address than recorded.",
  },
  {
    property: "webhookConfiguration.application",
    class: "drift",
    means: "The app's messages go to another address than recorded.",
  },
];

const RATINGS: Row[] = [
  {
    property: "qualityRating",
    class: "noise",
    means: "Meta rates the quality of what the number sends anew.",
    except: [{ becomes: ["RED"], class: "action" }],
  },
  {
    property: "messagingLimit",
    class: "noise",
    means: "Meta changed to how many customers the number may write in a day.",
    except: [{ when: "lower than before", class: "action" }],
  },
  {
    property: "throughputLevel",
    class: "noise",
    means: "Meta changed how many messages a second the number may send.",
  },
  {
    property: "healthStatus.canSendMessage",
    class: "noise",
    means: "What the number may send changed.",
    except: [
      { when: "not registered", class: "ignored" },
      { becomes: ["BLOCKED"], class: "action" },
    ],
  },
  { property: "healthStatus.entities", class: "ignored", means: "What `healthStatus.canSendMessage` rests on." },
  { property: "lastOnboardedTime", class: "noise", means: "The number was registered anew." },
  { property: "isPinEnabled", class: "noise", means: "The PIN's flag changed; Meta is retiring it." },
];

/** Told by other properties, by a condition, or of no interest to anyone at Meta. */
const IGNORED: Row[] = [
  ...["phase", "nextAction", "registered", "nameInReview", "registerBy"].map((property) => ({
    property,
    class: "ignored" as const,
    means: "Derived from the other outputs; what it tells is a condition.",
  })),
  ...["displayName", "register", "verification", "webhook", "onPremises", "pin"].map((property) => ({
    property,
    class: "ignored" as const,
    means: "An argument as far as it was achieved, told by what Meta shows.",
  })),
  ...["certificate", "newCertificate"].map((property) => ({
    property,
    class: "ignored" as const,
    means: "A secret; what follows from it is a condition.",
  })),
  ...[
    "registeredName",
    "certificateFingerprint",
    "attempts",
    "nameRequests",
    "declinedNames",
    "codeRequestedAt",
    "codeAttempt",
    "clientAskedAt",
    "codeTried",
    "codeTriedAt",
    "registering",
    "restoredAt",
    "deregisteredAt",
    "refusals",
    "webhookTokenRefused",
    "pinDeclared",
    "onPremisesDeclared",
    "pinState",
    "firstSeenAt",
    "nameReviewLastSeenAt",
    "baseUrl",
    "schemaVersion",
  ].map((property) => ({ property, class: "ignored" as const, means: "Our own book-keeping." })),
];

const PHONE_NUMBER: Row[] = [...WORKS, ...NAMES, ...WEBHOOKS, ...RATINGS, ...IGNORED];

export const CLASSES: readonly ClassRow[] = [
  ...PHONE_NUMBER.map((row) => ({ type: "PhoneNumber", ...row })),
  ...FURTHER_CLASSES,
];

/** The row of a property; undefined where the table has none. */
export function rowOf(type: string, property: string): ClassRow | undefined {
  return CLASSES.find((row) => row.type === type && row.property === property);
}

/** True where the parts of an object have rows of their own. */
export function isTakenApart(type: string, property: string): boolean {
  return CLASSES.some((row) => row.type === type && row.property.startsWith(`${property}.`));
}
