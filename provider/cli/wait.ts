/**
 * `waba wait NUMBER --for registered|name`: looks again and again, politely, until a number is registered or Meta has
 * decided about its name: days, if need be, outside the engine. What is past already is success, and what waiting
 * cannot bring ends at once. Exit code 0 reached, 2 decided otherwise or not reached in time, 1 could not tell.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import {
  BlockedError,
  DeadlineError,
  GraphError,
  NetworkError,
  ThrottledError,
  UnexpectedAnswerError,
} from "../graph/errors.ts";
import { onNumber, onTarget, type TargetFlags, upText } from "./target.ts";
import { type Goal, type Verdict, verdictOf } from "./verdict.ts";

/** Meta gives a fresh account 200 calls an hour, and others need them too. */
const EVERY_MIN_SECONDS = 30;
/** After Meta throttled: its blocks last minutes, and each further call can prolong them. */
const THROTTLED_SECONDS = 15 * 60;

interface WaitFlags extends TargetFlags {
  readonly for: Goal;
  readonly every: number;
  readonly timeout: number;
}

export function waitCommand(): Command {
  return onNumber(new Command("wait"))
    .description("wait until a number is registered, or Meta has decided about its name")
    .addOption(new Option("--for <what>", "what to wait for").choices(["registered", "name"]).makeOptionMandatory())
    .option("--every <seconds>", `pause between two looks, at least ${EVERY_MIN_SECONDS}`, pause, 60)
    .option("--timeout <seconds>", "give up after this", seconds, 4 * 24 * 3600)
    .addHelpText("after", "\nExample, of three days at most:\n  npx waba wait +16315551111 --for name --timeout 259200")
    .addHelpText("after", "\nExit code: 0 reached, 2 decided otherwise or not reached in time, 1 it could not be told")
    .action(run);
}

async function run(number: string, { for: goal, every, timeout, ...flags }: WaitFlags): Promise<void> {
  await onTarget(number, flags, async (target) => {
    const { outcome, text } = await waitUntil({
      look: async () =>
        verdictOf(goal, await target.read(), { requestedName: target.requestedName, up: upText(flags) }),
      sleep: delay,
      every,
      timeout,
      note: (line) => process.stderr.write(`${target.label()}: ${line}\n`),
    });
    const late = outcome === "waiting" ? `after ${timeout} s still ` : "";
    process.stdout.write(`${target.label()}: ${late}${text}\n`);
    process.exitCode = outcome === "reached" ? 0 : 2;
  });
}

export interface Patience {
  readonly look: () => Promise<Verdict>;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Seconds. */
  readonly every: number;
  readonly timeout: number;
  /** A line for the person who waits: what a look showed, where it is news, and what failed. */
  readonly note: (line: string) => void;
}

/** `waiting` when the time is up. What may pass (network, throttling, Meta's own failures) is waited out. */
export async function waitUntil({ look, sleep, every, timeout, note }: Patience): Promise<Verdict> {
  let last: Verdict = { outcome: "waiting", text: "not seen: Graph could not be read" };
  let noted: string | undefined;
  for (let waited = 0; ; ) {
    let pauseFor = every;
    try {
      last = await look();
      if (last.outcome !== "waiting") return last;
      if (last.text !== noted) note(`${last.text} (looking again every ${every} s)`);
      noted = last.text;
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (error instanceof ThrottledError || error instanceof BlockedError)
        pauseFor = Math.max(every, THROTTLED_SECONDS);
      note(`${error.message} (looking again in ${pauseFor} s)`);
    }
    if (waited + pauseFor > timeout) return last;
    await sleep(pauseFor * 1000);
    waited += pauseFor;
  }
}

function mayPass(error: unknown): error is Error {
  if ([ThrottledError, BlockedError, DeadlineError].some((kind) => error instanceof kind)) return true;
  const known = error instanceof GraphError || error instanceof NetworkError || error instanceof UnexpectedAnswerError;
  return known && error.retryable;
}

function pause(text: string): number {
  const value = seconds(text);
  if (value < EVERY_MIN_SECONDS) throw new InvalidArgumentError(`It must be at least ${EVERY_MIN_SECONDS}.`);
  return value;
}

function seconds(text: string): number {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError("It must be whole seconds.");
  return Number(text);
}
