/** What Meta tells of a WhatsApp Business Account. */
import type { WabaRecord } from "../records/waba.ts";
import type { WebhookEvent } from "./event.ts";

/** Of a ban, of one announced, and of one lifted. I: what was never banned is not told to be reinstated. */
export function accountUpdates(before: WabaRecord, after: WabaRecord): WebhookEvent[] {
  const state = after.waba_ban_state;
  if (state === undefined || state === (before.waba_ban_state ?? "REINSTATE")) return [];
  const value = { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state } };
  return [{ waba_id: after.id, field: "account_update", value }];
}
