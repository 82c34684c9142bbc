/** What Pulumi calls on a PhoneNumber, in the order Observe → Ensure → Sync → Return. */
import { NotFoundError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { type Echo, echo, readState, type State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { steers } from "./diff.ts";
import { DeclarationError, findOrAdd } from "./find.ts";
import { findIn } from "./identity.ts";
import { firstState, refreshed, wabaIdOf, withoutUndefined } from "./observe.ts";
import { echoedInputs, outputsOf, rememberedIntent } from "./outputs.ts";
import { plan } from "./plan.ts";
import { SyncError, sync } from "./sync.ts";

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
    const first = firstState(context.now(), node ?? { id }, echoFor(declared));
    return node === undefined ? refreshed(context.now(), first, await readAfter(api, first)) : first;
  });
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
  const state = { ...old, echo: { ...echoFor(declared), ...pinOf(old) } };
  if (
    steers(old, declared) &&
    old.echo.wabaId === declared.wabaId &&
    plan(context.now(), old, declared) === undefined
  ) {
    return { outs: outputsOf(context.now(), state, declared) };
  }
  const api = apiFor(context, declared.credential, declared.wabaId);
  api.introduce(id, old.observed.displayPhoneNumber);
  if (old.echo.wabaId !== declared.wabaId) await requireOnAccount(api, id, declared.wabaId);
  const outs = await synced(context, api, inputs, async () =>
    refreshed(context.now(), state, await readAfter(api, old)),
  );
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
  const state = refreshed(context.now(), old, node);
  return { id, props: outputsOf(context.now(), state, rememberedIntent(props)), inputs: echoedInputs(state) };
}

/** Retained: the number stays as it is at Meta, and nothing is called, so that it works when the token is dead. */
export async function deletePhoneNumber(): Promise<void> {}

/** `PhoneNumber.get`: nothing is declared, so nothing is echoed but what tells how to read it again. */
async function getPhoneNumber(context: Context, id: string, props: Properties) {
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const api = apiFor(context, credential, undefined);
  const node = await api.get(id);
  requireAllowed(context, wabaIdOf(node));
  const state = firstState(context.now(), node, withoutUndefined({ wabaId: wabaIdOf(node), credential }));
  return { id, props: outputsOf(context.now(), state, { register: true, pin: "declared" }) };
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(
  context: Context,
  api: PhoneNumbers,
  inputs: Properties,
  observe: () => Promise<State>,
): Promise<Properties> {
  const declared = declaredIn(inputs);
  const outputs = (state: State) => outputsOf(context.now(), state, declared);
  try {
    const state = await sync(context, api, declared, await observe());
    const outs = outputs(state);
    if (NEEDS_ATTENTION.includes(outs.phase))
      context.warn(`${api.label(state.id)} is ${outs.phase}: ${outs.nextAction}`);
    return outs;
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const properties = { ...outputs(error.state), __provider: inputs.__provider };
    throw new InitError(error.state.id, properties, error);
  }
}

const NEEDS_ATTENTION: readonly string[] = [
  "blocked",
  "contested",
  "on-phone",
  "code-rejected",
  "name-declined",
  "attempts-exhausted",
  "needs-verification",
  "needs-pin",
  "unknown",
];

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
  if (wabaId === undefined || settings.allowedWabaIds === undefined || settings.allowedWabaIds.has(wabaId)) return;
  throw new DeclarationError(
    `Account ${wabaId} is not among waba:allowedWabaIds (${[...settings.allowedWabaIds].join(", ")}): it is not called`,
  );
}

/** `check` made them what the type says. */
function declaredIn(inputs: Properties): PhoneNumberInputs {
  return inputs as PhoneNumberInputs;
}

/** Args that hold as soon as the number is found. A PIN does not: it counts once it was set or registered with. */
function echoFor({ pin: _pin, verification, ...args }: PhoneNumberInputs): Echo {
  const { code: _code, ...how } = verification ?? {};
  return echo.parse({ ...args, ...(verification === undefined ? {} : { verification: how }) });
}

function pinOf({ echo: { pin } }: State): Echo {
  return pin === undefined ? {} : { pin };
}
