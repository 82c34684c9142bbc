/**
 * What to do next about a subscription that is there: one step, or nothing. Pure, and asked by `diff` and by `create` and
 * `update` alike, so that a preview shows a change exactly where an `up` would make a call.
 */
import type { WebhookSubscriptionInputs } from "../../schemas/webhook-subscription-inputs.ts";
import type { State } from "../../schemas/webhook-subscription-state.ts";
import { isRefused } from "./echo.ts";

/** An address that does not answer is asked again after a while, and at once where another one or another token is declared. */
const HOLD_MS = 10 * 60 * 1000;

export interface Override {
  readonly callbackUrl: string;
  readonly verifyToken: string;
}

export type Step =
  | { readonly do: "setOverride"; readonly override: Override }
  | { readonly do: "removeOverride"; readonly callbackUrl: string };

export function plan(now: Date, state: State, declared: WebhookSubscriptionInputs): Step | undefined {
  const override = wanted(state, declared);
  if (override !== undefined) {
    return heldUntil(now, state, override) === undefined ? { do: "setOverride", override } : undefined;
  }
  const { ownCallbackUrl: own } = state.ledger;
  const isOurs = own !== undefined && own === state.observed.overrideCallbackUri;
  return isOurs && declared.callbackUrl === undefined ? { do: "removeOverride", callbackUrl: own } : undefined;
}

/** The declared address where Meta shows another one, or where ours is to be verified with another token. */
function wanted({ observed, ledger, echo }: State, declared: WebhookSubscriptionInputs): Override | undefined {
  const { callbackUrl, verifyToken } = declared;
  if (callbackUrl === undefined || verifyToken === undefined) return undefined;
  if (observed.overrideCallbackUri !== callbackUrl) return { callbackUrl, verifyToken };
  // What was there before us was verified by somebody: only a token that we used can become another one.
  const isOurs = ledger.ownCallbackUrl === callbackUrl && echo.verifyToken !== undefined;
  return isOurs && echo.verifyToken !== verifyToken ? { callbackUrl, verifyToken } : undefined;
}

/** When an address that did not answer is asked again; undefined: at once. */
function heldUntil(now: Date, { ledger: { refused } }: State, override: Override): Date | undefined {
  if (refused === undefined || !isRefused(refused, override)) return undefined;
  const until = new Date(Date.parse(refused.at) + HOLD_MS);
  return now < until ? until : undefined;
}
