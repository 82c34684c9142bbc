/** From a state to the outputs that the stack stores. Pure. */
import { SCHEMA_VERSION, type State } from "../../schemas/pre-verified-phone-number-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { echoOf } from "./echo.ts";
import { nextActionOf, phaseOf } from "./phase.ts";
import type { PreVerifiedPhase } from "./phases.ts";

export type Outputs = Record<string, unknown> & { readonly phase: PreVerifiedPhase; readonly nextAction: string };

export function outputsOf(now: Date, state: State): Outputs {
  return withoutUndefined({
    ...echoOf(now, state),
    ...state.observed,
    ...state.ledger,
    phase: phaseOf(now, state),
    nextAction: nextActionOf(now, state),
    baseUrl: state.baseUrl,
    schemaVersion: SCHEMA_VERSION,
  });
}

/** What `PreVerifiedPhoneNumber.get` shows: Graph's side, without a version, by which `read` knows what is managed. */
export function outputsOfGet(now: Date, state: State): Record<string, unknown> {
  const { observed, echo, baseUrl } = state;
  return withoutUndefined({
    ...echo,
    ...observed,
    phase: phaseOf(now, state),
    nextAction: "Nothing to do here: the number is only read.",
    baseUrl,
  });
}
