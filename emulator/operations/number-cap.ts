/** How many numbers a business portfolio may have registered, in all its accounts together. */
import { isRegistered } from "../records/number.ts";
import type { State } from "../state/state.ts";

/**
 * D: registered numbers count, over the whole portfolio. I: those that coexist with the app count too. `replaced` is the
 * id of one that stops counting with the register call.
 */
export function isAtNumberCap(state: State, wabaId: string, replaced?: string): boolean {
  const businessId = state.waba(wabaId)?.business_id;
  const cap = businessId === undefined ? undefined : state.business(businessId)?.max_phone_numbers;
  if (cap === undefined) return false;
  let registered = 0;
  for (const number of state.numbers()) {
    if (number.id !== replaced && isRegistered(number) && state.waba(number.waba_id)?.business_id === businessId)
      registered += 1;
  }
  return registered >= cap;
}
