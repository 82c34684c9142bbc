/** The record of a pre-verified number: a partner's number, proven before it belongs to any account. */
import { z } from "zod";
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
