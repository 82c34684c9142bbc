/** What Graph shows of a subscription, and what we hold to be true because of it. */
import type { SubscribedApp, SubscribedApps } from "../../graph/subscribed-apps.ts";
import type { App } from "../../graph/tokens.ts";
import type { State } from "../../schemas/webhook-subscription-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { idOf } from "./identity.ts";

/** The app among all of the account. Undefined is proof that it is not subscribed: the list is complete. */
export async function find(api: SubscribedApps, wabaId: string, appId: string): Promise<SubscribedApp | undefined> {
  return (await api.all(wabaId)).find(({ id }) => id === appId);
}

/** The state of a subscription that we meet for the first time. */
export function firstState(
  app: App,
  wabaId: string,
  { credential, baseUrl }: { credential: string | undefined; baseUrl: string },
): State {
  const observed = withoutUndefined({ appId: app.id, appName: app.name });
  return { id: idOf(wabaId, app.id), observed, ledger: {}, echo: withoutUndefined({ wabaId, credential }), baseUrl };
}

/** The state after a fresh read. */
export function refreshed(state: State, { name, overrideCallbackUri }: SubscribedApp): State {
  const { appId, appName } = state.observed;
  const observed = withoutUndefined({ appId, appName: name ?? appName, overrideCallbackUri });
  const { refused, ...ledger } = state.ledger;
  const isStale = refused === undefined || refused.callbackUrl === overrideCallbackUri;
  return { ...state, observed, ledger: isStale ? ledger : { ...ledger, refused } };
}
