/**
 * What an `up` would change on a part of a number, as its profile: exactly what its plan would do now, and what is only
 * written into the state. No I/O. Every step shows in the declared args, so that the engine names the property.
 */
import type { Context } from "./context.ts";
import { BY_INPUTS, type Difference, NONE, someUnknown } from "./difference.ts";
import type { HostArgs } from "./host-number.ts";
import type { NumberPart, PartState } from "./number-part.ts";

type Properties = Record<string, unknown>;
type Compared<Declared extends HostArgs, State extends PartState, Step extends { do: string }> = Pick<
  NumberPart<Declared, State, Step, never>,
  "declaredIn" | "readState" | "isSettled" | "plan"
>;

export function comparisonOf<Declared extends HostArgs, State extends PartState, Step extends { do: string }>({
  declaredIn,
  readState,
  isSettled,
  plan,
}: Compared<Declared, State, Step>) {
  return ({ holders }: Pick<Context, "holders">, id: string, olds: Properties, news: Properties): Difference => {
    const state = readState(id, olds);
    // The number is the part's identity; one that is not known yet is most likely another.
    if (news.phoneNumberId !== state.echo.phoneNumberId) return { replaces: ["phoneNumberId"] };
    holders.compared(id);
    if (someUnknown(news)) return BY_INPUTS;
    const declared = declaredIn(news);
    return plan(state, declared) === undefined && isSettled(state, declared) ? NONE : BY_INPUTS;
  };
}
