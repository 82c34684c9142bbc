/** What every operation gets and gives. All of it is synchronous: two calls can never interleave on a number. */

import type { Params } from "../calls/params.ts";
import type { GraphCall } from "../calls/request.ts";
import type { JsonObject } from "../json.ts";
import type { View } from "../nodes/node.ts";
import type { Random } from "../random.ts";
import type { BusinessRecord } from "../records/business.ts";
import type { NumberRecord, Outcome } from "../records/number.ts";
import { hasLeftPool, type PreverifiedRecord } from "../records/preverified.ts";
import type { WabaRecord } from "../records/waba.ts";
import { asOf, type Moment } from "../rules/lapse.ts";
import type { State } from "../state/state.ts";
import type { TokenBook, TokenRecord } from "../tokens.ts";
import type { UploadBook } from "../uploads.ts";
import type { Challenge } from "../webhooks/challenge.ts";
import type { Emit } from "../webhooks/event.ts";

export interface Context extends View {
  readonly call: GraphCall;
  /** The one that the call is made with. */
  readonly token: TokenRecord;
  readonly tokens: TokenBook;
  readonly random: Random;
  readonly uploads: UploadBook;
  /** Hands a webhook to those who subscribed; it goes out after the answer. */
  readonly emit: Emit;
  /** The answer to a GET of another object with the parameters of this call. Throws what that call would. */
  readonly readNode: (id: string) => JsonObject;
}

type Operation<Subject> = (state: State, params: Params, context: Context & Subject) => JsonObject;

export type NumberOperation = Operation<{ readonly number: NumberRecord }>;
export type WabaOperation = Operation<{ readonly waba: WabaRecord }>;
export type BusinessOperation = Operation<{ readonly business: BusinessRecord }>;
export type PreverifiedOperation = Operation<{ readonly preverified: PreverifiedRecord }>;
export type RootOperation = Operation<unknown>;

/**
 * The callback URL that must prove itself before the operation runs. The wait for it is the only one there is: after
 * it the operation sees the state as it is then. Throws what the operation would, so that nobody is called in vain.
 */
type ChallengeOf<Subject> = (state: State, params: Params, context: Context & Subject) => Challenge | undefined;

export type NumberChallenge = ChallengeOf<{ readonly number: NumberRecord }>;
export type WabaChallenge = ChallengeOf<{ readonly waba: WabaRecord }>;

export const SUCCESS: JsonObject = { success: true };

/** Keeps what a rule decided, also when it refuses: refused calls may count. */
export function settle(state: State, outcome: Outcome): NumberRecord {
  state.putNumber(outcome.number);
  if (outcome.refusal !== undefined) throw outcome.refusal;
  return outcome.number;
}

/** A number as it stands now: what only time changes is worked out when it is looked at. */
export function numberNow(state: State, id: string, moment: Moment): NumberRecord | undefined {
  const number = state.number(id);
  return number === undefined ? undefined : asOf(number, moment);
}

/** One that was never proven in time is no longer there. */
export function preverifiedNow(state: State, id: string, now: number): PreverifiedRecord | undefined {
  const preverified = state.preverified(id);
  return preverified === undefined || hasLeftPool(preverified, now) ? undefined : preverified;
}

const NEW_ID_DIGITS = 15;

export function drawId(state: State, random: Random): string {
  for (;;) {
    const id = `1${random.digits(NEW_ID_DIGITS - 1)}`;
    if (!state.isTaken(id)) return id;
  }
}
