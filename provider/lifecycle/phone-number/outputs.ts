/** From a state to the outputs that the stack stores. Pure. */
import { SCHEMA_VERSION } from "../../schemas/migrations.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import { nameInReview } from "../name.ts";
import { type Intent, isRegistered, nextActionOf, phaseOf, registerBy } from "../phase.ts";
import type { Phase } from "../phases.ts";
import { echoOf } from "./echo.ts";
import { withoutUndefined } from "./observe.ts";

export type Outputs = Record<string, unknown> & { readonly phase: Phase; readonly nextAction: string };

export function outputsOf(now: Date, state: State): Outputs {
  const intent = intentIn(state);
  const phase = phaseOf(now, state, intent);
  return withoutUndefined({
    ...echoOf(state),
    ...state.observed,
    ...state.ledger,
    pinDeclared: state.pinDeclared,
    onPremisesDeclared: state.onPremisesDeclared,
    baseUrl: state.baseUrl,
    phase,
    nextAction: nextActionOf(now, state, phase),
    registered: isRegistered(state.observed, state.onPremisesDeclared),
    nameInReview: nameInReview(state) !== undefined,
    registerBy: registerByOf(state, intent)?.toISOString(),
    schemaVersion: SCHEMA_VERSION,
  });
}

/** What the program wanted when the state was written. */
export function intentIn({ echo, pinDeclared, onPremisesDeclared = false }: State): Intent {
  return {
    register: echo.register !== false,
    hasPin: pinDeclared,
    onPremises: onPremisesDeclared,
    signupFinishedAt: echo.embeddedSignupFinishedAt,
  };
}

/** Only while it matters: once the number was registered, the deadline is met for good. */
export function registerByOf({ observed, ledger }: State, intent: Intent): Date | undefined {
  const met = isRegistered(observed, intent.onPremises) || ledger.registeredName !== undefined;
  return met || !intent.register ? undefined : registerBy(intent);
}

/**
 * What `PhoneNumber.get` shows: Graph's side alone. Without our ledger, whose times would be new at every run, and
 * without a version, by which `read` knows a number that is managed.
 */
export function outputsOfGet(now: Date, { echo, observed, ...state }: State): Record<string, unknown> {
  const phase = phaseOf(now, { ...state, echo, observed }, { register: true, hasPin: true });
  return withoutUndefined({
    ...echo,
    ...observed,
    phase,
    nextAction: "Nothing to do here: the number is only read.",
    registered: isRegistered(observed),
    nameInReview: nameInReview({ ...state, echo, observed }) !== undefined,
  });
}
