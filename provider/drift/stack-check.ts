/**
 * One stack: its present configuration is handed to the engine's process by environment, so that a rotated token works
 * without an `up`; the engine previews a refresh; what it saw is judged. Whatever fails is told in the stack's report.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { PRESENT_CONFIG, readSettings } from "../config.ts";
import { type Engine, EngineError, type StackPlace } from "./engine.ts";
import type { Observation } from "./events.ts";
import { judgedFailures, type KnownToken, readCallLog } from "./failures.ts";
import type { CheckedResource, Finding, StackReport } from "./report.ts";
import type { Classes } from "./standing.ts";
import { verdictOf } from "./verdict.ts";

export interface StackTarget extends StackPlace {
  readonly project: string;
  /** As the person named the folder. */
  readonly shownCwd: string;
  readonly recordedAt: string | undefined;
}

export interface CheckOptions {
  readonly engine: Engine;
  readonly classes: Classes;
  readonly now: () => Date;
  /** A folder that nobody else reads. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

export interface CheckedStack {
  readonly report: StackReport;
  /** HTTP calls to Graph. */
  readonly calls: number;
}

/** Linux takes no longer text in one variable of the environment. */
const VARIABLE_BYTES_MAX = 120_000;

export async function checkStack(target: StackTarget, options: CheckOptions): Promise<CheckedStack> {
  const { engine, classes, now, scratch, signal } = options;
  const log = join(scratch, `${randomUUID()}.jsonl`);
  const verdictOptions = {
    now: now(),
    project: target.project,
    place: { cwd: target.shownCwd, stack: target.stack },
    classes,
  };
  const resources: CheckedResource[] = [];
  const findings: Finding[] = [];
  const failed: Extract<Observation, { outcome: "failed" }>[] = [];
  const errors: string[] = [];
  let config: Readonly<Record<string, string>> = {};
  try {
    config = await engine.config(target);
    await engine.preview(target, {
      env: { ...presentConfig(config), WABA_CALL_LOG: log },
      signal,
      onResource: (observation) => {
        const verdict = verdictOf(observation, verdictOptions);
        resources.push(verdict.resource);
        findings.push(...verdict.findings);
        if (observation.outcome === "failed") failed.push(observation);
      },
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    errors.push(signal?.aborted === true ? INTERRUPTED : error.message);
  }
  const calls = readCallLog(await readFile(log, "utf8").catch(() => ""));
  await rm(log, { force: true });
  const judged = judgedFailures(failed, calls, (credential) => tokenIn(config, credential), verdictOptions);
  findings.push(...judged.findings);
  errors.push(...judged.errors);
  const report: StackReport = {
    ...head(target),
    outcome: errors.length > 0 || failed.length > 0 ? "failed" : "checked",
    errors,
    ...(target.recordedAt === undefined ? {} : { recordedAt: target.recordedAt }),
    resources: resources.toSorted(byUrn),
    findings,
    resolved: [],
    unchecked: [],
  };
  return { report, calls: calls.calls };
}

export const INTERRUPTED = "It was interrupted before it was checked.";

/** A stack of which nothing was looked at, and why. */
export function uncheckedStack(target: Omit<StackTarget, "recordedAt">, why: string): StackReport {
  return {
    ...head(target),
    outcome: "failed",
    errors: [why],
    resources: [],
    findings: [],
    resolved: [],
    unchecked: [],
  };
}

function head({ project, stack, shownCwd }: Omit<StackTarget, "recordedAt">) {
  return { project, stack, cwd: shownCwd };
}

/** The `waba:` keys alone, also where there are none: what was taken out since the last `up` must not count. */
export function presentConfig(config: Readonly<Record<string, string>>): Record<string, string> {
  const ours = Object.entries(config).filter(([key]) => key.startsWith("waba:"));
  const text = JSON.stringify(Object.fromEntries(ours));
  if (Buffer.byteLength(text) <= VARIABLE_BYTES_MAX) return { [PRESENT_CONFIG]: text };
  throw new EngineError(
    "the stack's waba: configuration is too large to be handed over: put its credentials into a file, and name that by WABA_CREDENTIALS_FILE",
  );
}

function tokenIn(config: Readonly<Record<string, string>>, credential: string | undefined): KnownToken | undefined {
  try {
    const { accessToken, source } = readSettings(process.env, (key) => config[key]).credential(credential);
    return { source, digest: createHash("sha256").update(`pulumi-waba ${accessToken}`).digest("hex") };
  } catch {
    // The reads said already what is wrong with it.
    return undefined;
  }
}

function byUrn(left: CheckedResource, right: CheckedResource): number {
  return left.urn < right.urn ? -1 : 1;
}
