/** The record of a WhatsApp Business Account. */
import { z } from "zod";

export const wabaRecord = z.object({
  id: z.string(),
  name: z.string(),
  business_id: z.string(),
  /** The apps that get this account's webhooks; one of them may have its own address for them. */
  subscribed_apps: z.array(z.object({ id: z.string(), override_callback_uri: z.string().optional() })),
  /** Of Meta's review: APPROVED, PENDING, REJECTED; APPROVED when left out. */
  account_review_status: z.string().optional(),
  /** Of the webhook account_update: DISABLE, SCHEDULE_FOR_DISABLE or REINSTATE; not banned when left out. */
  waba_ban_state: z.string().optional(),
  /** In letters of ISO 4217; USD when left out. */
  currency: z.string().optional(),
  /** Meta's number of a time zone; 1 when left out. */
  timezone_id: z.string().optional(),
  /** Of two letters; US when left out. */
  country: z.string().optional(),
  /** Milliseconds since 1970. */
  created_at: z.number().optional(),
  /** Whether a credit line or card is attached; true when left out. */
  has_payment_method: z.boolean().optional(),
});
export type WabaRecord = Readonly<z.infer<typeof wabaRecord>>;

export function isApproved(waba: WabaRecord): boolean {
  return (waba.account_review_status ?? "APPROVED") === "APPROVED" && !isBanned(waba);
}

export function isBanned(waba: WabaRecord): boolean {
  return waba.waba_ban_state === "DISABLE";
}
