/**
 * The review of display names: by whom and when it is decided, and what Meta then tells by webhook. A latency is kept
 * on the record as the moment of the decision; time alone then decides, at the next look.
 */
import { SECOND } from "../limits.ts";
import type { NumberRecord, Outcome } from "../records/number.ts";
import type { Settings } from "../settings.ts";
import {
  approveName,
  type NameDecision,
  type NameFlip,
  nameInReview,
  requestName,
  reviewName,
} from "./display-name.ts";
import { refusalOfName } from "./name-format.ts";

export type RejectionReason = NonNullable<NonNullable<NumberRecord["name_review"]>["rejection_reason"]>;

/** `instant`: APPROVED at once. `none`: AVAILABLE_WITHOUT_REVIEW at once. `manual`: a test decides. */
export type ReviewMode =
  | "manual"
  | "instant"
  | "none"
  | {
      readonly afterSeconds: number;
      readonly decision: NameDecision;
      readonly rejectionReason?: RejectionReason | undefined;
    };

export interface NameNotice {
  readonly decision: NameDecision;
  readonly requested_verified_name: string;
  readonly rejection_reason: RejectionReason | null;
}

export interface Reviewed {
  readonly number: NumberRecord;
  /** Undefined when there is nothing to tell. */
  readonly notice?: NameNotice;
}

/** What a request for a new name comes to, the review included. */
export function askForName(
  number: NumberRecord,
  name: string,
  { nameRules, review, nameFlip }: Pick<Settings, "nameRules" | "review" | "nameFlip">,
  now: number,
): Outcome & Reviewed {
  const malformed = nameRules === "help_center" ? refusalOfName(name) : undefined;
  if (malformed !== undefined) return { number, refusal: malformed };
  const asked = requestName(number, name, now);
  const isNew = asked.refusal === undefined && asked.number !== number;
  return isNew ? openReview(asked.number, review, nameFlip, now) : asked;
}

/** For a name that came into review just now. */
export function openReview(number: NumberRecord, mode: ReviewMode, flip: NameFlip, now: number): Reviewed {
  if (mode === "manual" || nameInReview(number) === undefined) return { number };
  // I: without a review there is no decision to tell.
  if (mode === "none") return { number: approveName(number, "AVAILABLE_WITHOUT_REVIEW", flip, now) };
  if (mode === "instant") return decideReview(number, "APPROVED", undefined, flip, now) ?? { number };
  const { afterSeconds, decision, rejectionReason: rejection_reason } = mode;
  const name_review = { decide_at: now + afterSeconds * SECOND, decision, rejection_reason };
  return { number: { ...number, name_review } };
}

/** Undefined when nothing is in review. */
export function decideReview(
  number: NumberRecord,
  decision: NameDecision,
  reason: RejectionReason | undefined,
  flip: NameFlip,
  now: number,
): Reviewed | undefined {
  const name = nameInReview(number);
  const decided = reviewName(number, decision, flip, now);
  if (name === undefined || decided === undefined) return undefined;
  // I: UNKNOWN for a rejection without a reason; null otherwise, as in Meta's sample.
  const rejection_reason = decision === "REJECTED" ? (reason ?? "UNKNOWN") : null;
  return { number: decided, notice: { decision, requested_verified_name: name, rejection_reason } };
}

/** The decision that has fallen due, as if it was taken at its moment. */
export function dueReview(number: NumberRecord, flip: NameFlip, now: number): Reviewed | undefined {
  const due = number.name_review;
  if (due === undefined || now < due.decide_at) return undefined;
  const { name_review: _, ...undecided } = number;
  return decideReview(undecided, due.decision, due.rejection_reason, flip, due.decide_at) ?? { number: undecided };
}
