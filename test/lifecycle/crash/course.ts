/** A path taken to its end: undisturbed, or with a run that breaks off at one of its calls and a person who goes on. */
import type { LogEntry } from "../../../emulator/index.ts";
import type { Properties, Resource } from "../../support/engine-double.ts";
import { begin, type Path, type Scene } from "./paths.ts";

export interface Course {
  /** The calls of each stage, in order; one stage more for the runs in which it comes to rest. */
  readonly stages: readonly (readonly Called[])[];
  readonly resource: Resource | undefined;
  /** The numbers at Meta, as the control of the emulator shows them. */
  readonly numbers: Readonly<Record<string, Properties>>;
}

export interface Called {
  /** Its route; where one route does several things, with the names of its parameters. */
  readonly what: string;
  readonly write: boolean;
  /** Whether Meta did it, however it was answered. */
  readonly done: boolean;
  readonly cut: boolean;
}

/** Where and how a run breaks off. */
export interface Break {
  readonly stage: number;
  /** Among the calls of the stage. */
  readonly call: number;
  readonly drop: "before" | "after";
  /** Whether every later call of the run is cut too. */
  readonly stays: boolean;
  /** Whether the process dies with it, so that the engine keeps what it had. */
  readonly dies: boolean;
  readonly goOn: GoOn;
}

export interface GoOn {
  readonly how: string;
  readonly up: (scene: Scene, program: Properties) => Promise<unknown>;
  readonly destroy: (scene: Scene) => Promise<unknown>;
}

export const WAYS: readonly GoOn[] = [
  {
    how: "the next run",
    up: ({ stack }, program) => stack.up(program),
    destroy: ({ stack }) => stack.destroy(),
  },
  {
    how: "a run without a refresh",
    up: ({ stack }, program) => stack.upWithoutRefresh(program),
    destroy: async ({ stack, provider }) => {
      provider.begin?.();
      if (stack.resource !== undefined) await provider.delete(stack.resource.id, stack.resource.outputs);
      stack.resource = undefined;
    },
  },
  {
    how: "a refresh, which clears the error, and a run",
    up: async ({ stack }, program) => {
      await stack.refresh();
      await stack.up(program);
    },
    destroy: async ({ stack }) => {
      await stack.refresh();
      await stack.destroy();
    },
  },
];

/** Runs that may still be needed after the path's last. */
const RUNS_TO_REST = 2;

export async function take(path: Path, onEnd?: (close: () => Promise<void>) => void, at?: Break): Promise<Course> {
  const scene = await begin(path, onEnd);
  const stages: Called[][] = [];
  let program: Properties | undefined;
  for (const [index, stage] of path.stages.entries()) {
    const { length } = callsOf(scene);
    program = await stage(scene);
    if (at?.stage === index) await broken(scene, program, at);
    else await run(scene, program);
    stages.push(called(callsOf(scene).slice(length), at?.drop));
  }
  const { length } = callsOf(scene);
  await comeToRest(scene, program);
  stages.push(called(callsOf(scene).slice(length)));
  const { numbers } = scene.emulator.state() as { numbers: Record<string, Properties> };
  return { stages, ...withoutPorts(scene, { resource: scene.stack.resource, numbers }) };
}

/** Ports differ from run to run. */
function withoutPorts<T>({ emulator, address }: Scene, value: T): T {
  const text = JSON.stringify(value).replaceAll(emulator.url, "http://emulator").replaceAll(address, "http://address");
  return JSON.parse(text) as T;
}

function called(entries: readonly LogEntry[], drop?: "before" | "after"): Called[] {
  const broken = entries.findIndex(({ status }) => status === null);
  return entries.map((entry, index) => ({
    what: nameOf(entry),
    write: entry.method !== "GET",
    done: index === broken ? drop === "after" : (entry.status ?? 500) < 300,
    cut: index === broken,
  }));
}

function nameOf({ route, params }: LogEntry): string {
  const manifold = route === "/{PNID}" || route === "/{WABA}/phone_numbers";
  const { override_callback_uri: address } = (params.webhook_configuration ?? {}) as Properties;
  if (address === "") return `${route} no webhook_configuration`;
  return manifold ? `${route} ${Object.keys(params).toSorted().join()}` : `${route}`;
}

async function broken(scene: Scene, program: Properties | undefined, at: Break): Promise<void> {
  const { stack, emulator } = scene;
  // As the run itself begins: what the engine knows when the process dies.
  if (at.dies) await stack.refresh();
  const known = stack.resource;
  if (at.call > 0) emulator.addFault({ times: at.call, latencyMs: 0 });
  emulator.addFault({ drop: at.drop });
  if (at.stays || at.dies) emulator.addFault({ times: "always", drop: "before" });
  // That it fails is no must: some calls are made up for in the same run.
  await run(scene, program).catch(() => undefined);
  emulator.clearFaults();
  if (at.dies) stack.resource = known;
  await (program === undefined ? at.goOn.destroy(scene) : at.goOn.up(scene, program));
}

function run({ stack }: Scene, program: Properties | undefined): Promise<unknown> {
  return program === undefined ? stack.destroy() : stack.up(program);
}

async function comeToRest({ stack }: Scene, program: Properties | undefined): Promise<void> {
  if (program === undefined) return;
  for (let runs = 0; runs <= RUNS_TO_REST; runs += 1) if ((await stack.up(program)).op === "same") return;
  throw new Error("it does not come to rest");
}

function callsOf({ emulator }: Scene): readonly LogEntry[] {
  return emulator.requests().requests;
}
