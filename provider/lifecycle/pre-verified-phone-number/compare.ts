/**
 * What an `up` would change: exactly what `plan` would do now, and what is only written into the state. No I/O.
 */
import { isDeepStrictEqual } from "node:util";
import { declaredIn } from "../../schemas/pre-verified-phone-number-inputs.ts";
import { readState } from "../../schemas/pre-verified-phone-number-state.ts";
import type { Context } from "../context.ts";
import { BY_INPUTS, type Difference, NONE, someUnknown } from "../difference.ts";
import { isNoted, isSettled } from "./echo.ts";
import { plan } from "./plan.ts";

/** Another number, or the pool of another business, is another resource. */
const IDENTITY = ["businessId", "phoneNumber"] as const;

export function comparePreVerifiedPhoneNumber(
  { now: clock, say, holders }: Pick<Context, "now" | "say" | "holders">,
  id: string,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Difference {
  const now = clock();
  const state = readState(id, olds);
  const replaces = IDENTITY.filter((name) => news[name] !== state.echo[name]);
  if (replaces.length > 0) return { replaces };
  holders.compared(id);
  if (someUnknown(news)) return BY_INPUTS;
  const declared = declaredIn(news);
  const isDue = plan(now, state, declared) !== undefined;
  const { verification, sharedWith } = declared;
  const isAchieved = isDeepStrictEqual([olds.verification, olds.sharedWith], [verification, sharedWith]);
  if (isDue && isAchieved && isSettled(now, state, declared)) {
    // Time alone made it due, and no refresh took the arg out of the inputs: no input differs.
    say(`Pre-verified number ${state.echo.phoneNumber} (${id}): pulumi up has a code sent for its renewal.`);
    return { changes: true };
  }
  if (isDue || !isSettled(now, state, declared)) return BY_INPUTS;
  if (isNoted(now, state, declared)) return NONE;
  say(
    `Pre-verified number ${state.echo.phoneNumber} (${id}): pulumi up notes that it was verified, and calls nothing.`,
  );
  return { changes: true };
}
