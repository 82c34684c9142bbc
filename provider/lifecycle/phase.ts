/**
 * Where a number stands, in one word, and what comes next: the one place that reads Meta's statuses together.
 * `phaseOf` is total: every mixture of values has a phase, and one with a value that Meta added since is `unknown`.
 * The rules are asked in the order in which they stand here; what each phase means stands in phases.ts.
 */

import type { Observed, State } from "../schemas/phone-number-state.ts";
import { CODE_VERIFICATION_STATUSES, NAME_STATUSES, NUMBER_STATUSES, PLATFORM_TYPES } from "../schemas/words.ts";
import { MAX_ATTEMPTS, nextAttemptAt, recentAttempts, within72Hours } from "./attempts.ts";
import { phaseOfCode } from "./codes.ts";
import { isApproved, lastOutcome, nameInReview, reregistrationDue } from "./name.ts";
import { adviceForClient, askedOfClient, phaseOfClient, phaseOfClientCode } from "./on-premises.ts";
import { PHASES, type Phase } from "./phases.ts";
import { heldUntil, needsVerificationFirst, refusalOf, registrableAs } from "./refusals.ts";
import { hinderingEntities, isBlocked } from "./sending.ts";
import { withTroubles } from "./troubles.ts";

/** What the program wants of a number, as far as a phase depends on it. */
export interface Intent {
  readonly register: boolean;
  readonly hasPin: boolean;
  /** Whether it is to be registered with an on-premises client, not with the Cloud API. */
  readonly onPremises?: boolean;
  /** ISO time; undefined where nobody said when, or the number came in another way. */
  readonly signupFinishedAt?: string | undefined;
}

/**
 * The number's status and platform together: either alone has been seen to lie.
 * @param onPremises whether an on-premises client is meant, not the Cloud API
 */
export function isRegistered(observed: Observed, onPremises = false): boolean {
  if (onPremises) {
    const { status, platformType } = observed;
    return platformType === "ON_PREMISE" && status !== undefined && WORKING_STATUSES.includes(status);
  }
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
  const registered = isRegistered(observed, intent.onPremises);
  if (isRegistered(observed, intent.onPremises !== true)) return "other-platform";
  if (!isPlain(observed) && !registered) return "unknown";

  const due = reregistrationDue(state) !== undefined;
  if (registered && !(due && intent.register)) return phaseOfName(state);
  const code = intent.onPremises ? phaseOfClientCode(state) : undefined;
  if (code !== undefined) return code;
  if (registered) return phaseBeforeRegistering(now, state, intent) ?? "re-register-due";

  const lost = ledger.registeredName !== undefined;
  const takenBack = ledger.deregisteredAt !== undefined;
  if (lost && !takenBack && intent.register && within72Hours(now, ledger.restoredAt)) return "contested";
  const deadline = registerBy(intent);
  if (!lost && intent.register && deadline !== undefined && now >= deadline) return "signup-expired";
  // A client has the code sent itself, where one is needed.
  if (!intent.onPremises && !isVerified(state, lost)) return phaseOfCode(ledger);
  if (!intent.register) return "verified";
  const name = phaseOfFirstName(state);
  if (name !== undefined && !due) return name;
  return phaseBeforeRegistering(now, state, intent) ?? (lost ? "deregistered" : "ready-to-register");
}

/** Meta's guide of June 2026: 14 days after embedded signup, or it has to be done again. */
const SIGNUP_LIFETIME_MS = 14 * 24 * 60 * 60 * 1000;

export function registerBy({ signupFinishedAt }: Pick<Intent, "signupFinishedAt">): Date | undefined {
  return signupFinishedAt === undefined ? undefined : new Date(Date.parse(signupFinishedAt) + SIGNUP_LIFETIME_MS);
}

/**
 * What `nextAction` says: the phase's advice with the facts of this number.
 * @param number as the advised commands take it
 */
export function nextActionOf(now: Date, state: State, phase: Phase, number = numberOf(state)): string {
  const forClient = state.onPremisesDeclared ? adviceForClient(state, phase) : undefined;
  const next = forClient ?? PHASES[phase].next.replaceAll("{number}", number);
  const blocked = nextAttemptAt(now, state.ledger.attempts.register);
  if (phase === "attempts-exhausted" && blocked !== undefined) {
    const used = recentAttempts(now, state.ledger.attempts.register).length;
    return `Wait until ${blocked.toISOString()} (at least ${used} of ${MAX_ATTEMPTS} used in 72 hours), then run pulumi up.`;
  }
  if (phase === "needs-verification" && state.ledger.codeAttempt !== undefined) {
    return (
      `Meta sent no code. When its reason is gone, raise verification.attempt above ${state.ledger.codeAttempt} and run ` +
      `pulumi up, or: npx waba code request ${number}.`
    );
  }
  const others = phase === "re-register-due" ? nameOfOthers(state) : undefined;
  if (others !== undefined) {
    const approved =
      `Meta approved ${JSON.stringify(others)}, which is not declared: declare it and run pulumi up to have it registered, ` +
      "or leave it: it expires 14 days after its approval.";
    return withTroubles(state, phase, approved);
  }
  if (phase === "registered" || phase === "coexistence") return withTroubles(state, phase, sendingText(state) ?? next);
  if (phase === "name-expired") return withTroubles(state, phase, expiredText(state) ?? next);
  const waits = BEFORE_REGISTERING.includes(phase) && !isRegistered(state.observed, state.onPremisesDeclared);
  const advice = waits ? `${next}${deadlineText(state)}` : next;
  return withTroubles(state, phase, `${advice}${refusalText(now, state, phase)}`);
}

/** Phases in which the deadline of embedded signup runs, and is all that hurries. */
const BEFORE_REGISTERING: readonly Phase[] = [
  "ready-to-register",
  "needs-pin",
  "name-not-provisioned",
  "name-in-review",
];

/** Only a declared name is asked for again, and only one that is declared still. */
function expiredText({ observed, ledger, echo }: State): string | undefined {
  if (echo.displayName === undefined) {
    return "No displayName is declared: declare it and run pulumi up to have it asked for again, or ask for one in WhatsApp Manager.";
  }
  const expired = observed.newNameStatus === "EXPIRED" ? observed.newDisplayName : undefined;
  const isOurs = expired === echo.displayName || expired === ledger.nameRequests.at(-1)?.name;
  if (expired === undefined || isOurs) return undefined;
  return `${JSON.stringify(expired)} is not declared: declare it and run pulumi up to have it asked for again, or leave it.`;
}

/** What Meta itself proposes where it lets a number that works send nothing. */
function sendingText(state: State): string | undefined {
  if (!isBlocked(state)) return undefined;
  const errors = hinderingEntities(state).flatMap(({ errors = [] }) => errors);
  const said = errors.map(({ errorCode, errorDescription, possibleSolution }) =>
    [`code ${errorCode}`, errorDescription, possibleSolution].filter(Boolean).join(": "),
  );
  return `Meta lets it send nothing${said.length === 0 ? "" : ` (${said.join("; ")})`}: see WhatsApp Manager.`;
}

/** An approved name that somebody else asked for: where another one is declared, it is not registered. */
function nameOfOthers(state: State): string | undefined {
  const due = reregistrationDue(state)?.name;
  const isOurs = due === state.ledger.nameRequests.at(-1)?.name || due === state.echo.displayName;
  return isOurs || state.echo.displayName === undefined ? undefined : due;
}

function refusalText(now: Date, state: State, phase: Phase): string {
  if (phase !== "ready-to-register" && phase !== "deregistered" && phase !== "re-register-due") return "";
  const { ledger, observed, onPremisesDeclared } = state;
  const asked = onPremisesDeclared ? askedOfClient(state) : { step: "register", of: registrableAs(observed) };
  const until = heldUntil(now, ledger, asked);
  if (until === undefined) return "";
  const who = onPremisesDeclared ? "The on-premises client" : "Meta";
  return ` ${who} refused it last (code ${refusalOf(ledger, asked.step)?.code}): it is not tried again before ${until.toISOString()}.`;
}

/** As commands take it. */
function numberOf({ id, observed }: State): string {
  const { displayPhoneNumber } = observed;
  return displayPhoneNumber === undefined ? id : `+${displayPhoneNumber.replace(/\D/g, "")}`;
}

/** Meta counts 14 days from the end of embedded signup, which Graph does not show. */
function deadlineText({ echo, ledger }: State): string {
  const declared = registerBy({ signupFinishedAt: echo.embeddedSignupFinishedAt });
  if (declared !== undefined) return ` Meta takes the registration until ${declared.toISOString()}.`;
  // A number that we had verified ourselves did not come by embedded signup.
  if (ledger.codeRequestedAt !== undefined) return "";
  const latest = registerBy({ signupFinishedAt: ledger.firstSeenAt });
  return (
    ` If it came by embedded signup, Meta takes the registration within 14 days of it: before ${latest?.toISOString()}, 14 ` +
    "days after it was first seen here, and rather earlier. Declare embeddedSignupFinishedAt to know."
  );
}

/** False for statuses that say too little to act on. */
function isPlain({ status, platformType }: Observed): boolean {
  if (status === "DELETED" || status === "UNKNOWN") return false;
  return platformType === "CLOUD_API" || platformType === "NOT_APPLICABLE";
}

/**
 * EXPIRED tells the age of the code, not a loss: a number that was registered once needs no new one, unless Meta said
 * so when it was to be registered again.
 */
function isVerified({ observed, ledger }: State, wasRegistered: boolean): boolean {
  const { codeVerificationStatus } = observed;
  if (codeVerificationStatus === "VERIFIED") return true;
  return wasRegistered && codeVerificationStatus !== "NOT_VERIFIED" && !needsVerificationFirst(observed, ledger);
}

function phaseOfName(state: State): Phase {
  if (nameInReview(state) !== undefined) return "name-in-review";
  const outcome = lastOutcome(state);
  if (outcome === "DECLINED") return "name-declined";
  if (outcome === "EXPIRED") return "name-expired";
  return "registered";
}

/** A number without an approved name gets no certificate, and the attempt would be lost (100/2388001). */
function phaseOfFirstName(state: State): Phase | undefined {
  const { nameStatus } = state.observed;
  if (nameStatus === undefined || isApproved(nameStatus)) return undefined;
  if (nameStatus !== "DECLINED" && nameStatus !== "EXPIRED") return "name-not-provisioned";
  // The name that was asked for after it is nearer to a registration.
  if (nameInReview(state) !== undefined) return "name-in-review";
  return (lastOutcome(state) ?? nameStatus) === "DECLINED" ? "name-declined" : "name-expired";
}

function phaseBeforeRegistering(now: Date, state: State, intent: Intent): Phase | undefined {
  if (nextAttemptAt(now, state.ledger.attempts.register) !== undefined) return "attempts-exhausted";
  if (intent.onPremises) return phaseOfClient(state, intent.hasPin);
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
