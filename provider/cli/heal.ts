/**
 * `waba heal --only re-register|registration`: what an unattended night may do. A targeted `up` of the numbers that are to
 * be registered, and nothing else: where the program has other changes for them, nothing is done. Each write is told.
 * Exit code 0 done, or nothing to do; 2 something is left to a person; 1 it failed, or could not be told.
 */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Command, Option } from "commander";
import type { Healing } from "../drift/commands.ts";
import { type Engine, EngineError, findEngine } from "../drift/engine.ts";
import { checkFleet } from "../drift/fleet.ts";
import { HEALED_PHASES, isHealed, isHealedBy, refusals } from "../drift/healing.ts";
import type { CheckedResource, StackReport } from "../drift/report.ts";
import { checkStack, presentConfig, type StackTarget } from "../drift/stack-check.ts";
import { withHidden } from "../drift/steps.ts";
import { comparisonsIn } from "../lifecycle/diff-log.ts";
import { visible } from "../visible.ts";
import { interruption } from "./interruption.ts";
import { Progress } from "./progress.ts";
import { withScratch } from "./scratch.ts";
import { onStacks, type StacksFlags, targetsOf } from "./stacks.ts";

interface HealFlags extends StacksFlags {
  readonly only: Healing;
  readonly yes?: true;
}

const EXAMPLES = `
Examples:
  npx waba heal --only re-register --stack prod-acme
  npx waba heal --only registration --stacks 'prod-*' --yes

re-register: Meta approved a display name, which holds once the number is registered again.
registration: a registration that was lost, or that all is ready for.
Exit code 0: done, or nothing to do; 2: something is left to a person; 1: it failed, or could not be told.
`;

export function healCommand(): Command {
  return onStacks(new Command("heal"))
    .description("register the numbers that wait for it, and do nothing else")
    .addOption(new Option("--only <what>", "what is mended").choices(Object.keys(HEALED_PHASES)).makeOptionMandatory())
    .option("--yes", "without asking")
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError(false)
    .action(heal);
}

async function heal(flags: HealFlags): Promise<void> {
  const engine = await findEngine();
  const { targets, missing } = await targetsOf(flags, engine);
  const { signal, dispose } = interruption(false);
  const progress = new Progress(targets.length, process.stderr);
  const classes = new Map();
  const outcomes = await withScratch(async (scratch) => {
    const { reports } = await checkFleet(targets, {
      concurrency: flags.concurrency,
      signal,
      check: (target) => checkStack(target, { engine, classes, now: () => new Date(), scratch, signal }),
      onChecked: (stack, done) => progress.checked(stack, done),
    });
    progress.end();
    const all: Outcome[] = missing.map(told);
    // One after the other: writes are not hurried.
    for (const [at, report] of reports.entries()) {
      const target = targets[at];
      const due = report.resources.filter((resource) => isHealedBy(flags.only, resource));
      all.push(told(report));
      if (target === undefined || due.length === 0) continue;
      if (signal.aborted) all.push(interrupted(target));
      else all.push(await healStack({ target, due, flags, engine, scratch, signal }).catch(failed(target)));
    }
    return all;
  }).finally(dispose);
  if (!outcomes.some((outcome) => outcome !== "checked")) say(`No number waits for its ${flags.only}.`);
  process.exitCode = outcomes.includes("failed") ? 1 : outcomes.includes("left") ? 2 : 0;
}

/** `left`: a person has to decide. */
type Outcome = "checked" | "done" | "left" | "failed";

/** A token that was lost is as good as an error here: of its numbers nothing could be told. */
function told({
  project,
  stack,
  outcome,
  errors,
}: Pick<StackReport, "project" | "stack" | "outcome" | "errors">): Outcome {
  if (outcome === "checked") return "checked";
  const why = errors.length === 0 ? ["Some numbers could not be read: waba drift says why."] : errors;
  for (const error of why) warn(`${project}/${stack}: ${error}`);
  return "failed";
}

function failed({ project, stack }: StackTarget): (error: unknown) => Outcome {
  return (error) => {
    if (!(error instanceof EngineError)) throw error;
    warn(`${project}/${stack}: ${error.message}`);
    return "failed";
  };
}

/** Numbers wait there, and nobody looked after them. */
function interrupted({ project, stack }: StackTarget): Outcome {
  warn(`${project}/${stack}: nothing was done: it was interrupted before.`);
  return "failed";
}

interface Case {
  readonly target: StackTarget;
  readonly due: readonly CheckedResource[];
  readonly flags: HealFlags;
  readonly engine: Engine;
  readonly scratch: string;
  readonly signal: AbortSignal;
}

async function healStack({ target, due, flags, engine, scratch, signal }: Case): Promise<Outcome> {
  const where = `${target.project}/${target.stack}`;
  const audit = process.env.WABA_AUDIT_LOG || join(scratch, "audit.jsonl");
  const compared = join(scratch, `${randomUUID()}.jsonl`);
  const env = { ...presentConfig(await engine.config(target)), WABA_AUDIT_LOG: audit };
  const targets = due.map(({ urn }) => urn);
  const steps = await engine.plan(target, { env: { ...env, WABA_DIFF_LOG: compared }, targets, signal });
  const plan = withHidden(steps, comparisonsIn(textOf(compared)));
  const why = refusals(flags.only, targets, plan);
  if (why.length > 0) {
    for (const reason of why) warn(`${where}: nothing was done. ${reason} Run pulumi up for it.`);
    return "left";
  }
  const planned = plan.map(({ urn }) => urn).filter((urn) => targets.includes(urn));
  for (const { urn, name, number = name, phase } of due) {
    say(
      `${where}: ${number} (${name}) is ${phase}${planned.includes(urn) ? "" : ", and the program would leave it so"}.`,
    );
  }
  if (planned.length === 0) return "left";
  if (flags.yes !== true && !(await isAgreedTo(planned.length))) {
    say(`${where}: nothing was done. --yes does it without asking.`);
    return "left";
  }
  const before = linesOf(audit).length;
  const { steps: done, errors } = await engine.up(target, { env, targets: planned, signal });
  for (const line of linesOf(audit).slice(before)) say(`${where}: wrote ${line}`);
  for (const error of errors) warn(`${where}: ${error}`);
  for (const { urn, outputs } of done.filter((step) => planned.includes(step.urn))) {
    say(`${where}: ${urn.split("::").at(-1)} is ${outputs.phase}.`);
  }
  const healed = done.filter((step) => planned.includes(step.urn) && isHealed(step));
  if (errors.length > 0) return "failed";
  return healed.length === due.length ? "done" : "left";
}

async function isAgreedTo(count: number): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Register ${count === 1 ? "it" : `these ${count}`}? (yes/no) `);
    return answer.trim().toLowerCase() === "yes";
  } finally {
    terminal.close();
  }
}

function linesOf(file: string): string[] {
  return textOf(file).trim().split("\n").filter(Boolean);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`);
}

function warn(line: string): void {
  process.stderr.write(`warning: ${visible(line)}\n`);
}
