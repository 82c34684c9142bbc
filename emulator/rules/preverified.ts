/**
 * A pre-verified number: NOT_VERIFIED → (code) VERIFIED for 90 days → EXPIRED; from the 45th day on it may be proven
 * again. Claimed, it becomes a VERIFIED phone number of an account, which has 90 days to register.
 */
import { graphTime } from "../clock.ts";
import { CLAIM_REGISTER_DEADLINE, PREVERIFIED_RENEWAL } from "../limits.ts";
import type { NumberRecord } from "../records/number.ts";
import { type PreverifiedRecord, preverifiedStatus, verifiedUntil } from "../records/preverified.ts";
import { tooEarlyToRenew } from "../refusals/preverified.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import { sendCode, tryCode } from "./verification.ts";

export interface PreverifiedOutcome {
  readonly preverified: PreverifiedRecord;
  readonly refusal?: GraphRefusal | undefined;
}

export function requestPreverifiedCode(
  preverified: PreverifiedRecord,
  drawCode: () => string,
  now: number,
): PreverifiedOutcome {
  const renewable = (verifiedUntil(preverified) ?? 0) - PREVERIFIED_RENEWAL;
  if (now < renewable) return { preverified, refusal: tooEarlyToRenew(graphTime(renewable)) };
  const { verification, refusal } = sendCode(preverified.verification, drawCode, now);
  return { preverified: { ...preverified, verification }, refusal };
}

/** D: the 90 days run again from the new proof. */
export function verifyPreverifiedCode(preverified: PreverifiedRecord, code: string, now: number): PreverifiedOutcome {
  const { verification, refusal } = tryCode(preverified.verification, code, now);
  if (refusal !== undefined) return { preverified: { ...preverified, verification }, refusal };
  return { preverified: { ...preverified, verification, verified_at: now } };
}

export function isProven(preverified: PreverifiedRecord, now: number): boolean {
  return preverifiedStatus(preverified, now) === "VERIFIED";
}

/** D: a claimed number that was not registered in time is unverified again and needs a new code. */
export function lapseClaim(number: NumberRecord, now: number): NumberRecord {
  if (number.claimed_at === undefined || now - number.claimed_at < CLAIM_REGISTER_DEADLINE) return number;
  if (number.last_onboarded_time !== undefined || number.code_verification_status !== "VERIFIED") return number;
  return { ...number, code_verification_status: "NOT_VERIFIED", claimed_at: undefined };
}
