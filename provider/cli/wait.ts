/**
 * `waba wait NUMBER --for registered|name`: looks again and again, politely, until a number is registered or Meta has
 * decided about its name: days, if need be, outside the engine. What is past already is success.
 * Exit code 0 reached, 2 decided otherwise or not reached in time, 1 could not tell.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { AccessTokenError, GraphError, NotFoundError, PermissionError, ThrottledError } from "../graph/errors.ts";
import { isApproved } from "../lifecycle/name.ts";
import { isRegistered } from "../lifecycle/phase.ts";
import { observedOf } from "../lifecycle/phone-number/observe.ts";
import type { Observed } from "../schemas/phone-number-state.ts";
import { findTarget, onNumber, type TargetFlags } from "./target.ts";

/** Meta gives a fresh account 200 calls an hour, and others need them too. */
const EVERY_MIN_SECONDS = 30;
/** After Meta throttled: its blocks last minutes, and each further call can prolong them. */
const THROTTLED_SECONDS = 15 * 60;

export type Goal = "registered" | "name";

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
    .action(run);
}

/** What a look tells: undefined where it is worth waiting on. */
export interface Verdict {
  readonly reached: boolean;
  readonly text: string;
}

export function verdictOf(goal: Goal, observed: Observed): Verdict | undefined {
  const { status, newNameStatus, nameStatus, verifiedName, newDisplayName } = observed;
  if (status === "BANNED" || status === "MIGRATED") return { reached: false, text: `its status is ${status}` };
  if (goal === "registered") {
    return isRegistered(observed)
      ? { reached: true, text: `registered as ${JSON.stringify(verifiedName)}` }
      : undefined;
  }
  const open = newNameStatus !== undefined && newNameStatus !== "NONE";
  const name = JSON.stringify(open ? (newDisplayName ?? verifiedName) : verifiedName);
  const decided = open ? newNameStatus : nameStatus;
  if (decided === "PENDING_REVIEW") return undefined;
  if (isApproved(decided))
    return { reached: true, text: `the name ${name} is ${decided}${open ? "; run pulumi up" : ""}` };
  return { reached: false, text: `the name ${name} is ${decided ?? "not shown"}` };
}

async function run(number: string, { for: goal, every, timeout, ...flags }: WaitFlags): Promise<void> {
  const { id, label, api, close } = await findTarget(number, flags);
  try {
    const verdict = await waitUntil({
      look: async () => verdictOf(goal, observedOf(await api().get(id))),
      sleep: delay,
      every,
      timeout,
      note: (line) => process.stderr.write(`${label}: ${line}\n`),
    });
    process.stdout.write(
      `${label}: ${verdict?.text ?? `not ${goal === "name" ? "decided" : goal} after ${timeout} s`}\n`,
    );
    process.exitCode = verdict?.reached === true ? 0 : 2;
  } finally {
    await close();
  }
}

export interface Patience {
  readonly look: () => Promise<Verdict | undefined>;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Seconds. */
  readonly every: number;
  readonly timeout: number;
  readonly note: (line: string) => void;
}

/** Undefined when the time is up. What may pass (network, throttling, Meta's own failures) is waited out. */
export async function waitUntil({ look, sleep, every, timeout, note }: Patience): Promise<Verdict | undefined> {
  for (let waited = 0; ; ) {
    let pauseFor = every;
    try {
      const verdict = await look();
      if (verdict !== undefined) return verdict;
    } catch (error) {
      if (isFinal(error)) throw error;
      if (error instanceof ThrottledError) pauseFor = Math.max(every, THROTTLED_SECONDS);
      note(error instanceof Error ? error.message : String(error));
    }
    if (waited + pauseFor > timeout) return undefined;
    await sleep(pauseFor * 1000);
    waited += pauseFor;
  }
}

function isFinal(error: unknown): boolean {
  const kinds = [AccessTokenError, PermissionError, NotFoundError];
  if (kinds.some((kind) => error instanceof kind)) return true;
  return error instanceof GraphError && !error.retryable && !(error instanceof ThrottledError);
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
