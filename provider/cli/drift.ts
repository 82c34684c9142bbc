/**
 * `waba drift`: what changed at Meta since the stacks were last written, of one stack or of hundreds, read-only.
 * Exit code 0 nothing to report, 2 something in the classes of --fail-on, 1 it could not be told.
 */
import { Command, InvalidArgumentError, Option } from "commander";
import { findEngine } from "../drift/engine.ts";
import { acknowledged, isExpired, readClass } from "../drift/expected.ts";
import { FAIL_ON_DEFAULT } from "../drift/fail-on.ts";
import { checkFleet } from "../drift/fleet.ts";
import { FAIL_ON_WORDS, judged, summed } from "../drift/judge.ts";
import { memoryOf, remembered } from "../drift/memory.ts";
import { REPORT_SCHEMA_VERSION, type Report } from "../drift/report.ts";
import { checkStack } from "../drift/stack-check.ts";
import type { Classes } from "../drift/standing.ts";
import { version } from "../version.ts";
import { readExpected, readPrevious } from "./drift-inputs.ts";
import { type Output, Outputs } from "./drift-outputs.ts";
import { interruption } from "./interruption.ts";
import { Progress } from "./progress.ts";
import { withScratch } from "./scratch.ts";
import { collect, folders, onStacks, type StacksFlags, targetsOf } from "./stacks.ts";

interface DriftFlags extends StacksFlags {
  readonly failOn: readonly string[];
  readonly previous: readonly string[];
  readonly class: readonly string[];
  readonly expected?: string;
}

const EXAMPLES = `
Examples:
  npx waba drift --stack prod-acme
  npx waba drift --stacks 'prod-*' --shard 1/4 --previous last.json --format json --output last.json --format table

Exit code 0: nothing to report in the classes of --fail-on; 2: something; 1: it could not be told.
docs/drift.md describes classes, waba-drift.yaml and the report.
`;

export function driftCommand(): Command {
  const outputs = new Outputs();
  return onStacks(new Command("drift"))
    .description("tell what changed at Meta since the stacks were last written; reads only")
    .addOption(failOnOption().default(FAIL_ON_DEFAULT, FAIL_ON_DEFAULT.join(",")))
    .option("--previous <file>", "a JSON report of an earlier run, to tell what is new; may be repeated", collect, [])
    .option("--class <field=class>", "another class for an output or a condition; may be repeated", collect, [])
    .option("--expected <file>", "what is expected; default: waba-drift.yaml, where it exists")
    .addOption(outputs.formatOption())
    .addOption(outputs.outputOption())
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError(false)
    .action((flags: DriftFlags) => drift(flags, outputs.chosen(process.env)));
}

export function failOnOption(): Option {
  const what = `what makes the exit code 2: ${FAIL_ON_WORDS.join(", ")}; by commas`;
  return new Option("--fail-on <classes>", what).argParser(failOn);
}

async function drift(flags: DriftFlags, outputs: readonly Output[]): Promise<void> {
  const startedAt = new Date();
  const previous = readPrevious(flags.previous, say);
  const expectedOf = readExpected(flags.expected, folders(flags));
  const classes = flags.class.map(readClass);
  const classesOf = (folder: string): Classes => new Map([...expectedOf(folder).classes, ...classes]);
  const entries = new Set(folders(flags).flatMap((folder) => expectedOf(folder).expected));
  for (const entry of [...entries].filter((one) => isExpired(one, startedAt)))
    say(`expected until ${entry.until}, and counts again: ${entry.reason}`);
  for (const output of outputs) output.requireWritable();

  const engine = await findEngine();
  const { targets, missing } = await targetsOf(flags, engine);
  const { signal, dispose } = interruption(true);
  const progress = new Progress(targets.length, process.stderr);
  const fleet = await withScratch((scratch) =>
    checkFleet(targets, {
      concurrency: flags.concurrency,
      signal,
      check: (target) =>
        checkStack(target, { engine, classes: classesOf(target.shownCwd), now: () => new Date(), scratch, signal }),
      onChecked: (stack, done) => progress.checked(stack, done),
    }),
  ).finally(dispose);
  progress.end();

  const memory = previous.length === 0 ? undefined : memoryOf(previous);
  const stacks = [...fleet.reports, ...missing].map((stack) => {
    const told = acknowledged(stack, expectedOf(stack.cwd).expected, startedAt);
    return memory === undefined ? told : remembered(told, memory, startedAt.toISOString());
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

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function failOn(text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim());
  const wrong = words.find((word) => !FAIL_ON_WORDS.includes(word));
  if (wrong !== undefined) throw new InvalidArgumentError(`It must be of: ${FAIL_ON_WORDS.join(", ")}.`);
  return words;
}
