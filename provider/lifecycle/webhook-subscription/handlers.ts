/** What Pulumi calls on a WebhookSubscription, in the order Observe → Ensure → Sync → Return. */
import { SubscribedApps } from "../../graph/subscribed-apps.ts";
import type { App } from "../../graph/tokens.ts";
import { declaredIn } from "../../schemas/webhook-subscription-inputs.ts";
import { type Echo, readState, type State } from "../../schemas/webhook-subscription-state.ts";
import { requireAllowed, requireSameGraph } from "../boundaries.ts";
import { claim, declarationText } from "../claim.ts";
import type { Connection, Context } from "../context.ts";
import { converge } from "../converge.ts";
import { DeclarationError } from "../declaration-error.ts";
import { unsubscribeForDelete } from "./delete.ts";
import { echoOf, withDeclared } from "./echo.ts";
import { identityIn, idOf, labelOf } from "./identity.ts";
import { find, firstState, refreshed } from "./observe.ts";
import { outputsOf, outputsOfGet } from "./outputs.ts";
import { plan } from "./plan.ts";
import { take } from "./steps.ts";

type Properties = Record<string, unknown>;

const WHAT = "the webhook subscription";

export async function createWebhookSubscription(
  context: Context,
  inputs: Properties,
): Promise<{ id: string; outs: Properties }> {
  const declared = declaredIn(inputs);
  const { wabaId, credential } = declared;
  const { api, app } = connect(context, declared);
  const mine = await app();
  const id = idOf(wabaId, mine.id);
  claim(context, {
    id,
    noun: "webhook subscription",
    label: labelOf({ wabaId, appId: mine.id }),
    declared: { wabaId, credential },
  });
  const { baseUrl } = context.settings;
  const found = await ensured(context, api, firstState(mine, wabaId, { credential, baseUrl }), "Adopted");
  return { id, outs: await synced(context, api, inputs, found) };
}

export async function updateWebhookSubscription(
  context: Context,
  id: string,
  olds: Properties,
  inputs: Properties,
): Promise<{ outs: Properties }> {
  const declared = declaredIn(inputs);
  const old = readState(id, olds);
  const { wabaId, credential } = declared;
  context.holders.take(id, declarationText({ wabaId, credential }));
  if (plan(context.now(), old, declared) === undefined) return { outs: outputsOf(withDeclared(old, declared)) };
  const { api, app } = connect(context, declared, old);
  requireSameGraph(context, old.baseUrl, { what: WHAT, label: labelOf(identityOf(old)) });
  requireOwnApp(await app(), old);
  return { outs: await synced(context, api, inputs, await ensured(context, api, old)) };
}

export async function readWebhookSubscription(
  context: Context,
  id: string,
  props: Properties,
): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
  if (props.schemaVersion === undefined) return getWebhookSubscription(context, id, props);
  const old = readState(id, props);
  const { wabaId } = old.echo;
  const { api } = connect(context, old.echo, old);
  const label = labelOf(identityOf(old));
  requireSameGraph(context, old.baseUrl, { what: WHAT, label });
  const seen = await find(api, wabaId, old.observed.appId);
  if (seen === undefined) {
    context.warn(
      `The app is not subscribed to the account any more: ${label}. The subscription is taken out of the stack; the next ` +
        "pulumi up subscribes it again.",
    );
    return {};
  }
  if (context.holders.read(id) > 1) {
    context.warn(
      `Two resources of this stack manage the webhook subscription of ${label}: they undo each other's address. Take one ` +
        "of them out; one that an interrupted pulumi up left behind is taken out by the next.",
    );
  }
  const state = refreshed(old, seen);
  warnOfTrouble(context, state);
  return { id, props: outputsOf(state), inputs: { ...echoOf(state) } };
}

/** Retained unless declared otherwise: then nothing is called, so that it works when the token is dead. */
export async function deleteWebhookSubscription(context: () => Context, id: string, props: Properties): Promise<void> {
  if (props.onDelete !== "unsubscribe") return;
  const state = readState(id, props);
  const made = context();
  const { api, app } = connect(made, state.echo, state);
  requireSameGraph(made, state.baseUrl, { what: WHAT, label: labelOf(identityOf(state)) });
  await unsubscribeForDelete(made, api, state, async () => requireOwnApp(await app(), state));
}

/** `WebhookSubscription.get`: nothing is declared but what tells how to read it again. */
async function getWebhookSubscription(context: Context, id: string, props: Properties) {
  const identity = identityIn(id);
  if (identity === undefined) {
    throw new DeclarationError(
      `${JSON.stringify(id)} is no id of a webhook subscription · it is "WABA" or "WABA/APP", as "102290129340398"`,
    );
  }
  const { wabaId } = identity;
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const { api, app } = connect(context, { credential, wabaId });
  const mine = identity.appId === undefined ? await app() : { id: identity.appId, name: undefined };
  const seen = await find(api, wabaId, mine.id);
  if (seen === undefined) {
    throw new DeclarationError(
      `The app is not subscribed to the account · ${labelOf({ wabaId, appId: mine.id })} · declare a WebhookSubscription ` +
        "to subscribe it",
    );
  }
  const { baseUrl } = context.settings;
  return { id, props: outputsOfGet(refreshed(firstState(mine, wabaId, { credential, baseUrl }), seen)) };
}

/** Observe and Ensure: the app is subscribed. An app that is subscribed already is not asked to again: that clears its address. */
async function ensured(context: Context, api: SubscribedApps, state: State, already?: string): Promise<State> {
  const { wabaId } = state.echo;
  const label = labelOf(identityOf(state));
  const seen = await find(api, wabaId, state.observed.appId);
  if (seen !== undefined) {
    if (already !== undefined) context.say(`${already} the webhook subscription of ${label}: it was already there.`);
    return refreshed(state, seen);
  }
  await api.subscribe(wabaId);
  context.say(`Subscribed the app to the webhooks of ${label}.`);
  return refreshed(state, {});
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(context: Context, api: SubscribedApps, inputs: Properties, found: State): Promise<Properties> {
  const declared = declaredIn(inputs);
  const state = await converge({
    found: withDeclared(found, declared),
    next: (state) => plan(context.now(), state, declared),
    take: (step, state) => take(context, api, step, state),
    id: found.id,
    outputsOf,
    inputs,
  });
  return outputsOf(state);
}

/** The calls act for the token's app, whatever the state says. */
function requireOwnApp(app: App, { observed: { appId }, echo: { wabaId } }: State): void {
  if (app.id === appId) return;
  throw new DeclarationError(
    `The token now belongs to another app · ${labelOf({ wabaId, appId })}, the token's app ${app.id} · use a token of ` +
      `app ${appId}, or declare the subscription of app ${app.id} as another resource; nothing was done`,
  );
}

/** An address that does not answer is no error of `up`, and must not be silent either. */
function warnOfTrouble({ warn }: Context, state: State): void {
  const { refused } = state.ledger;
  if (refused === undefined) return;
  warn(
    `Meta could not verify ${refused.callbackUrl} (code ${refused.code}), so the webhooks of ${labelOf(identityOf(state))} ` +
      "go elsewhere: it must answer Meta's challenge with verifyToken. A pulumi up ten minutes after the last try tries again.",
  );
}

function identityOf({ echo: { wabaId }, observed: { appId } }: State) {
  return { wabaId, appId };
}

/** @param state whose secrets no message may show either */
function connect(
  context: Context,
  { wabaId, credential, verifyToken }: { [Arg in "wabaId" | "credential" | "verifyToken"]?: Echo[Arg] | undefined },
  state?: State,
): { api: SubscribedApps; app: Connection["app"] } {
  requireAllowed(context, wabaId, WHAT);
  const tokens = [verifyToken, state?.echo.verifyToken, state?.ledger.refused?.verifyToken];
  const { client, app } = context.connect(
    credential,
    tokens.filter((token) => token !== undefined),
  );
  return { api: new SubscribedApps(client), app };
}
