/**
 * Where a pre-verified number stands, in one word, and what comes next. `phaseOf` is total: every mixture of values has a
 * phase, and one with a value that Meta added since is `unknown`. Pure.
 */
import type { State } from "../../schemas/pre-verified-phone-number-state.ts";
import { CODE_VERIFICATION_STATUSES } from "../../schemas/words.ts";
import { phaseOfCode } from "../codes.ts";
import { PRE_VERIFIED_PHASES, type PreVerifiedPhase } from "./phases.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Meta's guide of pre-verified numbers: a verification lives 90 days, and can be made again in the last 45. */
export const LIFETIME_MS = 90 * DAY_MS;
const RENEWAL_MS = 45 * DAY_MS;

type Known = Pick<State, "observed" | "ledger">;

export function phaseOf(now: Date, state: Known): PreVerifiedPhase {
  const { observed, ledger } = state;
  const status = observed.codeVerificationStatus;
  if (ledger.claimedAt !== undefined) return "claimed";
  if (status === undefined || !(CODE_VERIFICATION_STATUSES as readonly string[]).includes(status)) return "unknown";
  if (isVerified(now, state) && !isRenewable(now, state)) return "verified";
  const code = isAnswered(state) ? "needs-verification" : phaseOfCode(ledger);
  if (code !== "needs-verification") return code;
  if (isVerified(now, state)) return "renewal-due";
  return status === "NOT_VERIFIED" ? "needs-verification" : "expired";
}

/** Phases in which Meta takes a code. */
export function takesCode(phase: PreVerifiedPhase): boolean {
  return phase !== "unknown" && phase !== "claimed" && phase !== "verified";
}

/** The word of the last read, as long as its time is not over. */
export function isVerified(now: Date, { observed }: Pick<State, "observed">): boolean {
  const { codeVerificationStatus, verificationExpiresAt: until } = observed;
  return codeVerificationStatus === "VERIFIED" && (until === undefined || now < new Date(until));
}

function isRenewable(now: Date, { observed: { verificationExpiresAt: until } }: Pick<State, "observed">): boolean {
  return until !== undefined && Date.parse(until) - now.getTime() <= RENEWAL_MS;
}

/** Verified since we had a code sent: that one is not waited for any more. */
export function isAnswered({ observed, ledger }: Known): boolean {
  const { codeVerificationTime: proven } = observed;
  const { codeRequestedAt: asked } = ledger;
  return proven !== undefined && asked !== undefined && Date.parse(proven) >= Date.parse(asked);
}

/** What `nextAction` says: the phase's advice with the facts of this number. */
export function nextActionOf(now: Date, state: State): string {
  const { observed, ledger, echo } = state;
  const { codeAttempt = 0, claimedBy, phoneNumberId } = ledger;
  const phase = phaseOf(now, state);
  const next = PRE_VERIFIED_PHASES[phase].next
    .replaceAll("{attempt}", `${codeAttempt}`)
    .replaceAll("{number}", echo.phoneNumber);
  const until = observed.verificationExpiresAt;
  switch (phase) {
    case "claimed":
      if (phoneNumberId !== undefined) return `${next} Account ${claimedBy} has it as number ${phoneNumberId}.`;
      return (
        "Nothing to do where a partner claimed it. Where somebody deleted it, pulumi up --replace with this resource's " +
        "URN adds it again."
      );
    case "needs-verification":
      if (codeAttempt === 0) return next;
      return (
        `Meta sent no code. When its reason is gone, raise verification.attempt above ${codeAttempt} and run pulumi up, ` +
        `or: npx waba code request ${echo.phoneNumber}.`
      );
    case "renewal-due":
    case "expired": {
      const how =
        echo.verification === undefined
          ? 'Declare verification: { method: "SMS", language: "en" } and run pulumi up: another code is sent. Or: npx waba code request ' +
            `${echo.phoneNumber}.`
          : next;
      return phase === "expired" ? how : `Renew it before ${until}. ${how}`;
    }
    case "verified":
      return until === undefined
        ? next
        : `${next} It is verified until ${until}, and can be renewed ${renewal(until)}.`;
    default:
      return next;
  }
}

function renewal(until: string): string {
  return `from ${new Date(Date.parse(until) - RENEWAL_MS).toISOString()} on`;
}
