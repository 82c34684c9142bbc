/** The stacks that a command is for: its options, and what the engine knows of them. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Engine } from "../drift/engine.ts";
import { projectName } from "../drift/project.ts";
import type { StackReport } from "../drift/report.ts";
import { inShard, type Shard, selected, shardIn } from "../drift/selection.ts";
import { type StackTarget, uncheckedStack } from "../drift/stack-check.ts";

export interface StacksFlags {
  readonly stack: readonly string[];
  readonly stacks: readonly string[];
  readonly all?: true;
  readonly cwd: readonly string[];
  readonly concurrency: number;
  readonly shard?: Shard;
}

/** Adds the options. */
export function onStacks(command: Command): Command {
  return command
    .option("--stack <name>", "a stack; may be repeated; default: the selected one", collect, [])
    .option("--stacks <pattern>", "the stacks whose names fit, as 'prod-*'; may be repeated", collect, [])
    .option("--all", "every stack of the project")
    .option("--cwd <folder>", "the folder of the Pulumi project; may be repeated", collect, [])
    .option("--concurrency <number>", "how many stacks are checked at once", atLeastOne, availableParallelism())
    .option("--shard <i/n>", "check the i-th of n equal parts of the stacks", shard);
}

export interface Targets {
  readonly targets: readonly StackTarget[];
  /** Stacks that were named and do not exist: one of them must not hide the others. */
  readonly missing: readonly StackReport[];
}

export async function targetsOf(flags: StacksFlags, engine: Engine): Promise<Targets> {
  const { stack: stacks, stacks: patterns, all = false } = flags;
  const found = await Promise.all(
    folders(flags).map(async (shownCwd) => {
      const cwd = resolve(shownCwd);
      const place = { cwd, shownCwd, project: projectName(cwd) };
      const selection = selected(await engine.stacks(cwd), { stacks, patterns, all });
      return { place, ...selection };
    }),
  );
  const targets = found.flatMap(({ place, found: listed }) =>
    listed.map(({ name, recordedAt }) => ({ ...place, stack: name, recordedAt })),
  );
  const missing = stacks.filter((name) => found.every((one) => one.missing.includes(name)));
  if (targets.length === 0) throw new SelectionError(whyNone(flags, missing));
  const mine = flags.shard === undefined ? targets : inShard(targets, flags.shard);
  if (mine.length === 0)
    throw new SelectionError(`there are only ${targets.length} stacks for ${flags.shard?.count} shards`);
  const [first] = found;
  const isFirst = flags.shard === undefined || flags.shard.index === 1;
  return {
    targets: mine,
    missing:
      first === undefined || !isFirst
        ? []
        : missing.map((stack) => uncheckedStack({ ...first.place, stack }, "There is no stack of this name.")),
  };
}

/** There is nothing to check. */
export class SelectionError extends Error {
  override readonly name = "SelectionError";
}

function whyNone({ stacks, all }: StacksFlags, missing: readonly string[]): string {
  if (missing.length > 0) return `there is no stack ${missing.join(", ")} here: pulumi stack ls lists them`;
  if (stacks.length > 0) return `no stack fits ${stacks.join(", ")}: pulumi stack ls lists them`;
  if (all === true) return "the project has no stack";
  return "no stack is selected: name one by --stack, or use --stacks 'prod-*' or --all";
}

export function folders({ cwd }: StacksFlags): readonly string[] {
  return cwd.length === 0 ? ["."] : cwd;
}

/** For an option that may be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1 to 999.");
  return Number(text);
}

function shard(text: string): Shard {
  const parsed = shardIn(text);
  if (parsed === undefined) throw new InvalidArgumentError("It must look like 1/4.");
  return parsed;
}
