/** GET, POST and DELETE /{WABA}/subscribed_apps: which apps get the webhooks of an account, and at which address. */
import { appLink } from "../app.ts";
import { SUCCESS, type WabaChallenge, type WabaOperation } from "./operation.ts";
import { isSubscribed, readOverride, requireSubscription } from "./webhook-override.ts";

export const listSubscribedApps: WabaOperation = (_state, _params, { waba, settings: { app } }) => ({
  data: waba.subscribed_apps.map(({ id, override_callback_uri }) => ({
    // I: of another app only the id is known.
    whatsapp_business_api_data: { id, link: appLink(id), name: id === app.id ? app.name : `App ${id}` },
    override_callback_uri,
  })),
});

/** Refused before anything is called when the app is not subscribed: the first override needs a call of its own before. */
export const subscriptionChallenge: WabaChallenge = (_state, params, { waba, token }) => {
  const override = readOverride(params);
  requireSubscription(override, waba, token.app_id);
  return override.challenge;
};

/** Without an override it subscribes, and takes the override of before away. */
export const subscribeApp: WabaOperation = (state, params, { waba, token }) => {
  const override = readOverride(params);
  requireSubscription(override, waba, token.app_id);
  const url = override.challenge?.url;
  const id = token.app_id;
  const entry = { id, ...(url === undefined ? {} : { override_callback_uri: url }) };
  const subscribed_apps = isSubscribed(waba, id)
    ? waba.subscribed_apps.map((app) => (app.id === id ? entry : app))
    : [...waba.subscribed_apps, entry];
  state.putWaba({ ...waba, subscribed_apps });
  return SUCCESS;
};

/** I: the account's override ends with the subscription; those of its numbers stay, and rest until it is back. */
export const unsubscribeApp: WabaOperation = (state, _params, { waba, token }) => {
  state.putWaba({ ...waba, subscribed_apps: waba.subscribed_apps.filter(({ id }) => id !== token.app_id) });
  return SUCCESS;
};
