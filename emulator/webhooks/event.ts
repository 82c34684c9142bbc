/** What Meta tells by webhook: one change of one account. */
import type { JsonObject } from "../json.ts";

export interface WebhookEvent {
  readonly waba_id: string;
  /** `phone_number_name_update`, `account_update`, … */
  readonly field: string;
  readonly value: JsonObject;
}

export type Emit = (event: WebhookEvent) => void;
