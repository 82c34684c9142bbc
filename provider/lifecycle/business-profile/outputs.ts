/** From a state to the outputs that the stack stores. Pure. */
import { SCHEMA_VERSION, type State } from "../../schemas/business-profile-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { echoOf } from "./echo.ts";

export function outputsOf(state: State): Record<string, unknown> {
  const { observed, ledger, baseUrl } = state;
  return withoutUndefined({ ...observed, ...ledger, ...echoOf(state), baseUrl, schemaVersion: SCHEMA_VERSION });
}

/** What `BusinessProfile.get` shows: Graph's side, without a version, by which `read` knows what is managed. */
export function outputsOfGet({ observed, baseUrl, echo }: State): Record<string, unknown> {
  const { phoneNumberId, credential } = echo;
  return withoutUndefined({ phoneNumberId, credential, ...observed, baseUrl });
}
