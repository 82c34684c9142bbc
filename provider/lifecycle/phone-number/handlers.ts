/** What Pulumi calls on a PhoneNumber, in the order Observe → Ensure → Sync → Return. */
import { accountRefusal, graphRefusal } from "../../config.ts";
import { numberLabel, type PhoneNumbers } from "../../graph/phone-numbers.ts";
import { declaredIn, type PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { readState, type State } from "../../schemas/phone-number-state.ts";
import { sentence } from "../../sentence.ts";
import type { Context } from "../context.ts";
import { DeclarationError } from "../declaration-error.ts";
import { PHASES } from "../phases.ts";
import { deregisterForDelete } from "./delete.ts";
import { echoOf, hasStaleRefusals, isSettled, withDeclared } from "./echo.ts";
import { findOrAdd } from "./find.ts";
import { findIn } from "./identity.ts";
import { firstState, observe, refreshed, wabaIdOf, withoutUndefined } from "./observe.ts";
import { type Outputs, outputsOf, outputsOfGet } from "./outputs.ts";
import { plan, withCodeTried } from "./plan.ts";
import { observeOrProveGone } from "./presence.ts";
import { sync } from "./sync.ts";
import { SyncError } from "./sync-error.ts";
import { waitedFor } from "./wait.ts";

type Properties = Record<string, unknown>;

const DAY_MS = 24 * 60 * 60 * 1000;

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
  const { id, node, isNew } = await findOrAdd(context, api, declared);
  claim(context, api, id, declared);
  const outs = await synced(context, api, inputs, async () => {
    const met = firstState(context, node ?? { id });
    const first = withDeclared(context.now(), isNew ? withoutOldCode(context, met, declared) : met, declared);
    // A shared list suffices to see that nothing is to be done; a step is decided on a fresh read.
    const believed = node !== undefined && !context.reader(declared.credential).isWritten(id);
    const complete = believed && declared.dataLocalizationRegion === undefined;
    const idle = complete && plan(context.now(), first, declared) === undefined;
    return idle ? first : refreshedAfter(context, api, first, declared);
  });
  warnOfTrouble(context, api.label(id), outs);
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
  const state = withDeclared(context.now(), old, declared);
  const moved = old.echo.wabaId !== declared.wabaId;
  const isStale = !isSettled(context.now(), old, declared) || hasStaleRefusals(context.now(), old, declared);
  if (!moved && isStale && plan(context.now(), old, declared) === undefined) {
    const outs = outputsOf(context.now(), state);
    if (outs.phase !== olds.phase) warnOfTrouble(context, numberLabel(id, old.observed.displayPhoneNumber), outs);
    return { outs };
  }
  const api = apiFor(context, declared.credential, declared.wabaId);
  api.introduce(id, old.observed.displayPhoneNumber, old.echo.wabaId);
  requireSameGraph(context, api, old);
  if (moved) await requireOnAccount(context, api, id, declared);
  context.holders.take(id, declarationOf(declared));
  const outs = await synced(context, api, inputs, () => refreshedAfter(context, api, state, declared));
  const hasWaited = declared.waitFor === "registered";
  if (hasWaited || outs.phase !== olds.phase) warnOfTrouble(context, api.label(id), outs);
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
  api.introduce(id, old.observed.displayPhoneNumber, old.echo.wabaId);
  requireSameGraph(context, api, old);
  const seen = await observeOrProveGone(api, old, context.reader(old.echo.credential));
  if (seen === undefined) {
    context.warn(
      `${api.label(id)} is not on account ${old.echo.wabaId} any more: the list that the token sees lacks it. It is ` +
        `taken out of the stack. ${afterLoss(old)}`,
    );
    return {};
  }
  warnOfTwins(context, api, id);
  const state = { ...refreshed(context.now(), old, ...seen), baseUrl: context.settings.baseUrl };
  const outs = outputsOf(context.now(), state);
  warnOfTrouble(context, api.label(id), outs);
  return { id, props: outs, inputs: { ...echoOf(state) } };
}

/** Of a number that is gone: the refresh inside of an `up` takes it out before the same `up` looks what to create. */
function afterLoss({ echo: { adopt, phoneNumber, displayName, migrate } }: State): string {
  if (adopt === "require") return 'It is declared with adopt: "require", so no pulumi up adds it again.';
  const lacks = phoneNumber === undefined ? "phoneNumber in place of its id" : "displayName";
  if (phoneNumber === undefined || (displayName === undefined && migrate === undefined)) {
    return `No pulumi up adds it again without ${lacks}: declare that, or take it out of the program.`;
  }
  return (
    "A pulumi up whose program declares it, this one included, adds it again: as a new number with a new verification. " +
    'adopt: "require" prevents that.'
  );
}

/** Retained unless declared otherwise: then nothing is called, so that it works when the token is dead. */
export async function deletePhoneNumber(context: () => Context, id: string, props: Properties): Promise<void> {
  if (props.onDelete !== "deregister") return;
  const state = readState(id, props);
  const made = context();
  const api = apiFor(made, state.echo.credential, state.echo.wabaId);
  api.introduce(id, state.observed.displayPhoneNumber, state.echo.wabaId);
  requireSameGraph(made, api, state);
  await deregisterForDelete(made, api, state);
}

/** `PhoneNumber.get`: nothing is declared but what tells how to read it again. */
async function getPhoneNumber(context: Context, id: string, props: Properties) {
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const api = context.phoneNumbers(credential);
  const node = await api.get(id);
  const wabaId = wabaIdOf(node);
  requireAllowed(context, wabaId);
  const state = firstState(context, node, withoutUndefined({ wabaId, credential }));
  return { id, props: outputsOfGet(context.now(), state) };
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(
  context: Context,
  api: PhoneNumbers,
  inputs: Properties,
  observeFirst: () => Promise<State>,
): Promise<Outputs> {
  try {
    const declared = declaredIn(inputs);
    const state = await sync(context, api, declared, await observeFirst());
    return outputsOf(context.now(), await waitedFor(context, api, declared, state));
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const properties = { ...outputsOf(context.now(), error.state), __provider: inputs.__provider };
    throw new InitError(error.state.id, properties, error);
  }
}

/** A number in trouble is no error of `up`, and must not be silent either. */
function warnOfTrouble(context: Context, who: string, outs: Outputs): void {
  const { phase, nextAction, registerBy } = outs;
  const days = typeof registerBy === "string" ? daysLeft(context.now(), registerBy) : undefined;
  if (!("attention" in PHASES[phase]) && days === undefined) return;
  const deadline = days === undefined ? "" : ` and must be registered within ${days}`;
  context.warn(`${who} is ${phase}${deadline}: ${nextAction}`);
}

/** Said when seven, three or one day is left, whichever is nearest; undefined while there is more time, or none. */
function daysLeft(now: Date, registerBy: string): string | undefined {
  const days = (Date.parse(registerBy) - now.getTime()) / DAY_MS;
  if (days <= 0) return undefined;
  if (days <= 1) return "a day";
  return days <= 3 ? "3 days" : days <= 7 ? "7 days" : undefined;
}

/** A refresh reads each resource once, so a second read of a number is another resource's. */
function warnOfTwins({ holders, warn }: Context, api: PhoneNumbers, id: string): void {
  if (holders.read(id) < 2) return;
  warn(
    `Two resources of this stack manage ${api.label(id)}: they undo each other's names and PINs. Take one of them out; ` +
      "one that an interrupted pulumi up left behind is taken out by the next.",
  );
}

/** No code can have been sent to a number that was not there: one that is declared was meant for something else. */
function withoutOldCode({ salt }: Context, state: State, { verification }: PhoneNumberInputs): State {
  const { code } = verification ?? {};
  return code === undefined ? state : { ...state, ledger: withCodeTried(state.ledger, salt(), code) };
}

async function refreshedAfter(
  context: Context,
  api: PhoneNumbers,
  state: State,
  declared: PhoneNumberInputs,
): Promise<State> {
  try {
    // What is declared may be achieved already, as the fresh read shows.
    const fresh = refreshed(context.now(), state, ...(await observe(api, state, declared)));
    return withDeclared(context.now(), fresh, declared);
  } catch (error) {
    throw new SyncError(state, error);
  }
}

/** An empty emulator must not prove that live numbers are gone, and Meta must not get what was meant for an emulator. */
function requireSameGraph({ settings }: Context, api: PhoneNumbers, { id, baseUrl }: State): void {
  const refusal = graphRefusal(settings, baseUrl);
  if (refusal !== undefined) throw new DeclarationError(`${sentence(refusal)} · ${api.label(id)} · nothing was called`);
}

async function requireOnAccount(
  context: Context,
  api: PhoneNumbers,
  id: string,
  { credential, wabaId }: PhoneNumberInputs,
): Promise<void> {
  const numbers = await context.reader(credential).all(api, wabaId);
  if (findIn(numbers, { phoneNumberId: id }) !== undefined) return;
  throw new DeclarationError(
    `The number is not on the account that is now declared · ${api.label(id)}, account ${wabaId} · declare the account ` +
      "that has it; a number that was moved has a new id there: declare it as another resource",
  );
}

/** The engine names the resource that fails, and tells a provider no name: so the other one is told by what it declares. */
function claim(context: Context, api: PhoneNumbers, id: string, declared: PhoneNumberInputs): void {
  const own = declarationOf(declared);
  const other = context.holders.take(id, own);
  if (other === undefined) return;
  const search = other === own ? `both declare ${own}` : `this one declares ${own}, the other one ${other}`;
  throw new DeclarationError(
    `Two resources declare one number · ${api.label(id)} · ${search}: search the program for it · a number can be ` +
      "managed once: take one of them out",
  );
}

/** As it stands in the program, as far as it tells which number is meant. */
function declarationOf({ wabaId, phoneNumber, phoneNumberId }: PhoneNumberInputs): string {
  const given = Object.entries({ phoneNumber, phoneNumberId, wabaId }).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ");
}

function apiFor(context: Context, credential: string | undefined, wabaId: string | undefined): PhoneNumbers {
  requireAllowed(context, wabaId);
  return context.phoneNumbers(credential);
}

function requireAllowed({ settings }: Context, wabaId: string | undefined): void {
  const refusal = accountRefusal(settings, wabaId);
  if (refusal === undefined) return;
  throw new DeclarationError(`${sentence(refusal)}; nothing was done with the number`);
}
