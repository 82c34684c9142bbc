/** The records of WhatsApp Business Accounts and of the business portfolios that own them. */
import { z } from "zod";

export const wabaRecord = z.object({
  id: z.string(),
  name: z.string(),
  business_id: z.string(),
  /** The apps that get this account's webhooks; one of them may have its own address for them. */
  subscribed_apps: z
    .array(
      z.object({ id: z.string(), override_callback_uri: z.string().optional(), verify_token: z.string().optional() }),
    )
    .default([]),
});
export type WabaRecord = Readonly<z.infer<typeof wabaRecord>>;

export const businessRecord = z.object({
  id: z.string(),
  name: z.string(),
  /** How many numbers may be registered in all accounts together; no limit when it is left out. */
  max_phone_numbers: z.int().min(0).optional(),
});
export type BusinessRecord = Readonly<z.infer<typeof businessRecord>>;
