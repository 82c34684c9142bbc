/** What Pulumi calls on a BusinessProfile, in the order Observe → Sync → Return: every number has a profile. */
import { BusinessProfiles } from "../../graph/business-profiles.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import { declaredIn } from "../../schemas/business-profile-inputs.ts";
import { readState, type State } from "../../schemas/business-profile-state.ts";
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

const WHAT = "the business profile";

interface Api {
  readonly numbers: PhoneNumbers;
  readonly profiles: BusinessProfiles;
}

export async function createBusinessProfile(
  context: Context,
  inputs: Properties,
): Promise<{ id: string; outs: Properties }> {
  const declared = declaredIn(inputs);
  const { phoneNumberId, credential } = declared;
  const api = connect(context, declared);
  const id = idOf(phoneNumberId);
  const node = await hostNumber(context, api.numbers, declared);
  const label = api.numbers.label(phoneNumberId);
  claim(context, { id, noun: "business profile", label, declared: { phoneNumberId } });
  const { baseUrl } = context.settings;
  const profile = await api.profiles.get(phoneNumberId);
  const found = firstState({ id, phoneNumberId, credential, baseUrl }, { node, profile });
  if (!isEmpty(found)) {
    context.say(`Adopted the business profile of ${label}: what the program does not declare stays as it is.`);
  }
  return { id, outs: await synced(context, api, inputs, found) };
}

export async function updateBusinessProfile(
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
  const found = refreshed(old, { node, profile: await api.profiles.get(phoneNumberId) });
  return { outs: await synced(context, api, inputs, found) };
}

export async function readBusinessProfile(
  context: Context,
  id: string,
  props: Properties,
): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
  if (props.schemaVersion === undefined) return getBusinessProfile(context, id, props);
  const old = readState(id, props);
  const { phoneNumberId } = old.echo;
  const api = connect(context, old.echo);
  introduce(api, old);
  const label = api.numbers.label(phoneNumberId);
  requireSameGraph(context, old.baseUrl, { what: WHAT, label });
  const node = await hostNumberOrGone(context, api.numbers, old.echo);
  if (node === undefined) {
    context.warn(
      `${label} is not on account ${old.echo.wabaId} any more: its business profile is taken out of the stack; the next ` +
        "pulumi up needs the id of another number.",
    );
    return {};
  }
  if (context.holders.read(id) > 1) {
    context.warn(
      `Two resources of this stack manage the business profile of ${label}: they undo each other's texts. Take one of ` +
        "them out; one that an interrupted pulumi up left behind is taken out by the next.",
    );
  }
  const state = refreshed(old, { node, profile: await api.profiles.get(phoneNumberId) });
  warnOfApp(context, label, state);
  return { id, props: outputsOf(state), inputs: echoOf(state) };
}

/** Always retained: nothing is called, so that it works when the token is dead. */
export async function deleteBusinessProfile(_context: () => Context, _id: string, _props: Properties): Promise<void> {}

/** `BusinessProfile.get`: nothing is declared but what tells how to read it again. */
async function getBusinessProfile(context: Context, id: string, props: Properties) {
  const phoneNumberId = phoneNumberIdIn(id);
  if (phoneNumberId === undefined) {
    throw new DeclarationError(
      `${JSON.stringify(id)} is no id of a business profile · it is the id of its number, as "1972385232742141"`,
    );
  }
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const { client, numbers } = context.connect(credential);
  const node = await numbers.get(phoneNumberId);
  requireAllowed(context, accountOf(node), WHAT);
  const profiles = new BusinessProfiles(client, (number) => numbers.label(number));
  const { baseUrl } = context.settings;
  const profile = await profiles.get(phoneNumberId);
  return { id, props: outputsOfGet(firstState({ id, phoneNumberId, credential, baseUrl }, { node, profile })) };
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(context: Context, api: Api, inputs: Properties, found: State): Promise<Properties> {
  const declared = declaredIn(inputs);
  const label = api.numbers.label(declared.phoneNumberId);
  warnOfApp(context, label, found);
  const state = await converge({
    found: withDeclared(found, declared),
    next: (state) => plan(state, declared),
    take: (step, state) => take(api.profiles, step, state, label),
    id: found.id,
    outputsOf,
    inputs,
  });
  return outputsOf(withDeclared(state, declared));
}

/** A number on the app is no error of `up`, and must not be silent either. */
function warnOfApp({ warn }: Context, label: string, { observed: { livesOnApp } }: State): void {
  if (!livesOnApp) return;
  warn(
    `${label} lives on the WhatsApp Business app: its business profile is changed there, and nothing is written here.`,
  );
}

function introduce({ numbers }: Api, { echo: { phoneNumberId, wabaId }, observed }: State): void {
  numbers.introduce(phoneNumberId, observed.displayPhoneNumber, wabaId);
}

function connect(context: Context, { wabaId, credential }: Omit<HostArgs, "phoneNumberId">): Api {
  requireAllowed(context, wabaId, WHAT);
  const { client, numbers } = context.connect(credential);
  return { numbers, profiles: new BusinessProfiles(client, (number) => numbers.label(number)) };
}
