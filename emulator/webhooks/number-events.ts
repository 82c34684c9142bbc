/** What Meta tells of a number: the review of its name, its quality and its limits. The digits are bare here. */
import { digitsOf, type NumberRecord } from "../records/number.ts";
import type { NameNotice } from "../rules/review.ts";
import type { WebhookEvent } from "./event.ts";

export function nameUpdate(number: NumberRecord, notice: NameNotice): WebhookEvent {
  const value = { display_phone_number: digitsOf(number), ...notice };
  return { waba_id: number.waba_id, field: "phone_number_name_update", value };
}

/** From the lowest; D, TIER_1K until 2K took its place. */
const LIMITS = ["TIER_50", "TIER_250", "TIER_1K", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"];

/**
 * What somebody's change of a number makes Meta tell. D: THROUGHPUT_UPGRADE; K, of older texts: the other events. I:
 * ONBOARDING is never told, as Meta does not say when it is.
 */
export function qualityUpdates(before: NumberRecord, after: NumberRecord): WebhookEvent[] {
  const limit = after.whatsapp_business_manager_messaging_limit;
  const steps = LIMITS.indexOf(limit) - LIMITS.indexOf(before.whatsapp_business_manager_messaging_limit);
  const listed = [before, after].every((number) => LIMITS.includes(number.whatsapp_business_manager_messaging_limit));
  const events: string[] = [];
  if (before.quality_rating !== "RED" && after.quality_rating === "RED") events.push("FLAGGED");
  if (before.quality_rating === "RED" && after.quality_rating !== "RED") events.push("UNFLAGGED");
  if (listed && steps > 0) events.push("UPGRADE");
  if (listed && steps < 0) events.push("DOWNGRADE");
  if (before.throughput.level !== "HIGH" && after.throughput.level === "HIGH") events.push("THROUGHPUT_UPGRADE");
  return events.map((event) => ({
    waba_id: after.waba_id,
    field: "phone_number_quality_update",
    // D: old_limit and current_limit went in February 2026.
    value: { display_phone_number: digitsOf(after), event, max_daily_conversations_per_business: limit },
  }));
}
