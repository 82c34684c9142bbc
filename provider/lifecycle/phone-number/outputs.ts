/** From a state to the outputs that the stack stores, and to the inputs that `read` hands back. Pure. */
import { type Echo, SCHEMA_VERSION, type State } from "../../schemas/phone-number-state.ts";
import { achievedName, nameInReview } from "../name.ts";
import { isRegistered, nextActionOf, phaseOf } from "../phase.ts";
import type { Phase } from "../phases.ts";
import { withoutUndefined } from "./observe.ts";
import { type Declared, intentOf } from "./plan.ts";

export type Outputs = Record<string, unknown> & { readonly phase: Phase; readonly nextAction: string };

/** @param declared what the program says; `read` knows only what the last outputs echo: `rememberedIntent` */
export function outputsOf(now: Date, state: State, declared: Pick<Declared, "register" | "pin">): Outputs {
  const phase = phaseOf(now, state, intentOf(declared));
  return withoutUndefined({
    ...echoOf(state),
    ...state.observed,
    ...state.ledger,
    phase,
    nextAction: nextActionOf(now, state, phase),
    registered: isRegistered(state.observed),
    nameInReview: nameInReview(state) !== undefined,
    schemaVersion: SCHEMA_VERSION,
  });
}

/** What the program declared, as far as its last outputs tell: `needs-pin` says that there was none. */
export function rememberedIntent(outputs: Readonly<Record<string, unknown>>): Pick<Declared, "register" | "pin"> {
  const pinIsDeclared = outputs.pin !== undefined || outputs.phase !== ("needs-pin" satisfies Phase);
  return { register: outputs.register !== false, pin: pinIsDeclared ? "declared" : undefined };
}

/** The args as achieved: Graph can contradict the name, the registration and the verification. */
export function echoOf(state: State): Echo {
  const { echo, observed, ledger } = state;
  const requested =
    ledger.codeRequestedAt !== undefined && (ledger.codeAttempt ?? 1) >= (echo.verification?.attempt ?? 1);
  const verified = observed.codeVerificationStatus === "VERIFIED" || isRegistered(observed);
  return withoutUndefined({
    ...echo,
    displayName: echo.displayName === undefined ? undefined : achievedName(state),
    register: echo.register === true && !isRegistered(observed) ? undefined : echo.register,
    verification: verified || requested ? echo.verification : undefined,
  });
}

/**
 * The inputs that a refresh writes: the args that the outputs echo, and no others. A key that the program does not
 * declare would be a change for ever; one that was not achieved shows as the change that the next `up` makes.
 */
export function echoedInputs(state: State): Record<string, unknown> {
  return { ...echoOf(state) };
}
