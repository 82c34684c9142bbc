/**
 * The badge of an Official Business Account:
 *
 *   NOT_STARTED → (application) PENDING → APPROVED
 *                                       ↘ REJECTED → (30 days) another application
 *
 * Meta decides: here by control, which sets `official_business_account` of a number.
 */
import { OBA_REAPPLY_WAIT } from "../limits.ts";
import type { NumberRecord, Outcome } from "../records/number.ts";
import { obaGranted, obaInReview, obaTooSoon } from "../refusals/official-business-account.ts";

const IN_REVIEW = ["PENDING", "UNDER_REVIEW"];

export function applyForBadge(number: NumberRecord, now: number): Outcome {
  const account = number.official_business_account;
  if (account !== undefined) {
    if (IN_REVIEW.includes(account.oba_status)) return { number, refusal: obaInReview() };
    if (account.oba_status === "APPROVED") return { number, refusal: obaGranted() };
    // I: counted from the decision.
    if (account.changed_at !== undefined && now - account.changed_at < OBA_REAPPLY_WAIT) {
      return { number, refusal: obaTooSoon() };
    }
  }
  return { number: withBadge(number, "PENDING", now) };
}

export function withBadge(number: NumberRecord, oba_status: string, now: number): NumberRecord {
  if (oba_status === "NOT_STARTED") return { ...number, official_business_account: undefined };
  return { ...number, official_business_account: { oba_status, changed_at: now } };
}

/** D: another name voids the badge and has it looked at again. I: it is in review then. */
export function reviewBadge(number: NumberRecord, before: NumberRecord, now: number): NumberRecord {
  const sameName = number.registered_name === (before.registered_name ?? number.registered_name);
  if (sameName || number.official_business_account?.oba_status !== "APPROVED") return number;
  return withBadge(number, "PENDING", now);
}
