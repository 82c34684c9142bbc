/** What Pulumi calls on a PhoneNumberSettings, in the order Observe → Sync → Return: every number has settings. */
import { NumberSettings } from "../../graph/number-settings.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import { declaredIn } from "../../schemas/phone-number-settings-inputs.ts";
import { readState, type State } from "../../schemas/phone-number-settings-state.ts";
import { requireAllowed, requireSameGraph } from "../boundaries.ts";
import { claim, declarationText } from "../claim.ts";
import type { Context } from "../context.ts";
import { converge } from "../converge.ts";
import { DeclarationError } from "../declaration-error.ts";
import { accountOf, type HostArgs, hostNumber, hostNumberOrGone } from "../host-number.ts";
import { echoOf, isSettled, withDeclared } from "./echo.ts";
import { idOf, phoneNumberIdIn } from "./identity.ts";
import { firstState, isEmpty, refreshed } from "./observe.ts";
import { outputsOf, outputsOfGet } from "./outputs.ts";
import { plan } from "./plan.ts";
import { take } from "./steps.ts";

type Properties = Record<string, unknown>;

const WHAT = "the phone number settings";

interface Api {
  readonly numbers: PhoneNumbers;
  readonly settings: NumberSettings;
}

export async function createPhoneNumberSettings(
  context: Context,
  inputs: Properties,
): Promise<{ id: string; outs: Properties }> {
  const declared = declaredIn(inputs);
  const { phoneNumberId, credential } = declared;
  const api = connect(context, declared);
  const id = idOf(phoneNumberId);
  const node = await hostNumber(context, api.numbers, declared);
  const label = api.numbers.label(phoneNumberId);
  claim(context, { id, noun: "set of phone number settings", label, declared: { phoneNumberId } });
  const { baseUrl } = context.settings;
  const settings = await api.settings.get(phoneNumberId);
  const found = firstState({ id, phoneNumberId, credential, baseUrl }, { node, settings });
  if (!isEmpty(found)) {
    context.say(`Adopted the settings of ${label}: what the program does not declare stays as it is.`);
  }
  return { id, outs: await synced(context, api, inputs, found) };
}

export async function updatePhoneNumberSettings(
  context: Context,
  id: string,
  olds: Properties,
  inputs: Properties,
): Promise<{ outs: Properties }> {
  const declared = declaredIn(inputs);
  const { phoneNumberId, wabaId } = declared;
  const old = readState(id, olds);
  context.holders.take(id, declarationText({ phoneNumberId }));
  const isMoved = wabaId !== undefined && wabaId !== old.echo.wabaId;
  if (!isMoved && !isSettled(old, declared) && plan(old, declared) === undefined) {
    return { outs: outputsOf(withDeclared(old, declared)) };
  }
  const api = connect(context, declared);
  introduce(api, old);
  requireSameGraph(context, old.baseUrl, { what: WHAT, label: api.numbers.label(phoneNumberId) });
  const node = await hostNumber(context, api.numbers, declared);
  const found = refreshed(old, { node, settings: await api.settings.get(phoneNumberId) });
  return { outs: await synced(context, api, inputs, found) };
}

export async function readPhoneNumberSettings(
  context: Context,
  id: string,
  props: Properties,
): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
  if (props.schemaVersion === undefined) return getPhoneNumberSettings(context, id, props);
  const old = readState(id, props);
  const { phoneNumberId } = old.echo;
  const api = connect(context, old.echo);
  introduce(api, old);
  const label = api.numbers.label(phoneNumberId);
  requireSameGraph(context, old.baseUrl, { what: WHAT, label });
  const node = await hostNumberOrGone(context, api.numbers, old.echo);
  if (node === undefined) {
    context.warn(
      `${label} is not on account ${old.echo.wabaId} any more: its settings are taken out of the stack; the next ` +
        "pulumi up needs the id of another number.",
    );
    return {};
  }
  if (context.holders.read(id) > 1) {
    context.warn(
      `Two resources of this stack manage the settings of ${label}: they undo each other's. Take one of ` +
        "them out; one that an interrupted pulumi up left behind is taken out by the next.",
    );
  }
  const state = refreshed(old, { node, settings: await api.settings.get(phoneNumberId) });
  warnOfApp(context, label, state);
  return { id, props: outputsOf(state), inputs: echoOf(state) };
}

/** Always retained: nothing is called, so that it works when the token is dead. */
export async function deletePhoneNumberSettings(
  _context: () => Context,
  _id: string,
  _props: Properties,
): Promise<void> {}

/** `PhoneNumberSettings.get`: nothing is declared but what tells how to read it again. */
async function getPhoneNumberSettings(context: Context, id: string, props: Properties) {
  const phoneNumberId = phoneNumberIdIn(id);
  if (phoneNumberId === undefined) {
    throw new DeclarationError(
      `${JSON.stringify(id)} is no id of phone number settings · it is the id of its number, as "1972385232742141"`,
    );
  }
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const { client, numbers } = context.connect(credential);
  const node = await numbers.get(phoneNumberId);
  requireAllowed(context, accountOf(node), WHAT);
  const api = new NumberSettings(client, (number) => numbers.label(number));
  const { baseUrl } = context.settings;
  const settings = await api.get(phoneNumberId);
  return { id, props: outputsOfGet(firstState({ id, phoneNumberId, credential, baseUrl }, { node, settings })) };
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(context: Context, api: Api, inputs: Properties, found: State): Promise<Properties> {
  const declared = declaredIn(inputs);
  const label = api.numbers.label(declared.phoneNumberId);
  warnOfApp(context, label, found);
  const state = await converge({
    found: withDeclared(found, declared),
    next: (state) => plan(state, declared),
    take: (step, state) => take(api.settings, step, state, label),
    id: found.id,
    outputsOf,
    inputs,
  });
  return outputsOf(withDeclared(state, declared));
}

/** A number on the app is no error of `up`, and must not be silent either. */
function warnOfApp({ warn }: Context, label: string, { observed: { livesOnApp } }: State): void {
  if (!livesOnApp) return;
  warn(`${label} lives on the WhatsApp Business app: its settings are left alone, and nothing is written here.`);
}

function introduce({ numbers }: Api, { echo: { phoneNumberId, wabaId }, observed }: State): void {
  numbers.introduce(phoneNumberId, observed.displayPhoneNumber, wabaId);
}

function connect(context: Context, { wabaId, credential }: Omit<HostArgs, "phoneNumberId">): Api {
  requireAllowed(context, wabaId, WHAT);
  const { client, numbers } = context.connect(credential);
  return { numbers, settings: new NumberSettings(client, (number) => numbers.label(number)) };
}
