/** What Pulumi calls on a PhoneNumber, in the order Observe → Ensure → Sync → Return. */
import { accountRefusal } from "../../config.ts";
import { NotFoundError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import { declaredIn } from "../../schemas/phone-number-inputs.ts";
import { readState, type State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { DeclarationError } from "../declaration-error.ts";
import { PHASES } from "../phases.ts";
import { echoOf, isSettled, withDeclared } from "./echo.ts";
import { findOrAdd } from "./find.ts";
import { findIn } from "./identity.ts";
import { firstState, refreshed, wabaIdOf, withoutUndefined } from "./observe.ts";
import { type Outputs, outputsOf, outputsOfGet } from "./outputs.ts";
import { plan } from "./plan.ts";
import { SyncError } from "./steps.ts";
import { sync } from "./sync.ts";

type Properties = Record<string, unknown>;

/**
 * The number is known and not all that is declared was reached. The engine keeps `id` and `properties` and comes back
 * with the next `up`; in this path the plugin does not add `__provider` of its own.
 */
export class InitError extends Error {
  override readonly name = "InitError";
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: string[];
  constructor(id: string, properties: Properties, cause: Error) {
    super(cause.message, { cause });
    this.id = id;
    this.properties = properties;
    this.reasons = [cause.message];
  }
}

export async function createPhoneNumber(
  context: Context,
  inputs: Properties,
): Promise<{ id: string; outs: Properties }> {
  const declared = declaredIn(inputs);
  const api = apiFor(context, declared.credential, declared.wabaId);
  const { id, node } = await findOrAdd(context, api, declared);
  claim(context, api, id);
  const outs = await synced(context, api, inputs, async () => {
    const first = withDeclared(firstState(context.now(), node ?? { id }), declared);
    return node === undefined ? refreshed(context.now(), first, await readAfter(api, first)) : first;
  });
  warnOfTrouble(context, api, id, outs);
  return { id, outs };
}

export async function updatePhoneNumber(
  context: Context,
  id: string,
  olds: Properties,
  inputs: Properties,
): Promise<{ outs: Properties }> {
  const declared = declaredIn(inputs);
  const old = readState(id, olds);
  const state = withDeclared(old, declared);
  const moved = old.echo.wabaId !== declared.wabaId;
  if (!moved && !isSettled(old, declared) && plan(context.now(), old, declared) === undefined) {
    return { outs: outputsOf(context.now(), state) };
  }
  const api = apiFor(context, declared.credential, declared.wabaId);
  api.introduce(id, old.observed.displayPhoneNumber);
  if (moved) await requireOnAccount(api, id, declared.wabaId);
  const outs = await synced(context, api, inputs, async () =>
    refreshed(context.now(), state, await readAfter(api, state)),
  );
  if (outs.phase !== olds.phase) warnOfTrouble(context, api, id, outs);
  return { outs };
}

export async function readPhoneNumber(
  context: Context,
  id: string,
  props: Properties,
): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
  if (props.schemaVersion === undefined) return getPhoneNumber(context, id, props);
  const old = readState(id, props);
  const api = apiFor(context, old.echo.credential, old.echo.wabaId);
  api.introduce(id, old.observed.displayPhoneNumber);
  const node = await readOrProveGone(api, old);
  if (node === undefined) {
    context.warn(
      `${api.label(id)} is not on account ${old.echo.wabaId} any more: the list that the token sees lacks it. It is ` +
        "taken out of the stack; the next pulumi up would add it again as a new number.",
    );
    return {};
  }
  warnOfTwins(context, api, id);
  const state = refreshed(context.now(), old, node);
  const outs = outputsOf(context.now(), state);
  warnOfTrouble(context, api, id, outs);
  return { id, props: outs, inputs: { ...echoOf(state) } };
}

/** Retained: the number stays as it is at Meta, and nothing is called, so that it works when the token is dead. */
export async function deletePhoneNumber(): Promise<void> {}

/** `PhoneNumber.get`: nothing is declared but what tells how to read it again. */
async function getPhoneNumber(context: Context, id: string, props: Properties) {
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const api = context.phoneNumbers(credential);
  const node = await api.get(id);
  const wabaId = wabaIdOf(node);
  requireAllowed(context, wabaId);
  const state = firstState(context.now(), node, withoutUndefined({ wabaId, credential }));
  return { id, props: outputsOfGet(context.now(), state) };
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(
  context: Context,
  api: PhoneNumbers,
  inputs: Properties,
  observe: () => Promise<State>,
): Promise<Outputs> {
  try {
    return outputsOf(context.now(), await sync(context, api, declaredIn(inputs), await observe()));
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const properties = { ...outputsOf(context.now(), error.state), __provider: inputs.__provider };
    throw new InitError(error.state.id, properties, error);
  }
}

/** A number in trouble is no error of `up`, and must not be silent either. */
function warnOfTrouble(context: Context, api: PhoneNumbers, id: string, { phase, nextAction }: Outputs): void {
  if ("attention" in PHASES[phase]) context.warn(`${api.label(id)} is ${phase}: ${nextAction}`);
}

/** A refresh reads each resource once, so a second read of a number is another resource's. */
function warnOfTwins({ managed, warn }: Context, api: PhoneNumbers, id: string): void {
  if (managed.has(id)) {
    warn(
      `Two resources of this stack manage ${api.label(id)}: they undo each other's names and PINs. Take one of them out.`,
    );
  }
  managed.add(id);
}

async function readAfter(api: PhoneNumbers, state: State): Promise<PhoneNumberNode> {
  try {
    return await api.get(state.id);
  } catch (error) {
    throw new SyncError(state, error);
  }
}

/** Undefined only on proof: the token still lists the account, and the complete list lacks the number. */
async function readOrProveGone(api: PhoneNumbers, { id, echo }: State): Promise<PhoneNumberNode | undefined> {
  try {
    return await api.get(id);
  } catch (error) {
    if (!(error instanceof NotFoundError) || echo.wabaId === undefined) throw error;
    return findIn(await api.list(echo.wabaId), { phoneNumberId: id });
  }
}

async function requireOnAccount(api: PhoneNumbers, id: string, wabaId: string): Promise<void> {
  if (findIn(await api.list(wabaId), { phoneNumberId: id }) !== undefined) return;
  throw new DeclarationError(
    `The number is not on the account that is now declared · ${api.label(id)}, account ${wabaId} · declare the account ` +
      "that has it; a number that was moved has a new id there: declare it as another resource",
  );
}

function claim(context: Context, api: PhoneNumbers, id: string): void {
  if (context.claimed.has(id)) {
    throw new DeclarationError(
      `Two resources declare one number · ${api.label(id)} · a number can be managed once: take one of them out`,
    );
  }
  context.claimed.add(id);
}

function apiFor(context: Context, credential: string | undefined, wabaId: string | undefined): PhoneNumbers {
  requireAllowed(context, wabaId);
  return context.phoneNumbers(credential);
}

function requireAllowed({ settings }: Context, wabaId: string | undefined): void {
  const refusal = accountRefusal(settings, wabaId);
  if (refusal === undefined) return;
  throw new DeclarationError(`${refusal.charAt(0).toUpperCase()}${refusal.slice(1)}; nothing was done with the number`);
}
