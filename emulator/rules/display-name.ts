/**
 * The display name has two slots: the current one (verified_name, name_status, certificate) and the requested one
 * (new_display_name, new_name_status, new_certificate):
 *
 *   none → PENDING_REVIEW → APPROVED → (register) none, the name moved over
 *                         ↘ DECLINED   ↘ (14 days without register) EXPIRED
 */
import { APPROVED_NAME_STATUSES } from "../../provider/schemas/words.ts";
import { NAME_CHANGES_MAX, NAME_CHANGES_WINDOW, NAME_REGISTER_DEADLINE } from "../limits.ts";
import { certificateOf } from "../records/certificate.ts";
import { type NAME_DECISIONS, type NumberRecord, type Outcome, within } from "../records/number.ts";
import { nameChangeInFlight, tooManyNameChanges } from "../refusals/display-name.ts";

/**
 * When `verified_name` takes the approved name. Meta's texts say both: the current guide at approval, older pages at
 * the register call.
 */
export type NameFlip = "approval" | "register";
export type NameDecision = (typeof NAME_DECISIONS)[number];

/** T: one change in flight; the same text again is no change, another text is refused. */
export function requestName(number: NumberRecord, name: string, now: number): Outcome {
  if (number.new_name_status === "PENDING_REVIEW") {
    return number.new_display_name === name ? { number } : { number, refusal: nameChangeInFlight() };
  }
  if (number.new_display_name === name && hasApprovedName(number)) return { number };
  // I: asking for the name that the number has is no change and is not counted.
  if (number.verified_name === name && number.new_display_name === undefined) return { number };
  const requests = within(number.name_requests, NAME_CHANGES_WINDOW, now);
  if (requests.length >= NAME_CHANGES_MAX) return { number, refusal: tooManyNameChanges() };
  return {
    number: {
      ...number,
      new_display_name: name,
      new_name_status: "PENDING_REVIEW",
      new_certificate: undefined,
      name_approved_at: undefined,
      name_requests: [...requests, now],
    },
  };
}

/** The text that Meta looks at, of whichever slot; undefined when nothing is in review. */
export function nameInReview(number: NumberRecord): string | undefined {
  if (number.new_name_status === "PENDING_REVIEW") return number.new_display_name ?? number.verified_name;
  return number.name_status === "PENDING_REVIEW" ? number.verified_name : undefined;
}

/** Undefined when nothing is in review. The first name is decided here too, when it was set to PENDING_REVIEW. */
export function reviewName(
  number: NumberRecord,
  decision: NameDecision,
  flip: NameFlip,
  now: number,
): NumberRecord | undefined {
  if (nameInReview(number) === undefined) return undefined;
  if (decision === "DEFERRED") return number;
  if (decision === "APPROVED") return approveName(number, "APPROVED", flip, now);
  const slot = number.new_name_status === "PENDING_REVIEW" ? "new_name_status" : "name_status";
  return { ...number, [slot]: "DECLINED", name_review: undefined };
}

/** A name that is in review may be used from now on. */
export function approveName(
  number: NumberRecord,
  status: "APPROVED" | "AVAILABLE_WITHOUT_REVIEW",
  flip: NameFlip,
  now: number,
): NumberRecord {
  const serial = (number.certificates_made ?? 0) + 1;
  const decided = { ...number, name_review: undefined, certificates_made: serial };
  if (number.new_name_status !== "PENDING_REVIEW") {
    return { ...decided, name_status: status, certificate: certificateOf(number.id, number.verified_name, serial) };
  }
  const name = number.new_display_name ?? number.verified_name;
  return {
    ...decided,
    ...(flip === "approval" ? { verified_name: name, name_status: status } : {}),
    new_name_status: status,
    new_certificate: certificateOf(number.id, name, serial),
    name_approved_at: now,
  };
}

/** What time alone changes. I: EXPIRED is taken from Meta's list of values; the flipped verified_name stays. */
export function lapseName(number: NumberRecord, now: number): NumberRecord {
  if (number.name_approved_at === undefined || !hasApprovedName(number)) return number;
  if (now - number.name_approved_at < NAME_REGISTER_DEADLINE) return number;
  return { ...number, new_name_status: "EXPIRED", new_certificate: undefined, name_approved_at: undefined };
}

/** At registration an approved new name becomes the current one; without one nothing changes. */
export function takeOverName(number: NumberRecord): NumberRecord {
  if (!hasApprovedName(number)) return { ...number, registered_name: number.verified_name };
  const name = number.new_display_name ?? number.verified_name;
  return {
    ...number,
    verified_name: name,
    registered_name: name,
    name_status: number.new_name_status ?? number.name_status,
    certificate: number.new_certificate ?? number.certificate,
    new_display_name: undefined,
    new_name_status: undefined,
    new_certificate: undefined,
    name_approved_at: undefined,
  };
}

/** Whether a certificate can be made: the current or the requested name may be used. */
export function hasUsableName(number: NumberRecord): boolean {
  return APPROVED_NAME_STATUSES.includes(number.name_status) || hasApprovedName(number);
}

function hasApprovedName(number: NumberRecord): boolean {
  return number.new_name_status !== undefined && APPROVED_NAME_STATUSES.includes(number.new_name_status);
}
