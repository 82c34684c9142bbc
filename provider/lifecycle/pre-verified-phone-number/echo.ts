/** The args as achieved: what the outputs hold under an arg's name, and what a refresh hands back as inputs. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { PreVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import type { Echo, State } from "../../schemas/pre-verified-phone-number-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { isVerified, phaseOf, takesCode } from "./phase.ts";

/**
 * The state as the program now declares it. A partner counts as the program's once Meta shows it, whoever shared; those
 * that are declared no more are kept until they are unshared.
 */
export function withDeclared(now: Date, state: State, declared: PreVerifiedPhoneNumberInputs): State {
  const { verification, sharedWith, ...args } = declared;
  const { code: _code, ...how } = verification ?? {};
  const { attempt = 1 } = verification ?? {};
  const isMetVerified = verification !== undefined && isAtRest(now, state) && state.ledger.codeAttempt === undefined;
  return {
    ...state,
    // A number that was verified without us needs no code: the declared attempt is not kept for its renewal.
    ledger: isMetVerified ? { ...state.ledger, codeAttempt: attempt } : state.ledger,
    echo: withoutUndefined({
      ...args,
      verification:
        verification && withoutUndefined({ method: verification.method, language: verification.language, ...how }),
      sharedWith: sharedAfter(state, sharedWith),
    }),
  };
}

function isAtRest(now: Date, state: State): boolean {
  return isVerified(now, state) && !takesCode(phaseOf(now, state));
}

function sharedAfter({ observed, ledger, echo }: State, declared: readonly string[] | undefined): string[] | undefined {
  // Nobody can share or unshare what is claimed.
  if (ledger.claimedAt !== undefined) return declared === undefined ? undefined : [...declared];
  const shown = observed.partners ?? [];
  const over = (echo.sharedWith ?? []).filter((id) => shown.includes(id) && declared?.includes(id) !== true);
  if (declared === undefined && over.length === 0) return undefined;
  return [...(declared ?? []).filter((id) => shown.includes(id)), ...over];
}

/** Graph can contradict the sharing and, once a code is due, the verification; everything else holds as declared. */
export function echoOf(now: Date, state: State): Echo {
  const { observed, ledger, echo } = state;
  if (ledger.claimedAt !== undefined) return echo;
  const { attempt = 1 } = echo.verification ?? {};
  const isAsked = (ledger.codeAttempt ?? 0) >= attempt;
  const shown = observed.partners ?? [];
  return withoutUndefined({
    ...echo,
    verification: isAsked || isAtRest(now, state) ? echo.verification : undefined,
    sharedWith: echo.sharedWith?.filter((id) => shown.includes(id)),
  });
}

/** False when the ledger should say something else, which no arg shows: that a number was verified without us. */
export function isNoted(now: Date, state: State, declared: PreVerifiedPhoneNumberInputs): boolean {
  return isDeepStrictEqual(state.ledger, withDeclared(now, state, declared).ledger);
}

/** False when the state should say something else of the args than it does, though nothing is to be done at Meta. */
export function isSettled(now: Date, state: State, declared: PreVerifiedPhoneNumberInputs): boolean {
  return isDeepStrictEqual(echoOf(now, state), echoOf(now, withDeclared(now, state, declared)));
}
