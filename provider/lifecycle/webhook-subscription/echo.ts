/** The args as achieved: what the outputs hold under an arg's name, and what a refresh hands back as inputs. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { WebhookSubscriptionInputs } from "../../schemas/webhook-subscription-inputs.ts";
import type { Echo, Ledger, State } from "../../schemas/webhook-subscription-state.ts";
import { withoutUndefined } from "../without-undefined.ts";

/**
 * The state as the program now declares it. An address counts once Meta shows it, whoever set it: Meta uses the token only
 * while it verifies the address. Ours is kept until it is removed.
 */
export function withDeclared(state: State, declared: WebhookSubscriptionInputs): State {
  const { wabaId, onDelete, credential } = declared;
  const { refused, ...ledger } = state.ledger;
  const { verifyToken, ownCallbackUrl } = ownAfter(state, declared);
  return {
    ...state,
    echo: withoutUndefined({ wabaId, verifyToken, onDelete, credential }),
    ledger: withoutUndefined({
      ...ledger,
      ownCallbackUrl,
      refused: isRefused(refused, declared) ? refused : undefined,
    }),
  };
}

function ownAfter({ observed, ledger, echo }: State, { callbackUrl, verifyToken }: WebhookSubscriptionInputs) {
  const { ownCallbackUrl } = ledger;
  const shown = observed.overrideCallbackUri;
  if (callbackUrl === undefined && ownCallbackUrl !== shown) return {};
  const isNewlyOurs = callbackUrl !== undefined && shown === callbackUrl && ownCallbackUrl !== callbackUrl;
  return isNewlyOurs ? { ownCallbackUrl: callbackUrl, verifyToken } : { ownCallbackUrl, verifyToken: echo.verifyToken };
}

/** True for the same address with the same token: worth remembering while it is declared. */
export function isRefused(refused: Ledger["refused"], declared: Partial<Pick<Echo, "callbackUrl" | "verifyToken">>) {
  return refused?.callbackUrl === declared.callbackUrl && refused?.verifyToken === declared.verifyToken;
}

/** Somebody else's address in place of the program's shows as such, so that a preview names the property. */
export function echoOf({ echo, observed, ledger }: State): Echo {
  const { callbackUrl: _before, verifyToken, ...args } = echo;
  if (ledger.ownCallbackUrl === undefined) return args;
  return withoutUndefined({ ...args, callbackUrl: observed.overrideCallbackUri, verifyToken });
}

/**
 * False when the ledger should say something else, which no arg shows: an address of ours whose answer was lost, a refusal
 * of what is not declared any more.
 */
export function isNoted(state: State, declared: WebhookSubscriptionInputs): boolean {
  return isDeepStrictEqual(state.ledger, withDeclared(state, declared).ledger);
}

/**
 * False when the state should say something else of the args than it does, though nothing is to be done at Meta: a
 * credential that changed, an address that is not declared any more and was somebody else's.
 */
export function isSettled(state: State, declared: WebhookSubscriptionInputs): boolean {
  return isDeepStrictEqual(echoOf(state), echoOf(withDeclared(state, declared)));
}
