/** Where an event goes: number before account before app, and only to apps that subscribed to the account. Pure. */
import type { Json, JsonObject } from "../json.ts";
import type { NumberRecord } from "../records/number.ts";
import type { State } from "../state/state.ts";
import type { WebhookEvent } from "./event.ts";
import { isOverridden } from "./fields.ts";

/** The emulator's own app: of others no address is known. */
export interface WebhookApp {
  readonly id: string;
  readonly url?: string | undefined;
}

/**
 * I: an event that may not be overridden goes to the override all the same when the app has no address, so that a test
 * that only sets an override sees it. I: a number has one override; at Meta each app has its own.
 */
export function addressesOf(event: WebhookEvent, state: State, app: WebhookApp): readonly string[] {
  const subscriptions = state.waba(event.waba_id)?.subscribed_apps ?? [];
  const number = concerned(event, state)?.webhook_configuration?.phone_number;
  const urls = subscriptions.flatMap(({ id, override_callback_uri: account }) => {
    const own = id === app.id ? app.url : undefined;
    const url = isOverridden(event.field) ? (number ?? account ?? own) : (own ?? number ?? account);
    return url === undefined ? [] : [url];
  });
  return [...new Set(urls)];
}

/** Message events name the number's id; those of the number itself only its digits. */
function concerned({ waba_id, value }: WebhookEvent, state: State): NumberRecord | undefined {
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const { phone_number_id: id } = metadata;
  const display = value.display_phone_number ?? metadata.display_phone_number;
  const digits = typeof display === "string" ? display.replace(/\D/g, "") : "";
  const candidates = typeof id === "string" ? [state.number(id)] : state.holders(digits);
  return candidates.find((number) => number?.waba_id === waba_id);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
