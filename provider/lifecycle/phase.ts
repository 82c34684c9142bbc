/**
 * Where a number stands, in one word, and what comes next: the one place that reads Meta's statuses together.
 * `phaseOf` is total: every mixture of values has a phase, and one with a value that Meta added since is `unknown`.
 * The rules are asked in the order in which they stand here. docs/phases.md is made from PHASES.
 */
import { CODE_VERIFICATION_STATUSES, NAME_STATUSES, NUMBER_STATUSES, PLATFORM_TYPES } from "../schemas/graph.ts";
import type { Observed, State } from "../schemas/phone-number-state.ts";
import { MAX_ATTEMPTS, nextAttemptAt, recentAttempts, within72Hours } from "./attempts.ts";
import { isApproved, lastOutcome, nameInReview, reregistrationDue } from "./name.ts";

/** What the program wants of a number, as far as a phase depends on it. */
export interface Intent {
  readonly register: boolean;
  readonly hasPin: boolean;
}

interface PhaseText {
  readonly meaning: string;
  readonly next: string;
}

/** Each phase with its meaning and, for people, the next action. */
export const PHASES = {
  unknown: {
    meaning: "Meta shows a value that this version does not know; nothing is done to the number",
    next: "Look at the number in WhatsApp Manager, and for a newer version of pulumi-waba.",
  },
  migrated: { meaning: "the number moved to another account", next: "Declare it under the account that has it now." },
  blocked: {
    meaning: "Meta banned the number",
    next: "Appeal in WhatsApp Manager; nothing is done until it is lifted.",
  },
  "on-phone": {
    meaning: "the number lives on the WhatsApp Business app, not on the Cloud API; we never touch it there",
    next: "Disconnect it in the app (Settings, Account, Delete account) or onboard it for coexistence, then run pulumi up.",
  },
  coexistence: {
    meaning: "the number is used by the WhatsApp Business app and the Cloud API together; we only watch it",
    next: "Nothing to do.",
  },
  contested: {
    meaning: "the registration was lost again within 72 hours of being restored: somebody else registers this number",
    next: "Find out who: another partner, another stack, or a person with the app. It is registered again after 72 hours.",
  },
  "code-rejected": {
    meaning: "Meta refused the verification code",
    next: "Give the newest code as verification.code, or raise verification.attempt to have another one sent; then run pulumi up.",
  },
  "code-sent": {
    meaning: "a verification code was sent and is waited for; it lives about ten minutes",
    next: "Give the code as verification.code and run pulumi up; if it is too old, raise verification.attempt.",
  },
  "needs-verification": {
    meaning: "ownership of the number is not verified",
    next: 'Declare verification: { method: "SMS", language: "en" } and run pulumi up: a code is sent.',
  },
  verified: { meaning: "the number is verified and, as declared, not registered", next: "Nothing to do." },
  "name-declined": {
    meaning:
      "Meta declined the display name that was asked for; the number keeps working under its old name, if it has one",
    next: "Declare another displayName that follows Meta's guidelines and run pulumi up. The same text is not asked for again.",
  },
  "name-expired": {
    meaning: "an approved display name was not registered within 14 days",
    next: "Run pulumi up: the name is asked for again.",
  },
  "name-not-provisioned": {
    meaning: "the number's first display name is not approved yet, so it cannot be registered",
    next: "Wait for Meta's review, then run pulumi up.",
  },
  "attempts-exhausted": {
    meaning: "the ten registrations that Meta allows in 72 hours are used up",
    next: "Wait, then run pulumi up. Do not try by hand meanwhile.",
  },
  "needs-pin": {
    meaning: "the number must be registered, and no PIN is declared",
    next: "Declare pin (6 digits, a secret of the configuration) and run pulumi up.",
  },
  deregistered: {
    meaning: "the number was registered and is not any more",
    next: "Run pulumi up: it is registered again.",
  },
  "ready-to-register": {
    meaning: "all that a registration needs is there",
    next: "Run pulumi up: it registers the number.",
  },
  "re-register-due": {
    meaning: "Meta approved the new display name; it holds once the number is registered again, within 14 days",
    next: "Run pulumi up: it registers the number again.",
  },
  "name-in-review": {
    meaning: "the number works; Meta reviews the display name that was asked for",
    next: "Wait for Meta's review, usually 1 to 3 days, then run pulumi up.",
  },
  registered: { meaning: "the number works under its declared name", next: "Nothing to do." },
} as const satisfies Record<string, PhaseText>;

export type Phase = keyof typeof PHASES;

/** The number's status and platform together: either alone has been seen to lie. */
export function isRegistered(observed: Observed): boolean {
  return (
    observed.platformType === "CLOUD_API" &&
    (observed.status === undefined || WORKING_STATUSES.includes(observed.status))
  );
}
const WORKING_STATUSES = ["CONNECTED", "FLAGGED", "RESTRICTED", "RATE_LIMITED"];

/** A number on the WhatsApp Business app: a write can cost its owner the account. */
export function livesOnApp(observed: Observed): boolean {
  return observed.isOnBizApp === true || (observed.platformType === "ON_PREMISE" && observed.status === "DISCONNECTED");
}

export function phaseOf(now: Date, state: State, intent: Intent): Phase {
  const { observed, ledger } = state;
  if (hasUnlistedValue(observed)) return "unknown";
  if (observed.status === "MIGRATED") return "migrated";
  if (observed.status === "BANNED") return "blocked";
  if (livesOnApp(observed)) return observed.platformType === "CLOUD_API" ? "coexistence" : "on-phone";
  if (!isPlain(observed)) return "unknown";

  const registered = isRegistered(observed);
  const due = reregistrationDue(state) !== undefined;
  if (registered && !(due && intent.register)) return phaseOfName(state);
  if (registered) return phaseBeforeRegistering(now, state, intent) ?? "re-register-due";

  const lost = ledger.registeredName !== undefined;
  if (lost && intent.register && within72Hours(now, ledger.restoredAt)) return "contested";
  if (!isVerified(observed, lost)) return phaseOfVerification(state);
  if (!intent.register) return "verified";
  const name = phaseOfFirstName(observed);
  if (name !== undefined && !due) return name;
  return phaseBeforeRegistering(now, state, intent) ?? (lost ? "deregistered" : "ready-to-register");
}

/** What `nextAction` says: the phase's advice with the facts of this number. */
export function nextActionOf(now: Date, state: State, phase: Phase): string {
  const { next } = PHASES[phase];
  const blocked = nextAttemptAt(now, state.ledger.attempts.register);
  if (phase === "attempts-exhausted" && blocked !== undefined) {
    const used = recentAttempts(now, state.ledger.attempts.register).length;
    return `Wait until ${blocked.toISOString()} (at least ${used} of ${MAX_ATTEMPTS} used in 72 hours), then run pulumi up.`;
  }
  return next;
}

/** False for statuses that say too little to act on. */
function isPlain({ status, platformType }: Observed): boolean {
  if (status === "DELETED" || status === "UNKNOWN") return false;
  return platformType === "CLOUD_API" || platformType === "NOT_APPLICABLE";
}

/** EXPIRED tells the age of the code, not a loss: a number that was registered once needs no new one. */
function isVerified({ codeVerificationStatus }: Observed, wasRegistered: boolean): boolean {
  return codeVerificationStatus === "VERIFIED" || (wasRegistered && codeVerificationStatus !== "NOT_VERIFIED");
}

function phaseOfName(state: State): Phase {
  if (nameInReview(state) !== undefined) return "name-in-review";
  const outcome = lastOutcome(state);
  if (outcome === "DECLINED") return "name-declined";
  if (outcome === "EXPIRED") return "name-expired";
  return "registered";
}

function phaseOfVerification({ ledger }: State): Phase {
  if (ledger.codeRequestedAt === undefined) return "needs-verification";
  return ledger.codeTriedAt === undefined ? "code-sent" : "code-rejected";
}

/** A number without an approved name gets no certificate, and the attempt would be lost (100/2388001). */
function phaseOfFirstName({ nameStatus }: Observed): Phase | undefined {
  if (nameStatus === undefined || isApproved(nameStatus)) return undefined;
  if (nameStatus === "DECLINED") return "name-declined";
  return nameStatus === "EXPIRED" ? "name-expired" : "name-not-provisioned";
}

function phaseBeforeRegistering(now: Date, { ledger }: State, intent: Intent): Phase | undefined {
  if (nextAttemptAt(now, ledger.attempts.register) !== undefined) return "attempts-exhausted";
  return intent.hasPin ? undefined : "needs-pin";
}

function hasUnlistedValue(observed: Observed): boolean {
  const fields: [string | undefined, readonly string[]][] = [
    [observed.status, NUMBER_STATUSES],
    [observed.platformType, PLATFORM_TYPES],
    [observed.codeVerificationStatus, CODE_VERIFICATION_STATUSES],
    [observed.nameStatus, NAME_STATUSES],
    [observed.newNameStatus, NAME_STATUSES],
  ];
  return fields.some(([value, listed]) => value !== undefined && !listed.includes(value));
}
