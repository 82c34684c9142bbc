/**
 * What an `up` would change: exactly what `plan` would do now, and what is only written into the state. No I/O. Every
 * step shows in the declared args, so that the engine names the property.
 */
import { declaredIn } from "../../schemas/webhook-subscription-inputs.ts";
import { readState } from "../../schemas/webhook-subscription-state.ts";
import type { Context } from "../context.ts";
import { BY_INPUTS, type Difference, NONE, someUnknown } from "../difference.ts";
import { isNoted, isSettled } from "./echo.ts";
import { plan } from "./plan.ts";

export function compareWebhookSubscription(
  { now, say, holders }: Pick<Context, "now" | "say" | "holders">,
  id: string,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Difference {
  const state = readState(id, olds);
  // The account is the subscription's identity; one that is not known yet is most likely another.
  if (news.wabaId !== state.echo.wabaId) return { replaces: ["wabaId"] };
  holders.compared(id);
  if (someUnknown(news)) return BY_INPUTS;
  const declared = declaredIn(news);
  if (plan(now(), state, declared) !== undefined || !isSettled(state, declared)) return BY_INPUTS;
  if (isNoted(state, declared)) return NONE;
  say(`Webhook subscription ${id}: pulumi up takes note of which address is its own now, and calls nothing.`);
  return { changes: true };
}
