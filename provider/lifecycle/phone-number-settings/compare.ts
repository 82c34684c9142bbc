/**
 * What an `up` would change: exactly what `plan` would do now, and what is only written into the state. No I/O. Every step
 * shows in the declared args, so that the engine names the property.
 */
import { declaredIn } from "../../schemas/phone-number-settings-inputs.ts";
import { readState } from "../../schemas/phone-number-settings-state.ts";
import type { Context } from "../context.ts";
import { BY_INPUTS, type Difference, NONE, someUnknown } from "../difference.ts";
import { isSettled } from "./echo.ts";
import { plan } from "./plan.ts";

export function comparePhoneNumberSettings(
  { holders }: Pick<Context, "holders">,
  id: string,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Difference {
  const state = readState(id, olds);
  // The number is the identity of its settings; one that is not known yet is most likely another.
  if (news.phoneNumberId !== state.echo.phoneNumberId) return { replaces: ["phoneNumberId"] };
  holders.compared(id);
  if (someUnknown(news)) return BY_INPUTS;
  const declared = declaredIn(news);
  return plan(state, declared) === undefined && isSettled(state, declared) ? NONE : BY_INPUTS;
}
