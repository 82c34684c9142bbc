/** The steps towards a registration with an on-premises client: part of the plan. Pure. */
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import type { Echo, State } from "../../schemas/phone-number-state.ts";
import { nextAttemptAt } from "../attempts.ts";
import { certificateFor, pinFor } from "../on-premises.ts";
import { isRegistered } from "../phase.ts";
import type { Phase } from "../phases.ts";

export type OnPremises = NonNullable<PhoneNumberInputs["onPremises"]>;

export type ClientStep =
  | {
      readonly do: "registerWithClient";
      readonly property: "onPremises" | "displayName" | "verification";
      readonly cert: string;
      readonly pin: string | undefined;
      readonly why: "first" | "lost" | "name" | "client";
    }
  | { readonly do: "verifyWithClient"; readonly property: "verification"; readonly code: string };

type Declared = Pick<PhoneNumberInputs, "onPremises" | "pin" | "verification">;

/** What the plan knows besides: of the name that waits for a registration, and of the declared code. */
interface Facts {
  readonly wantsDueName: boolean;
  readonly isNewCode: boolean;
}

export function clientStep(
  now: Date,
  phase: Phase,
  state: State,
  { onPremises, pin, verification }: Declared,
  { wantsDueName, isNewCode }: Facts,
): ClientStep | undefined {
  const { ledger, observed } = state;
  const cert = certificateFor(state);
  if (onPremises === undefined) return undefined;
  const register = (
    property: "onPremises" | "displayName" | "verification",
    why: "first" | "lost" | "name" | "client",
  ) =>
    cert === undefined
      ? undefined
      : { do: "registerWithClient" as const, property, cert, pin: pinFor(observed, pin), why };
  const why = ledger.registeredName === undefined ? "first" : isRegistered(observed, true) ? "name" : "lost";
  switch (phase) {
    case "ready-to-register":
    case "deregistered":
      return register("onPremises", why);
    case "re-register-due":
      return wantsDueName ? register("displayName", "name") : undefined;
    case "code-sent":
    case "code-rejected": {
      const { code, attempt = 1 } = verification ?? {};
      if (code !== undefined && isNewCode) return { do: "verifyWithClient", property: "verification", code };
      const isSpent = nextAttemptAt(now, ledger.attempts.register) !== undefined;
      return attempt > (ledger.codeAttempt ?? 0) && !isSpent ? register("verification", why) : undefined;
    }
    default:
      return isAnotherClient(state, onPremises) && nextAttemptAt(now, ledger.attempts.register) === undefined
        ? register("onPremises", "client")
        : undefined;
  }
}

/** The address tells a client: a number that is connected is registered once more with another one. */
function isAnotherClient({ observed, echo }: State, { baseUrl }: OnPremises): boolean {
  const known = isRegistered(observed, true) ? echo.onPremises : undefined;
  return known !== undefined && known.baseUrl !== baseUrl;
}

/**
 * The echo of `onPremises` as the program now declares it. A number that somebody connected before us is taken to be
 * connected with the declared client; a new token needs no call.
 */
export function clientAfter(state: State, declared: PhoneNumberInputs["onPremises"]): Echo["onPremises"] {
  if (declared === undefined) return undefined;
  if (!isRegistered(state.observed, true) || isAnotherClient(state, declared)) return state.echo.onPremises;
  return declared;
}

/** A registration that Graph does not show is not achieved. */
export function clientEcho({ echo, observed }: State): Echo["onPremises"] {
  return isRegistered(observed, true) ? echo.onPremises : undefined;
}
