/** From a state to the outputs that the stack stores. Pure. */
import { SCHEMA_VERSION, type State } from "../../schemas/webhook-subscription-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { echoOf } from "./echo.ts";

export function outputsOf(state: State): Record<string, unknown> {
  return withoutUndefined({
    ...echoOf(state),
    ...state.observed,
    ...state.ledger,
    baseUrl: state.baseUrl,
    schemaVersion: SCHEMA_VERSION,
  });
}

/** What `WebhookSubscription.get` shows: Graph's side, without a version, by which `read` knows what is managed. */
export function outputsOfGet({ observed, baseUrl, echo: { wabaId, credential } }: State): Record<string, unknown> {
  return withoutUndefined({ wabaId, credential, ...observed, baseUrl });
}
