/** From a state to the outputs that the stack stores. Pure. */
import { SCHEMA_VERSION, type State } from "../../schemas/phone-number-settings-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { echoOf } from "./echo.ts";

export function outputsOf(state: State): Record<string, unknown> {
  const { observed, ledger, baseUrl } = state;
  const achieved = echoOf(state);
  // What is not declared of calling is shown too.
  const calling = observed.calling === undefined ? achieved.calling : { ...achieved.calling, ...observed.calling };
  return withoutUndefined({ ...observed, ...ledger, ...achieved, calling, baseUrl, schemaVersion: SCHEMA_VERSION });
}

/** What `PhoneNumberSettings.get` shows: Graph's side, without a version, by which `read` knows what is managed. */
export function outputsOfGet({ observed, baseUrl, echo }: State): Record<string, unknown> {
  const { phoneNumberId, credential } = echo;
  return withoutUndefined({ phoneNumberId, credential, ...observed, baseUrl });
}
