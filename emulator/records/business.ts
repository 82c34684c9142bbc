/** The record of a business portfolio, which owns WhatsApp Business Accounts. */
import { z } from "zod";

export const businessRecord = z.object({
  id: z.string(),
  name: z.string(),
  /** How many numbers may be registered in all accounts together; no limit when it is left out. */
  max_phone_numbers: z.int().min(0).optional(),
  /** In lower case as Graph has it: verified, not_verified, pending, …; verified when left out. */
  verification_status: z.string().optional(),
});
export type BusinessRecord = Readonly<z.infer<typeof businessRecord>>;
