/** Which stacks are meant: by name, by pattern, all of them, or the selected one; and which of them a shard has. Pure. */
import type { ListedStack } from "./engine.ts";

export interface Wanted {
  readonly stacks: readonly string[];
  readonly patterns: readonly string[];
  readonly all: boolean;
}

export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly count: number;
}

export interface Selection {
  readonly found: readonly ListedStack[];
  /** Names that no stack has. */
  readonly missing: readonly string[];
}

/** In the order of their names, so that shards of one fleet agree. */
export function selected(listed: readonly ListedStack[], { stacks, patterns, all }: Wanted): Selection {
  const isWanted = ({ name, isSelected }: ListedStack) => {
    if (all) return true;
    if (stacks.length === 0 && patterns.length === 0) return isSelected;
    return stacks.some((stack) => isNamed(name, stack)) || patterns.some((pattern) => matches(name, pattern));
  };
  return {
    found: listed.filter(isWanted).toSorted((left, right) => compare(left.name, right.name)),
    missing: stacks.filter((stack) => !listed.some(({ name }) => isNamed(name, stack))),
  };
}

/** Every stack is in exactly one shard; the shards differ by one stack at most. */
export function inShard<Item>(all: readonly Item[], { index, count }: Shard): Item[] {
  return all.filter((_, at) => at % count === index - 1);
}

/** `prod` names `acme/prod` and `acme/numbers/prod` too. */
function isNamed(name: string, wanted: string): boolean {
  return name === wanted || shortName(name) === wanted || shortName(wanted) === name;
}

/** `*` stands for any text, `?` for a character; of a name with its organization the last part may fit alone. */
export function matches(name: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const whole = new RegExp(`^${expression}$`, "s");
  return whole.test(name) || whole.test(shortName(name));
}

function shortName(name: string): string {
  return name.split("/").at(-1) ?? name;
}

/** By code units: the same everywhere. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `1/4`; undefined for anything else. */
export function shardIn(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count)) return undefined;
  return { index: Number(index), count: Number(count) };
}
