/** Which webhook fields go to the address of a number or an account; all others always go to the app's. */

/** D: Meta's guide to webhook overrides, June 2026. */
const OVERRIDDEN = new Set([
  "account_settings_update",
  "calls",
  "consumer_profile",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "history",
  "message_echoes",
  "messages",
  "messaging_handovers",
  "smb_app_state_sync",
  "smb_message_echoes",
]);

export function isOverridden(field: string): boolean {
  return OVERRIDDEN.has(field);
}
