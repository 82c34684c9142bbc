/**
 * What Pulumi calls on a part that every number has, as its profile and its settings, in the order Observe → Sync →
 * Return: it is there with its number, adopted as it is, and never deleted.
 */
import type { GraphClient } from "../graph/client.ts";
import type { PhoneNumbers } from "../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { requireAllowed, requireSameGraph } from "./boundaries.ts";
import { claim, declarationText } from "./claim.ts";
import type { Context } from "./context.ts";
import { converge } from "./converge.ts";
import { DeclarationError } from "./declaration-error.ts";
import { accountOf, type HostArgs, hostNumber, hostNumberOrGone } from "./host-number.ts";

type Properties = Record<string, unknown>;

/** What the handlers look at in a state; the rest is the class's own. */
export interface PartState {
  readonly id: string;
  readonly baseUrl: string;
  readonly echo: HostArgs;
  readonly observed: { readonly livesOnApp: boolean; readonly displayPhoneNumber?: string | undefined };
}

export interface Met {
  readonly id: string;
  readonly phoneNumberId: string;
  readonly credential: string | undefined;
  readonly baseUrl: string;
}

/** @typeParam Found what Graph's call answers of the part */
export interface NumberPart<Declared extends HostArgs, State extends PartState, Step extends { do: string }, Found> {
  /** How messages name the part. */
  readonly words: {
    /** As "the business profile": what was not touched, and is not another Graph's. */
    readonly what: string;
    /** As "business profile": of which a number has one. */
    readonly noun: string;
    /** As "a business profile", of which an id is none. */
    readonly kind: string;
    /** As "the business profile", before "of" and a number. */
    readonly part: string;
    /** As "business profile is", before "taken out". */
    readonly partIs: string;
    /** What two resources undo of each other, as "each other's texts". */
    readonly undone: string;
    /** What holds on the app, as "business profile is changed there". */
    readonly onApp: string;
  };
  readonly idOf: (phoneNumberId: string) => string;
  readonly phoneNumberIdIn: (id: string) => string | undefined;
  readonly declaredIn: (inputs: Properties) => Declared;
  readonly readState: (id: string, stored: Properties) => State;
  readonly firstState: (met: Met, node: PhoneNumberNode, found: Found) => State;
  readonly refreshed: (state: State, node: PhoneNumberNode, found: Found) => State;
  /** True where nobody has set anything yet. */
  readonly isEmpty: (state: State) => boolean;
  readonly withDeclared: (state: State, declared: Declared) => State;
  readonly isSettled: (state: State, declared: Declared) => boolean;
  readonly echoOf: (state: State) => Properties;
  readonly outputsOf: (state: State) => Properties;
  readonly outputsOfGet: (state: State) => Properties;
  readonly plan: (state: State, declared: Declared) => Step | undefined;
  readonly connect: (client: GraphClient, labelOf: (phoneNumberId: string) => string) => Calls<State, Step, Found>;
}

interface Calls<State, Step, Found> {
  readonly get: (phoneNumberId: string) => Promise<Found>;
  readonly take: (step: Step, state: State, label: string) => Promise<State>;
}

export interface NumberPartHandlers {
  create(context: Context, inputs: Properties): Promise<{ id: string; outs: Properties }>;
  update(context: Context, id: string, olds: Properties, inputs: Properties): Promise<{ outs: Properties }>;
  read(
    context: Context,
    id: string,
    props: Properties,
  ): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  delete(context: () => Context, id: string, props: Properties): Promise<void>;
}

export function handlersOf<Declared extends HostArgs, State extends PartState, Step extends { do: string }, Found>(
  it: NumberPart<Declared, State, Step, Found>,
): NumberPartHandlers {
  const { words } = it;

  interface Api extends Calls<State, Step, Found> {
    readonly numbers: PhoneNumbers;
  }

  function connected(context: Context, credential: string | undefined): Api {
    const { client, numbers } = context.connect(credential);
    return { numbers, ...it.connect(client, (number) => numbers.label(number)) };
  }

  function connect(context: Context, { wabaId, credential }: Omit<HostArgs, "phoneNumberId">): Api {
    requireAllowed(context, wabaId, words.what);
    return connected(context, credential);
  }

  function introduce({ numbers }: Api, { echo: { phoneNumberId, wabaId }, observed }: State): void {
    numbers.introduce(phoneNumberId, observed.displayPhoneNumber, wabaId);
  }

  /** A number on the app is no error of `up`, and must not be silent either. */
  function warnOfApp({ warn }: Context, label: string, { observed: { livesOnApp } }: State): void {
    if (!livesOnApp) return;
    warn(`${label} lives on the WhatsApp Business app: its ${words.onApp}, and nothing is written here.`);
  }

  /** Sync and Return: the outputs, or an InitError that holds them as far as they were achieved. */
  async function synced(context: Context, api: Api, inputs: Properties, found: State): Promise<Properties> {
    const declared = it.declaredIn(inputs);
    const label = api.numbers.label(declared.phoneNumberId);
    warnOfApp(context, label, found);
    const state = await converge({
      found: it.withDeclared(found, declared),
      next: (state) => it.plan(state, declared),
      take: (step, state) => api.take(step, state, label),
      id: found.id,
      outputsOf: it.outputsOf,
      inputs,
    });
    return it.outputsOf(it.withDeclared(state, declared));
  }

  /** `get` of the class: nothing is declared but what tells how to read it again. */
  async function got(context: Context, id: string, props: Properties) {
    const phoneNumberId = it.phoneNumberIdIn(id);
    if (phoneNumberId === undefined) {
      throw new DeclarationError(
        `${JSON.stringify(id)} is no id of ${words.kind} · it is the id of its number, as "1972385232742141"`,
      );
    }
    const credential = typeof props.credential === "string" ? props.credential : undefined;
    const api = connected(context, credential);
    const node = await api.numbers.get(phoneNumberId);
    requireAllowed(context, accountOf(node), words.what);
    const { baseUrl } = context.settings;
    const state = it.firstState({ id, phoneNumberId, credential, baseUrl }, node, await api.get(phoneNumberId));
    return { id, props: it.outputsOfGet(state) };
  }

  return {
    create: async (context, inputs) => {
      const declared = it.declaredIn(inputs);
      const { phoneNumberId, credential } = declared;
      const api = connect(context, declared);
      const id = it.idOf(phoneNumberId);
      const node = await hostNumber(context, api.numbers, declared);
      const label = api.numbers.label(phoneNumberId);
      claim(context, { id, noun: words.noun, label, declared: { phoneNumberId } });
      const { baseUrl } = context.settings;
      const found = it.firstState({ id, phoneNumberId, credential, baseUrl }, node, await api.get(phoneNumberId));
      if (!it.isEmpty(found)) {
        context.say(`Adopted ${words.part} of ${label}: what the program does not declare stays as it is.`);
      }
      return { id, outs: await synced(context, api, inputs, found) };
    },

    update: async (context, id, olds, inputs) => {
      const declared = it.declaredIn(inputs);
      const { phoneNumberId, wabaId } = declared;
      const old = it.readState(id, olds);
      context.holders.take(id, declarationText({ phoneNumberId }));
      const isMoved = wabaId !== undefined && wabaId !== old.echo.wabaId;
      if (!isMoved && !it.isSettled(old, declared) && it.plan(old, declared) === undefined) {
        return { outs: it.outputsOf(it.withDeclared(old, declared)) };
      }
      const api = connect(context, declared);
      introduce(api, old);
      requireSameGraph(context, old.baseUrl, { what: words.what, label: api.numbers.label(phoneNumberId) });
      const node = await hostNumber(context, api.numbers, declared);
      const found = it.refreshed(old, node, await api.get(phoneNumberId));
      return { outs: await synced(context, api, inputs, found) };
    },

    read: async (context, id, props) => {
      if (props.schemaVersion === undefined) return got(context, id, props);
      const old = it.readState(id, props);
      const { phoneNumberId } = old.echo;
      const api = connect(context, old.echo);
      introduce(api, old);
      const label = api.numbers.label(phoneNumberId);
      requireSameGraph(context, old.baseUrl, { what: words.what, label });
      const node = await hostNumberOrGone(context, api.numbers, old.echo);
      if (node === undefined) {
        context.warn(
          `${label} is not on account ${old.echo.wabaId} any more: its ${words.partIs} taken out of the stack; the next ` +
            "pulumi up needs the id of another number.",
        );
        return {};
      }
      if (context.holders.read(id) > 1) {
        context.warn(
          `Two resources of this stack manage ${words.part} of ${label}: they undo ${words.undone}. Take one of ` +
            "them out; one that an interrupted pulumi up left behind is taken out by the next.",
        );
      }
      const state = it.refreshed(old, node, await api.get(phoneNumberId));
      warnOfApp(context, label, state);
      return { id, props: it.outputsOf(state), inputs: it.echoOf(state) };
    },

    // Always retained: nothing is called, so that it works when the token is dead.
    delete: async () => {},
  };
}
