/** The real engine on a program of the tests: a sandbox, an emulator, and pulumi's commands on one stack. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { type Finished, runChild } from "../../engine/child.ts";
import { locateEngine } from "../../engine/locate.ts";
import { createSandbox, type RunOptions } from "../../engine/sandbox.ts";

/** What the program in test/e2e/numbers declares: args of PhoneNumber by resource name. */
export type Numbers = Record<string, Record<string, unknown>>;

/** What the program in test/e2e/resources declares: a class and its args, by resource name. */
export type Resources = Record<string, { readonly is: string; readonly args: Record<string, unknown> }>;

export interface Stack {
  readonly emulator: Emulator;
  /** Names all processes that the stack's commands start: see processes.ts. */
  readonly sandbox: string;
  /** The whole environment of its commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs pulumi; an exit code other than 0 is returned, never thrown. */
  pulumi(args: readonly string[], env?: Record<string, string>, more?: RunMore): Promise<Finished>;
  /** Runs the built `waba` command in the project's folder. */
  waba(args: readonly string[], options?: WabaOptions): Promise<Finished>;
  /** Declares numbers, in place of all that were declared; in a configuration that is encrypted, or in clear. */
  declare(numbers: Numbers, as?: "secret"): Promise<void>;
  /** The same for resources of any class, in a configuration that is encrypted. */
  declareResources(resources: Resources): Promise<void>;
  up(...more: string[]): Promise<Finished>;
  /** The stack as `pulumi stack export` shows it, secrets encrypted. */
  exported(): Promise<{ text: string; resources: ExportedResource[] }>;
  /** Puts the stack back to what `exported` showed. */
  restore(text: string): Promise<void>;
  /** Its numbers by resource name, those that only wait for their deletion left out. */
  numbers(): Promise<Record<string, ExportedResource>>;
  /** Calls that Graph got since the last look, by route. */
  calls(): Readonly<Record<string, number>>;
}

interface WabaOptions {
  readonly env?: Record<string, string>;
  readonly input?: string;
  /** Interrupts it, as Ctrl-C would. */
  readonly signal?: AbortSignal;
}

type RunMore = Pick<RunOptions, "input" | "onOutput">;

export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** It was replaced, and its deletion is still to come. */
  readonly delete?: boolean;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
}

const ROOT = join(import.meta.dirname, "../..");
const WABA_JS = join(ROOT, "dist/provider/cli/waba.js");
export const PHONE_NUMBER = "pulumi-nodejs:dynamic/waba:PhoneNumber";
export const QUICKSTART = ROOT;
export const FLEET = join(ROOT, "examples/fleet");
export const NUMBERS = join(ROOT, "test/e2e/numbers");
export const RESOURCES = join(ROOT, "test/e2e/resources");
export const FUNCTIONS = join(ROOT, "test/e2e/functions");

/** @param folder a Pulumi project of this repository */
export async function startStack(folder: string, options: EmulatorOptions = {}): Promise<Stack> {
  const engine = await locateEngine();
  const emulator = await startEmulator(options);
  const env = {
    WABA_BASE_URL: emulator.url,
    WABA_ACCESS_TOKEN: emulator.token,
    // The default pace of writes is tested in test/lifecycle/pace.test.ts; here it would only cost time.
    WABA_WRITES_PER_MINUTE: "6000",
  };
  const sandbox = await createSandbox({ engine, env });
  onTestFinished(async () => {
    await emulator.close();
    await sandbox.dispose();
  });
  const cwd = await sandbox.project(folder);
  const pulumi: Stack["pulumi"] = (args, more = {}, options = {}) => sandbox.run(args, { cwd, env: more, ...options });
  const exported: Stack["exported"] = async () => {
    const { stdout } = await succeeded(pulumi(["stack", "export"]));
    return { text: stdout, resources: JSON.parse(stdout).deployment.resources ?? [] };
  };
  await succeeded(pulumi(["stack", "init", "test"]));
  return {
    emulator,
    sandbox: sandbox.dir,
    environment: sandbox.env,
    pulumi,
    waba: (args, { env: more = {}, ...options } = {}) =>
      runChild(process.execPath, [WABA_JS, ...args], { cwd, env: { ...sandbox.env, ...more }, ...options }),
    declare: async (numbers, as) => {
      const secret = as === undefined ? [] : ["--secret"];
      await succeeded(pulumi(["config", "set", ...secret, "numbers"], {}, { input: JSON.stringify(numbers) }));
    },
    declareResources: async (resources) => {
      await succeeded(pulumi(["config", "set", "--secret", "resources"], {}, { input: JSON.stringify(resources) }));
    },
    up: (...more) => pulumi(["up", "--yes", "--skip-preview", "--suppress-progress", ...more]),
    exported,
    restore: async (text) => {
      await succeeded(pulumi(["stack", "import"], {}, { input: text }));
    },
    numbers: async () => {
      const numbers = ofType((await exported()).resources, PHONE_NUMBER).filter((number) => number.delete !== true);
      return Object.fromEntries(numbers.map((number) => [number.urn.split("::").at(-1), number]));
    },
    calls: () => {
      const { counts } = emulator.requests();
      emulator.clearRequests();
      return counts;
    },
  };
}

/** The output, or an error that shows all of it. */
export async function succeeded(run: Promise<Finished>): Promise<Finished> {
  const finished = await run;
  if (finished.exitCode === 0) return finished;
  throw new Error(`pulumi ended with ${finished.exitCode}:\n${finished.stdout}${finished.stderr}`);
}

export function ofType(resources: readonly ExportedResource[], type: string): ExportedResource[] {
  return resources.filter((resource) => resource.type === type);
}
