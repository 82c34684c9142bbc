/**
 * Which pre-verified number a command means, and how to reach it: one of the stack, by its digits, its id or its name, or
 * one that the pool of a business has (`--business`).
 */
import { graphRefusal, readSettings } from "../config.ts";
import { PreVerifiedNumbers } from "../graph/pre-verified-numbers.ts";
import { createTransport } from "../graph/transport.ts";
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { findInPool } from "../lifecycle/pre-verified-phone-number/find.ts";
import { firstState, refreshed } from "../lifecycle/pre-verified-phone-number/observe.ts";
import { readState, type State } from "../schemas/pre-verified-phone-number-state.ts";
import { ownState } from "../schemas/stored-state.ts";
import type { Asked } from "./asked.ts";
import { contextOf, flagsText, knownAs, type PoolFlags, refuse } from "./target.ts";

export interface PreVerifiedTarget {
  readonly id: string;
  /** How messages name the number. */
  label(): string;
  /** The number as Graph shows it, with what the stack remembers of it. */
  read(): Promise<State>;
  /** Graph's calls, each time with the time of one operation. */
  api(): PreVerifiedNumbers;
}

/** A number of an account counts first: one that was claimed may stand in the stack as both. */
export function isPreVerified({ numbers, preVerified }: Asked, number: string, flags: PoolFlags): boolean {
  if (flags.business !== undefined) return true;
  return knownAs(numbers, number, flags.waba) === undefined && knownAs(preVerified, number, undefined) !== undefined;
}

/** @throws ConfigError, DeclarationError, what Graph's calls throw, or what `run` throws */
export async function onPreVerifiedTarget(
  { config, preVerified }: Asked,
  number: string,
  flags: PoolFlags,
  run: (target: PreVerifiedTarget) => Promise<void>,
): Promise<void> {
  const settings = readSettings(process.env, config);
  const known = knownAs(preVerified, number, undefined);
  refuse(graphRefusal(settings, known?.baseUrl));
  const transport = createTransport(process.env);
  try {
    const context = contextOf(settings, transport);
    const credential = flags.credential ?? known?.credential;
    const calls = () => new PreVerifiedNumbers(context.connect(credential).client);
    const id = known?.id ?? (await idInPool(calls(), number, flags));
    let shown = known?.phoneNumber ?? (number.startsWith("+") ? number : undefined);
    const api = () => {
      const made = calls();
      if (shown !== undefined) made.introduce(id, shown);
      made.nameInCommands(id, `${number}${flagsText(flags)}`);
      return made;
    };
    const read = async () => {
      const old = known && ownState(readState, known.id, known.outputs);
      // Graph knows it no more.
      if (old?.ledger.claimedAt !== undefined) return old;
      const node = await api().get(id);
      shown ??= node.phone_number;
      if (old !== undefined) return refreshed(old, node, undefined);
      const identity = { businessId: flags.business ?? node.owner_business?.id ?? "", phoneNumber: shown ?? id };
      return firstState(node, identity, settings.baseUrl);
    };
    await run({ id, api, label: () => api().label(id), read });
  } finally {
    await transport.close();
  }
}

async function idInPool(api: PreVerifiedNumbers, number: string, { business = "" }: PoolFlags): Promise<string> {
  if (!number.startsWith("+")) return number;
  const found = findInPool(await api.list(business, { phoneNumber: number }), { phoneNumber: number });
  if (found !== undefined) return found.id;
  throw new DeclarationError(`the pool of business ${business} has no number ${number}. Name it by its id, or add it`);
}
