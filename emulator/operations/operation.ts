/** What every operation gets and gives. All of it is synchronous: two calls can never interleave on a number. */
import type { JsonObject } from "../json.ts";
import type { NumberRecord, Outcome } from "../number.ts";
import type { Params } from "../params.ts";
import type { Random } from "../random.ts";
import type { GraphCall } from "../request.ts";
import { lapseName, type NameFlip } from "../rules/display-name.ts";
import type { State, WabaRecord } from "../state.ts";

/** Choices between behaviours that Meta's texts leave open. */
export interface Settings {
  readonly nameFlip: NameFlip;
  /** False: the certificate fields do not exist. */
  readonly certificates: boolean;
}

interface Context {
  readonly call: GraphCall;
  readonly now: number;
  readonly random: Random;
  readonly settings: Settings;
}

export type NumberOperation = (
  state: State,
  params: Params,
  context: Context & { readonly number: NumberRecord },
) => JsonObject;
export type WabaOperation = (
  state: State,
  params: Params,
  context: Context & { readonly waba: WabaRecord },
) => JsonObject;

export const SUCCESS: JsonObject = { success: true };

/** Keeps what a rule decided, also when it refuses: refused calls may count. */
export function settle(state: State, outcome: Outcome): NumberRecord {
  state.putNumber(outcome.number);
  if (outcome.refusal !== undefined) throw outcome.refusal;
  return outcome.number;
}

/** A number as it stands now: what only time changes is worked out when it is looked at. */
export function numberNow(state: State, id: string, now: number): NumberRecord | undefined {
  const number = state.number(id);
  return number === undefined ? undefined : lapseName(number, now);
}
