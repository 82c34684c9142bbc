/**
 * `waba drift`: what changed at Meta since the stacks were last written, of one stack or of hundreds, read-only.
 * Exit code 0 nothing to report, 2 something in the classes of --fail-on, 1 it could not be told.
 */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type Engine, findEngine } from "../drift/engine.ts";
import { acknowledged, isExpired, readClass } from "../drift/expected.ts";
import { FAIL_ON_DEFAULT } from "../drift/fail-on.ts";
import { checkFleet } from "../drift/fleet.ts";
import { FAIL_ON_WORDS, judged, summed } from "../drift/judge.ts";
import { memoryOf, remembered } from "../drift/memory.ts";
import { projectName } from "../drift/project.ts";
import { REPORT_SCHEMA_VERSION, type Report, type StackReport } from "../drift/report.ts";
import { inShard, type Shard, selected, shardIn } from "../drift/selection.ts";
import { checkStack, type StackTarget, uncheckedStack } from "../drift/stack-check.ts";
import type { Classes } from "../drift/standing.ts";
import { version } from "../version.ts";
import { readExpected, readPrevious } from "./drift-inputs.ts";
import { type Output, Outputs } from "./drift-outputs.ts";
import { interruption } from "./interruption.ts";
import { Progress } from "./progress.ts";
import { withScratch } from "./scratch.ts";

export interface DriftFlags {
  readonly stack: readonly string[];
  readonly stacks: readonly string[];
  readonly all?: true;
  readonly cwd: readonly string[];
  readonly concurrency: number;
  readonly shard?: Shard;
  readonly failOn: readonly string[];
  readonly previous: readonly string[];
  readonly class: readonly string[];
  readonly expected?: string;
}

const EXAMPLES = `
Examples:
  waba drift --stack prod-acme
  waba drift --stacks 'prod-*' --shard 1/4 --previous last.json --format json --output last.json --format table

Exit code 0: nothing to report in the classes of --fail-on; 2: something; 1: it could not be told.
docs/drift.md describes classes, waba-drift.yaml and the report.
`;

export function driftCommand(): Command {
  const outputs = new Outputs();
  return new Command("drift")
    .description("tell what changed at Meta since the stacks were last written; reads only")
    .option("--stack <name>", "a stack; may be repeated; default: the selected one", collect, [])
    .option("--stacks <pattern>", "the stacks whose names fit, as 'prod-*'; may be repeated", collect, [])
    .option("--all", "every stack of the project")
    .option("--cwd <folder>", "the folder of the Pulumi project; may be repeated", collect, [])
    .option("--concurrency <number>", "how many stacks are checked at once", atLeastOne, availableParallelism())
    .option("--shard <i/n>", "check the i-th of n equal parts of the stacks", shard)
    .option(
      "--fail-on <classes>",
      `what makes the exit code 2: ${FAIL_ON_WORDS.join(", ")}; by commas`,
      failOn,
      FAIL_ON_DEFAULT,
    )
    .option("--previous <file>", "a JSON report of an earlier run, to tell what is new; may be repeated", collect, [])
    .option("--class <field=class>", "another class for an output or a condition; may be repeated", collect, [])
    .option("--expected <file>", "what is expected; default: waba-drift.yaml, where it exists")
    .addOption(outputs.formatOption())
    .addOption(outputs.outputOption())
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError(false)
    .action((flags: DriftFlags) => drift(flags, outputs.chosen(process.env)));
}

async function drift(flags: DriftFlags, outputs: readonly Output[]): Promise<void> {
  const startedAt = new Date();
  const previous = readPrevious(flags.previous, say);
  const { expected, classes: declared } = readExpected(flags.expected, folders(flags)[0] ?? ".");
  const classes: Classes = new Map([...declared, ...flags.class.map(readClass)]);
  for (const entry of expected.filter((one) => isExpired(one, startedAt)))
    say(`expected until ${entry.until}, and counts again: ${entry.reason}`);
  for (const output of outputs) output.requireWritable();

  const engine = await findEngine();
  const { targets, missing } = await targetsOf(flags, engine);
  const { signal, dispose } = interruption();
  const progress = new Progress(targets.length, process.stderr);
  const fleet = await withScratch((scratch) =>
    checkFleet(targets, {
      concurrency: flags.concurrency,
      signal,
      check: (target) => checkStack(target, { engine, classes, now: () => new Date(), scratch, signal }),
      onChecked: (stack, done) => progress.checked(stack, done),
    }),
  ).finally(dispose);
  progress.end();

  const memory = previous.length === 0 ? undefined : memoryOf(previous);
  const stacks = [...fleet.reports, ...missing].map((stack) => {
    const known = memory === undefined ? stack : remembered(stack, memory, startedAt.toISOString());
    return acknowledged(known, expected, startedAt);
  });
  const report: Report = {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: "pulumi-waba", version },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    ...latest(previous),
    ...judged(stacks, flags.failOn),
    failOn: [...flags.failOn],
    summary: summed(stacks, fleet.calls, memory !== undefined),
    stacks,
  };
  for (const output of outputs) output.write(report);
  say(`${report.verdict} ${fleet.calls} ${fleet.calls === 1 ? "call" : "calls"} to Graph.`);
  process.exitCode = report.exitCode;
}

function latest(previous: readonly Report[]): { previousAt?: string } {
  const at = previous
    .map(({ finishedAt }) => finishedAt)
    .toSorted()
    .at(-1);
  return at === undefined ? {} : { previousAt: at };
}

interface Targets {
  readonly targets: readonly StackTarget[];
  /** Stacks that were named and do not exist: one of them must not hide the others. */
  readonly missing: readonly StackReport[];
}

async function targetsOf(flags: DriftFlags, engine: Engine): Promise<Targets> {
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

function whyNone({ stacks, all }: DriftFlags, missing: readonly string[]): string {
  if (missing.length > 0) return `there is no stack ${missing.join(", ")} here: pulumi stack ls lists them`;
  if (stacks.length > 0) return `no stack fits ${stacks.join(", ")}: pulumi stack ls lists them`;
  if (all === true) return "the project has no stack";
  return "no stack is selected: name one by --stack, or use --stacks 'prod-*' or --all";
}

function folders({ cwd }: DriftFlags): readonly string[] {
  return cwd.length === 0 ? ["."] : cwd;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function collect(value: string, before: readonly string[]): readonly string[] {
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

function failOn(text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim());
  const wrong = words.find((word) => !FAIL_ON_WORDS.includes(word));
  if (wrong !== undefined) throw new InvalidArgumentError(`It must be of: ${FAIL_ON_WORDS.join(", ")}.`);
  return words;
}
