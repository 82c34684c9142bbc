/** A stack on which the rules of every resource are tried, and one story told on it: an `up`, whole or broken off. */
import { expect } from "vitest";
import type { LogEntry } from "../../../emulator/index.ts";
import type { Properties, Resource } from "../../support/engine-double.ts";
import { type Lifecycle, startLifecycle } from "../../support/lifecycle.ts";
import type { Change, Ground, Subject } from "./subject.ts";

export const CREDENTIALS = { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: "emulator-token" } }) };

export interface Stage<G extends Ground> extends Lifecycle {
  readonly ground: G;
}

export async function set<G extends Ground>(
  subject: Subject<G>,
  env: Record<string, string> = CREDENTIALS,
): Promise<Stage<G>> {
  const lifecycle = await startLifecycle(subject.options, env, { of: subject.handlers });
  const ground = await subject.ground(lifecycle);
  lifecycle.calls();
  return { ...lifecycle, ground };
}

/** What the story begins with, and the program that an `up` takes it to. */
export type Story<G> = Pick<Change<G>, "what" | "to"> & { readonly from?: ((ground: G) => Properties) | undefined };

/** The making of a resource, and every edit of it. */
export function storiesOf<G extends Ground>({ full, changes }: Subject<G>): Story<G>[] {
  const edits = changes.map(({ what, from, to }) => ({ what: `update, ${what}`, from: from ?? full, to }));
  return [{ what: "create", to: full }, ...edits];
}

/** Where and how a run breaks off. */
export interface Break {
  /** Among the calls of the run. */
  readonly call: number;
  readonly drop: "before" | "after";
  /** Whether every later call of the run is cut too. */
  readonly stays: boolean;
  /** Whether the process dies with it, so that the engine keeps what it had. */
  readonly dies: boolean;
  readonly goOn: GoOn;
}

/** How a person goes on. */
export type GoOn = "the next run" | "a run without a refresh" | "a refresh, which clears the error, and a run";
export const WAYS: readonly GoOn[] = [
  "the next run",
  "a run without a refresh",
  "a refresh, which clears the error, and a run",
];

export interface Told {
  /** The calls of the story's `up`, those that mended it included. */
  readonly calls: readonly Called[];
  readonly resource: Resource | undefined;
  readonly atMeta: unknown;
}

export interface Called {
  readonly what: string;
  /** As "POST /{PNID}". */
  readonly route: string;
  /** The names of its parameters. */
  readonly params: readonly string[];
  readonly write: boolean;
  /** Whether Meta did it, however it was answered. */
  readonly done: boolean;
  readonly cut: boolean;
}

/** Tells a story to its end, and expects the stack to be at rest then. */
export async function tell<G extends Ground>(subject: Subject<G>, story: Story<G>, at?: Break): Promise<Told> {
  const stage = await set(subject);
  const { stack, ground, writes } = stage;
  if (story.from !== undefined) await stack.up(story.from(ground));
  const program = story.to(ground);
  const before = entriesOf(stage).length;
  if (at === undefined) await stack.up(program);
  else await broken(stage, program, at);
  const calls = called(entriesOf(stage).slice(before), at?.drop);
  writes();
  expect(await stack.up(program)).toEqual({ op: "same", properties: [] });
  expect(writes()).toEqual([]);
  return { calls, ...withoutNames(stage, { resource: stack.resource, atMeta: subject.atMeta(stage.emulator) }) };
}

async function broken<G extends Ground>({ stack, emulator }: Stage<G>, program: Properties, at: Break): Promise<void> {
  // As the run itself begins: what the engine knows when the process dies.
  const known = stack.resource;
  if (at.call > 0) emulator.addFault({ times: at.call, latencyMs: 0 });
  emulator.addFault({ drop: at.drop });
  if (at.stays || at.dies) emulator.addFault({ times: "always", drop: "before" });
  // That it fails is no must: some calls are made up for in the same run.
  await stack.up(program).catch(() => undefined);
  emulator.clearFaults();
  if (at.dies) stack.resource = known;
  if (at.goOn === "a refresh, which clears the error, and a run") await stack.refresh();
  await (at.goOn === "a run without a refresh" ? stack.upWithoutRefresh(program) : stack.up(program));
}

function entriesOf({ emulator }: Lifecycle): readonly LogEntry[] {
  return emulator.requests().requests;
}

function called(entries: readonly LogEntry[], drop?: "before" | "after"): Called[] {
  const cut = entries.findIndex(({ status }) => status === null);
  return entries.map(({ method, route, params, status }, index) => ({
    what: `${method} ${route} ${Object.keys(params).toSorted().join()}`.trimEnd(),
    route: `${method} ${route}`,
    params: Object.keys(params).toSorted(),
    write: method !== "GET",
    done: index === cut ? drop === "after" : status === 200,
    cut: index === cut,
  }));
}

/** Ports differ from run to run. */
function withoutNames<G extends Ground, T>({ emulator, ground }: Stage<G>, value: T): T {
  const names = Object.entries({ ...ground.names, emulator: emulator.url });
  return JSON.parse(names.reduce((text, [name, is]) => text.replaceAll(is, `(${name})`), JSON.stringify(value))) as T;
}
