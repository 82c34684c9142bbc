/** What Pulumi calls on a PreVerifiedPhoneNumber, in the order Observe → Ensure → Sync → Return. */
import { PreVerifiedNumbers } from "../../graph/pre-verified-numbers.ts";
import { declaredIn, type PreVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import { readState, type State } from "../../schemas/pre-verified-phone-number-state.ts";
import { requireSameGraph } from "../boundaries.ts";
import { claim, declarationText } from "../claim.ts";
import { withCodeTried } from "../codes.ts";
import type { Context } from "../context.ts";
import { converge } from "../converge.ts";
import { DeclarationError } from "../declaration-error.ts";
import { deleteForGood } from "./delete.ts";
import { echoOf, isNoted, isSettled, withDeclared } from "./echo.ts";
import { findOrAdd } from "./find.ts";
import { firstState, partnersOf, refreshed } from "./observe.ts";
import { type Outputs, outputsOf, outputsOfGet } from "./outputs.ts";
import { PRE_VERIFIED_PHASES } from "./phases.ts";
import { plan, type Step } from "./plan.ts";
import { presenceOf, withClaim } from "./presence.ts";
import { take } from "./steps.ts";

type Properties = Record<string, unknown>;

const WHAT = "the pre-verified number";

export async function createPreVerifiedPhoneNumber(
  context: Context,
  inputs: Properties,
): Promise<{ id: string; outs: Properties }> {
  const declared = declaredIn(inputs);
  const api = apiFor(context, declared);
  const { node, isNew } = await findOrAdd(context, api, declared);
  const { id } = node;
  api.introduce(id, declared.phoneNumber);
  claim(context, { id, noun: "pre-verified number", label: api.label(id), declared: identityOf(declared) });
  const met = firstState(node, declared, context.settings.baseUrl);
  const found = isNew ? withoutOldCode(context, met, declared) : met;
  const outs = await synced(context, api, inputs, found, async () =>
    // Nobody shares what was not there.
    refreshed(found, node, isNew ? declared.sharedWith && [] : await partnersOf(api, found, declared)),
  );
  warnOfTrouble(context, api.label(id), outs);
  return { id, outs };
}

export async function updatePreVerifiedPhoneNumber(
  context: Context,
  id: string,
  olds: Properties,
  inputs: Properties,
): Promise<{ outs: Properties }> {
  const declared = declaredIn(inputs);
  const now = context.now();
  const old = readState(id, olds);
  context.holders.take(id, declarationText(identityOf(declared)));
  const isStale = !isSettled(now, old, declared) || !isNoted(now, old, declared);
  if (isStale && plan(now, old, declared) === undefined) {
    return { outs: outputsOf(now, withDeclared(now, old, declared)) };
  }
  const api = apiOf(context, old, declared);
  const presence = await presenceOf(context, api, old);
  if (presence.is === "gone") {
    throw new DeclarationError(
      `${lossText(api.label(id), old)} · run pulumi up, which refreshes first and adds it again`,
    );
  }
  if (presence.is === "claimed") {
    const claimed = withDeclared(now, withClaim(now, old, presence.by), declared);
    context.say(claimText(api.label(id), claimed));
    return { outs: outputsOf(now, claimed) };
  }
  const outs = await synced(context, api, inputs, old, async () =>
    refreshed(old, presence.node, await partnersOf(api, old, declared)),
  );
  if (outs.phase !== olds.phase) warnOfTrouble(context, api.label(id), outs);
  return { outs };
}

export async function readPreVerifiedPhoneNumber(
  context: Context,
  id: string,
  props: Properties,
): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
  if (props.schemaVersion === undefined) return getPreVerifiedPhoneNumber(context, id, props);
  const now = context.now();
  const old = readState(id, props);
  const api = apiOf(context, old);
  const presence = await presenceOf(context, api, old);
  if (presence.is === "gone") {
    context.warn(`${lossText(api.label(id), old)}. It is taken out of the stack; the next pulumi up adds it again.`);
    return {};
  }
  if (context.holders.read(id) > 1) {
    context.warn(
      `Two resources of this stack manage ${api.label(id)}: they undo each other's partners. Take one of them out; one ` +
        "that an interrupted pulumi up left behind is taken out by the next.",
    );
  }
  const state =
    presence.is === "claimed"
      ? withClaim(now, old, presence.by)
      : refreshed(old, presence.node, await partnersOf(api, old));
  if (presence.is === "claimed" && old.ledger.claimedAt === undefined) context.say(claimText(api.label(id), state));
  const outs = outputsOf(now, state);
  warnOfTrouble(context, api.label(id), outs);
  return { id, props: outs, inputs: { ...echoOf(now, state) } };
}

/** Retained unless declared otherwise: then nothing is called, so that it works when the token is dead. */
export async function deletePreVerifiedPhoneNumber(
  context: () => Context,
  id: string,
  props: Properties,
): Promise<void> {
  if (props.onDelete !== "delete") return;
  const state = readState(id, props);
  const made = context();
  await deleteForGood(made, apiOf(made, state), state);
}

/** `PreVerifiedPhoneNumber.get`: nothing is declared but what tells how to read it again. */
async function getPreVerifiedPhoneNumber(context: Context, id: string, props: Properties) {
  const credential = typeof props.credential === "string" ? props.credential : undefined;
  const node = await apiFor(context, { credential }).get(id);
  const { owner_business: owner, phone_number: digits } = node;
  const identity = {
    businessId: owner?.id ?? "",
    phoneNumber: digits === undefined ? "" : `+${digits.replace(/\D/g, "")}`,
  };
  const state = firstState(node, { ...identity, credential }, context.settings.baseUrl);
  return { id, props: outputsOfGet(context.now(), state) };
}

/** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
async function synced(
  context: Context,
  api: PreVerifiedNumbers,
  inputs: Properties,
  known: State,
  observe: () => Promise<State>,
): Promise<Outputs> {
  const declared = declaredIn(inputs);
  const { now } = context;
  let isObserved = false;
  const state = await converge<State, Step | { readonly do: "observe" }>({
    found: known,
    next: (state) => (isObserved ? plan(now(), state, declared) : { do: "observe" }),
    take: async (step, state, keep) => {
      if (step.do !== "observe") return take({ context, api, declared }, step, state, keep);
      const seen = await observe();
      isObserved = true;
      return withDeclared(now(), seen, declared);
    },
    id: known.id,
    outputsOf: (state) => outputsOf(now(), state),
    inputs,
  });
  return outputsOf(now(), withDeclared(now(), state, declared));
}

/** No code can have been sent to a number that was not there: one that is declared was meant for something else. */
function withoutOldCode({ salt }: Context, state: State, { verification }: PreVerifiedPhoneNumberInputs): State {
  const { code } = verification ?? {};
  return code === undefined ? state : { ...state, ledger: withCodeTried(state.ledger, salt(), code) };
}

/** What needs a person is no error of `up`, and must not be silent either. */
function warnOfTrouble({ warn }: Context, label: string, { phase, nextAction }: Outputs): void {
  if ("attention" in PRE_VERIFIED_PHASES[phase]) warn(`${label} is ${phase}: ${nextAction}`);
}

function lossText(label: string, { echo: { businessId } }: State): string {
  return `${label} is not in the pool of business ${businessId} any more, and no account claimed it`;
}

function claimText(label: string, { echo: { businessId }, ledger: { claimedBy, phoneNumberId } }: State): string {
  const by =
    phoneNumberId === undefined
      ? "a partner's account has claimed it, or somebody deleted it"
      : `account ${claimedBy} has claimed it as number ${phoneNumberId}`;
  return `${label} left the pool of business ${businessId}: ${by}. It stays in the stack, and is not added again.`;
}

/** As it stands in the program, as far as it tells which number is meant. */
function identityOf({ businessId, phoneNumber }: PreVerifiedPhoneNumberInputs) {
  return { businessId, phoneNumber };
}

interface Access {
  readonly credential?: string | undefined;
  readonly verification?: { readonly code?: string | undefined } | undefined;
}

/** Graph's calls for a number that the stack knows: only from the Graph that it was read from. */
function apiOf(
  context: Context,
  state: State,
  access: Access = { credential: state.echo.credential },
): PreVerifiedNumbers {
  const api = apiFor(context, access);
  api.introduce(state.id, state.echo.phoneNumber);
  requireSameGraph(context, state.baseUrl, { what: WHAT, label: api.label(state.id) });
  return api;
}

function apiFor(context: Context, { credential, verification }: Access): PreVerifiedNumbers {
  const { code } = verification ?? {};
  return new PreVerifiedNumbers(context.connect(credential, code === undefined ? [] : [code]).client);
}
