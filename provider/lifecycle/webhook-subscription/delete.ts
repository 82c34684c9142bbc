/**
 * What `delete` does at Meta where `onDelete: "unsubscribe"` is declared: it ends the app's subscription, and only where
 * nothing speaks for another owner of it.
 */
import type { SubscribedApps } from "../../graph/subscribed-apps.ts";
import type { State } from "../../schemas/webhook-subscription-state.ts";
import type { Context } from "../context.ts";
import { labelOf } from "./identity.ts";
import { find } from "./observe.ts";

/** @param requireOwnApp throws where the token is another app's, which the call would unsubscribe */
export async function unsubscribeForDelete(
  { holders, say }: Context,
  api: SubscribedApps,
  { id, observed, echo: { wabaId } }: State,
  requireOwnApp: () => Promise<void>,
): Promise<void> {
  const label = labelOf({ wabaId, appId: observed.appId });
  const forget = (why: string) => say(`The webhook subscription of ${label}: forgotten and not ended: ${why}.`);
  if (holders.leave(id)) return forget("another resource of this stack has it");
  const seen = await find(api, wabaId, observed.appId);
  if (seen === undefined) return forget("the app is not subscribed any more");
  if (seen.overrideCallbackUri !== observed.overrideCallbackUri) {
    return forget("somebody changed its address after this stack last saw it");
  }
  await requireOwnApp();
  await api.unsubscribe(wabaId);
}
