/**
 * What is to be told of a number, pre-verified or not, also where nothing changed since the state was written: its phase,
 * and what stands beside it. docs/drift-classes.md is made from this table.
 */
import type { Phase } from "../lifecycle/phases.ts";
import type { PreVerifiedPhase } from "../lifecycle/pre-verified-phone-number/phases.ts";
import type { FindingClass } from "./report.ts";

export interface Condition {
  /** What `--class` names it by: a phase's name for phases. */
  readonly name: string;
  /** The property that it is read from. */
  readonly property: string;
  readonly class: FindingClass;
  readonly means: string;
  /** Changes of these are told by it, where they are not drift; where one is drift, that tells it. */
  readonly explains: readonly string[];
}

const NAME = ["newNameStatus", "newDisplayName", "nameStatus", "verifiedName"];
const REGISTRATION = ["platformType", "status"];
const OWNERSHIP = ["codeVerificationStatus"];

type PhaseCondition = Pick<Condition, "class" | "means"> & { readonly explains?: readonly string[] };

/** Phases that are not here are as they should be. */
export const PHASE_CONDITIONS: { readonly [Name in Phase | PreVerifiedPhase]?: PhaseCondition } = {
  unknown: { class: "action", means: "Meta shows a value that this version does not know.", explains: REGISTRATION },
  migrated: { class: "action", means: "The number moved to another account.", explains: REGISTRATION },
  blocked: { class: "action", means: "Meta banned the number.", explains: REGISTRATION },
  "on-phone": {
    class: "action",
    means: "The number lives on the WhatsApp Business app, not on the Cloud API.",
    explains: [...REGISTRATION, "isOnBizApp"],
  },
  "other-platform": {
    class: "action",
    means: "The number is registered in another way than declared: with an on-premises client, or with the Cloud API.",
    explains: REGISTRATION,
  },
  contested: {
    class: "action",
    means: "The registration was lost again after it was restored: somebody else registers this number.",
    explains: REGISTRATION,
  },
  deregistered: { class: "drift", means: "The number is not registered any more.", explains: REGISTRATION },
  "ready-to-register": { class: "action", means: "The number can be registered and is not.", explains: OWNERSHIP },
  "signup-expired": {
    class: "action",
    means: "The number was not registered within 14 days of its embedded signup.",
  },
  "needs-verification": { class: "action", means: "The number's ownership is not verified.", explains: OWNERSHIP },
  "code-rejected": { class: "action", means: "Meta refused the verification code.", explains: OWNERSHIP },
  "code-sent": { class: "pending", means: "A verification code was sent and is waited for.", explains: OWNERSHIP },
  "needs-pin": { class: "action", means: "The number must be registered, and no PIN is declared." },
  "needs-certificate": {
    class: "action",
    means: "The number is to be registered with an on-premises client, and Graph shows no certificate for it.",
  },
  "attempts-exhausted": {
    class: "action",
    means: "The registrations that Meta allows in 72 hours are used up.",
    explains: REGISTRATION,
  },
  "name-not-provisioned": { class: "pending", means: "Meta has not approved the number's first name yet." },
  "name-in-review": { class: "pending", means: "Meta reviews the display name that was asked for.", explains: NAME },
  "name-declined": { class: "action", means: "Meta declined the display name that was asked for.", explains: NAME },
  "name-expired": {
    class: "action",
    means: "An approved display name was not registered within 14 days.",
    explains: NAME,
  },
  "re-register-due": {
    class: "action",
    means: "Meta approved the new display name: the number is to be registered again.",
    explains: NAME,
  },
  "renewal-due": { class: "action", means: "The pre-verified number's verification ends and can be made again." },
  expired: {
    class: "action",
    means: "The pre-verified number's verification is older than 90 days: nobody can claim it.",
    explains: OWNERSHIP,
  },
};

export const SIGNUP_DEADLINE: Condition = {
  name: "signup-deadline",
  property: "registerBy",
  class: "action",
  means: "Meta takes the number's registration for a few days only.",
  explains: [],
};

export const QUALITY_RED: Condition = {
  name: "quality-red",
  property: "qualityRating",
  class: "action",
  means: "Meta rates the quality of what the number sends as low.",
  explains: ["qualityRating"],
};

export const HEALTH_BLOCKED: Condition = {
  name: "health-blocked",
  property: "healthStatus.canSendMessage",
  class: "action",
  means: "Meta blocks the number from sending.",
  explains: ["healthStatus.canSendMessage"],
};

export function phaseCondition(phase: string): Condition | undefined {
  const found = Object.entries(PHASE_CONDITIONS).find(([name]) => name === phase)?.[1];
  return found === undefined ? undefined : { name: phase, property: "phase", explains: [], ...found };
}

export const CONDITIONS: readonly Condition[] = [
  ...Object.keys(PHASE_CONDITIONS).flatMap((phase) => phaseCondition(phase) ?? []),
  SIGNUP_DEADLINE,
  QUALITY_RED,
  HEALTH_BLOCKED,
];
