/**
 * The record of a pre-verified number: a partner's number in a business's pool, proven before it belongs to any account.
 * D: proven for 90 days, then unverified again but still there; never proven within 90 days, it leaves the pool.
 */
import { z } from "zod";
import { PREVERIFIED_LIFETIME } from "../limits.ts";
import { verificationRecord } from "./number.ts";

const time = z.number();

export const preverifiedRecord = z.object({
  id: z.string(),
  business_id: z.string(),
  country_dial_code: z.string(),
  national_number: z.string(),
  created_at: time,
  verified_at: time.optional(),
  verification: verificationRecord,
  /** The businesses that may claim it. */
  shared_with: z.array(z.string()),
});
export type PreverifiedRecord = Readonly<z.infer<typeof preverifiedRecord>>;

export const PREVERIFIED_STATUSES = ["VERIFIED", "NOT_VERIFIED", "EXPIRED"] as const;
export type PreverifiedStatus = (typeof PREVERIFIED_STATUSES)[number];

/** S for the three words; Meta's guide says "unverified" for both of the others. */
export function preverifiedStatus(record: PreverifiedRecord, now: number): PreverifiedStatus {
  const until = verifiedUntil(record);
  if (until === undefined) return "NOT_VERIFIED";
  return now < until ? "VERIFIED" : "EXPIRED";
}

export function verifiedUntil({ verified_at }: PreverifiedRecord): number | undefined {
  return verified_at === undefined ? undefined : verified_at + PREVERIFIED_LIFETIME;
}

export function hasLeftPool({ verified_at, created_at }: PreverifiedRecord, now: number): boolean {
  return verified_at === undefined && now - created_at >= PREVERIFIED_LIFETIME;
}

/** The owner, or one that it is shared with. */
export function mayUse(businessId: string, { business_id, shared_with }: PreverifiedRecord): boolean {
  return business_id === businessId || shared_with.includes(businessId);
}
