/** The webhook of a number at Meta, which takes an address only where the app gets the account's webhooks. */
import { InvalidParameterError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";

type Webhook = NonNullable<PhoneNumberInputs["webhook"]>;

/** Subscribes the token's app where none is, or where ours may be missing among others. */
export async function subscribeAndSet(
  { say }: Pick<Context, "say">,
  api: PhoneNumbers,
  { id, echo: { wabaId } }: State,
  webhook: Webhook,
): Promise<void> {
  const apps = wabaId === undefined ? undefined : await api.apps.list(wabaId);
  if (wabaId !== undefined && apps?.count === 0) {
    await api.apps.subscribe(wabaId);
    say(`${api.label(id)}: subscribed the token's app to the webhooks of account ${wabaId}.`);
  }
  try {
    await api.setWebhook(id, webhook);
  } catch (error) {
    // To subscribe clears an address of its own that the app may have for the account.
    const mayBeMissing = error instanceof InvalidParameterError && apps !== undefined && apps.count > 0;
    if (!mayBeMissing || apps.hasOverride || wabaId === undefined) throw error;
    await api.apps.subscribe(wabaId);
    await api.setWebhook(id, webhook);
  }
}
