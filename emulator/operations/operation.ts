/** What every operation gets and gives. All of it is synchronous: two calls can never interleave on a number. */
import type { JsonObject } from "../json.ts";
import type { View } from "../nodes/node.ts";
import type { NumberRecord, Outcome } from "../number.ts";
import type { Params } from "../params.ts";
import type { PreverifiedRecord } from "../preverified.ts";
import type { Random } from "../random.ts";
import type { GraphCall } from "../request.ts";
import { lapseName } from "../rules/display-name.ts";
import type { State } from "../state.ts";
import type { TokenRecord } from "../tokens.ts";
import type { BusinessRecord, WabaRecord } from "../waba.ts";
import type { Emit } from "../webhooks/event.ts";

export interface Context extends View {
  readonly call: GraphCall;
  /** The one that the call is made with. */
  readonly token: TokenRecord;
  readonly random: Random;
  /** Hands a webhook to those who subscribed; it goes out after the answer. */
  readonly emit: Emit;
}

type Operation<Subject> = (state: State, params: Params, context: Context & Subject) => JsonObject;

export type NumberOperation = Operation<{ readonly number: NumberRecord }>;
export type WabaOperation = Operation<{ readonly waba: WabaRecord }>;
export type BusinessOperation = Operation<{ readonly business: BusinessRecord }>;
export type PreverifiedOperation = Operation<{ readonly preverified: PreverifiedRecord }>;
export type RootOperation = Operation<unknown>;

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
