/**
 * What a fleet costs on the real engine: the floor, a provider as Pulumi's documentation teaches it, ours, and a floor
 * that carries what ours carries, one after the other against one emulator, operation by operation.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmulatorProcess, startEmulatorProcess } from "../../engine/emulator-process.ts";
import { locateEngine } from "../../engine/locate.ts";
import { createSandbox, type Sandbox } from "../../engine/sandbox.ts";
import { echo, ledger, observed } from "../../provider/schemas/phone-number-state.ts";
import { type Calls, countCalls, forgetCalls } from "../calls.ts";
import { watchPlugin } from "./memory.ts";
import type { Fleet } from "./program/fleet.ts";
import { CARRIED_FILE, type Carried } from "./program/same-state.ts";

/** `sameState` takes its outputs from the stack of `ours`, so it comes after it. */
export const PROVIDERS = ["floor", "plain", "ours", "sameState"] as const;
export type ProviderName = (typeof PROVIDERS)[number];
export type Operation = "up" | "preview" | "refresh";

/** A fleet, and how it is spread over stacks and declared. */
export interface Scenario {
  readonly title: string;
  readonly numbers: number;
  readonly wabas: number;
  readonly stacks: number;
  readonly latencyMs: number;
  readonly order: Fleet["order"];
  /** Which are compared; an `up` of a thousand takes a minute or more, so the plain one and `sameState` are measured once. */
  readonly providers: readonly ProviderName[];
}

export interface Measurement extends Calls {
  readonly scenario: Scenario;
  readonly provider: ProviderName;
  readonly operation: Operation;
  /** All stacks together. */
  readonly seconds: number;
  readonly pluginMegabytes: number;
  /** After the `up`; of the exported stack. */
  readonly stateBytesPerNumber: number;
}

/** One read of each number: a plain `refresh -y` reads twice, in two processes. */
const COMMANDS: Record<Operation, readonly string[]> = {
  up: ["up", "--yes", "--skip-preview", "--suppress-progress", "--suppress-outputs"],
  preview: ["preview", "--suppress-progress"],
  refresh: ["refresh", "--preview-only", "--suppress-progress"],
};
const PROGRAM = join(import.meta.dirname, "program");

export async function measureFleet(scenario: Scenario, progress: (line: string) => void): Promise<Measurement[]> {
  const { numbers, wabas, latencyMs, providers } = scenario;
  const args = ["--numbers", String(numbers), "--wabas", String(wabas), "--latency", String(latencyMs)];
  const emulator = await startEmulatorProcess(args);
  const folder = await mkdtemp(join(tmpdir(), "pulumi-waba-bench-"));
  const carried = join(folder, "carried.json");
  const env = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token, [CARRIED_FILE]: carried };
  const sandbox = await createSandbox({ engine: await locateEngine(), env });
  try {
    const cwd = await sandbox.project(PROGRAM);
    const measured: Measurement[] = [];
    for (const provider of providers) {
      progress(`${scenario.title}, ${latencyMs} ms a call: ${provider}`);
      await makeStacks(sandbox, cwd, scenario, provider);
      if (provider === "sameState") await writeFile(carried, JSON.stringify(await takeCarried(sandbox, cwd)));
      let bytes = 0;
      for (const operation of ["up", "preview", "refresh"] as const) {
        const run = await measureOperation({ sandbox, cwd, emulator, scenario, provider, operation });
        if (operation === "up") bytes = await stateBytes(sandbox, cwd, scenario, provider);
        measured.push({ ...run, stateBytesPerNumber: bytes / numbers });
      }
    }
    return measured;
  } finally {
    emulator.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly sandbox: Sandbox;
  readonly cwd: string;
  readonly emulator: EmulatorProcess;
  readonly scenario: Scenario;
  readonly provider: ProviderName;
  readonly operation: Operation;
}

async function measureOperation(run: Run): Promise<Omit<Measurement, "stateBytesPerNumber">> {
  const { sandbox, cwd, emulator, scenario, provider, operation } = run;
  await forgetCalls(emulator);
  const plugin = watchPlugin(sandbox.dir);
  const started = performance.now();
  for (let stack = 0; stack < scenario.stacks; stack += 1) {
    await pulumi(sandbox, cwd, [...COMMANDS[operation], "--stack", stackName(provider, stack)]);
  }
  const seconds = (performance.now() - started) / 1000;
  const pluginMegabytes = await plugin.stop();
  return { scenario, provider, operation, seconds, ...(await countCalls(emulator)), pluginMegabytes };
}

async function makeStacks(sandbox: Sandbox, cwd: string, scenario: Scenario, provider: ProviderName): Promise<void> {
  const { numbers, wabas, stacks, order } = scenario;
  for (let stack = 0; stack < stacks; stack += 1) {
    const fleet: Fleet = { numbers, wabas, stacks, stack, order };
    const name = stackName(provider, stack);
    await pulumi(sandbox, cwd, ["stack", "init", name]);
    const values = [`provider=${provider}`, `fleet=${JSON.stringify(fleet)}`].flatMap((value) => [
      "--plaintext",
      value,
    ]);
    await pulumi(sandbox, cwd, ["config", "set-all", ...values, "--stack", name]);
  }
}

/** What a number of ours has in its state, for the provider that does nothing but carry it. */
async function takeCarried(sandbox: Sandbox, cwd: string): Promise<Carried> {
  const stack = stackName("ours", 0);
  const exported = await pulumi(sandbox, cwd, ["stack", "export", "--show-secrets", "--stack", stack]);
  const { deployment } = JSON.parse(exported) as {
    deployment: { resources: { type: string; outputs?: Record<string, unknown> }[] };
  };
  const number = deployment.resources.find(({ type }) => type.endsWith(":PhoneNumber"));
  if (number?.outputs === undefined) throw new Error(`stack ${stack} has no number`);
  const { __provider: _text, wabaId: _account, phoneNumberId: _id, ...outputs } = number.outputs;
  const plain = Object.entries(outputs).map(([name, value]) => [name, unwrapped(value)]);
  const properties = [observed, ledger, echo].flatMap(({ shape }) => Object.keys(shape));
  return { outputs: Object.fromEntries(plain) as Carried["outputs"], properties };
}

/** A secret is exported as an object with its value as JSON. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("plaintext" in value)) return value;
  return JSON.parse(String(value.plaintext));
}

async function stateBytes(
  sandbox: Sandbox,
  cwd: string,
  { stacks }: Scenario,
  provider: ProviderName,
): Promise<number> {
  let bytes = 0;
  for (let stack = 0; stack < stacks; stack += 1) {
    bytes += (await pulumi(sandbox, cwd, ["stack", "export", "--stack", stackName(provider, stack)])).length;
  }
  return bytes;
}

function stackName(provider: ProviderName, stack: number): string {
  return `${provider}-${stack}`;
}

async function pulumi(sandbox: Sandbox, cwd: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await sandbox.run(args, { cwd });
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}
