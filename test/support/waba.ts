/** The `waba` command as a person runs it in a Pulumi project, with a stand-in of `pulumi` on PATH. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { type Finished, runChild } from "../../engine/child.ts";
import { withoutPulumi } from "../../engine/environment.ts";
import { compileCache } from "./compile-cache.ts";
import type { Resource } from "./engine-double.ts";
import { startLifecycle } from "./lifecycle.ts";

const WABA_TS = join(import.meta.dirname, "../../provider/cli/waba.ts");
const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumber";

export interface Shell {
  /** A folder with a Pulumi.yaml. */
  readonly project: string;
  /** All of PATH: `pulumi`, and what stands beside it. */
  readonly bin: string;
  /** A folder that belongs to no project. */
  readonly elsewhere: string;
  /** The stack of the project, by stand-in: what `pulumi config` and `pulumi stack export` say. */
  hasStack(stack: { config?: Record<string, string>; numbers?: readonly StackResource[] }): void;
  /** What `pulumi` does instead. */
  pulumiDoes(...lines: string[]): void;
  /** `waba …` in the project. `env` is all that is set besides PATH. */
  waba(
    args: readonly string[],
    options?: { env?: Record<string, string>; input?: string; cwd?: string },
  ): Promise<Finished>;
  /** The same, left to run. */
  start(args: readonly string[], env: Record<string, string>): ChildProcessWithoutNullStreams;
  /** The arguments of each `pulumi` that ran, and the folder. */
  pulumiRuns(): string[];
}

export type StackResource = Pick<Resource, "id" | "outputs"> & {
  readonly delete?: boolean;
  readonly type?: string;
  readonly urn?: string;
};

export function openShell(): Shell {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-waba-test-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  const [bin, project, elsewhere] = ["bin", "project", "elsewhere"].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string];
  writeFileSync(join(project, "Pulumi.yaml"), "name: numbers\nruntime: nodejs\n");
  for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
    writeFileSync(join(bin, name), "#!/bin/sh\n", { mode: 0o755 });
  }
  const log = join(root, "pulumi.log");
  const does = (...lines: string[]) => {
    const file = join(bin, "pulumi");
    // Written down first, whatever it does then.
    writeFileSync(file, ["#!/bin/sh", `echo "$PWD: $*" >> '${log}'`, ...lines, ""].join("\n"));
    chmodSync(file, 0o755);
  };
  const hasStack: Shell["hasStack"] = ({ config = {}, numbers = [] }) => {
    const values = Object.entries(config).map(([key, value]) => [`waba:${key}`, { value, secret: true }]);
    writeFileSync(join(root, "config.json"), JSON.stringify(Object.fromEntries(values)));
    const resources = numbers.map((number, at) => ({ urn: `urn:${at}`, type: TYPE, custom: true, ...number }));
    writeFileSync(join(root, "stack.json"), JSON.stringify({ version: 3, deployment: { resources } }));
    does(
      'case "$1 $2" in',
      `  "config --json") /bin/cat '${root}/config.json' ;;`,
      '  "version ") echo v3.259.0 ;;',
      `  "stack export") /bin/cat '${root}/stack.json' ;;`,
      "  *) exit 64 ;;",
      "esac",
    );
  };
  const environment = (env: Record<string, string>) => ({ ...withoutPulumi({}), ...compileCache(), PATH: bin, ...env });
  return {
    project,
    bin,
    elsewhere,
    hasStack,
    pulumiDoes: does,
    waba: (args, { env = {}, input, cwd = project } = {}) =>
      runChild(process.execPath, [WABA_TS, ...args], { cwd, env: environment(env), input, timeoutMs: 30_000 }),
    start: (args, env) => {
      const child = spawn(process.execPath, [WABA_TS, ...args], { cwd: project, env: environment(env) });
      onTestFinished(() => void child.kill("SIGKILL"));
      return child;
    },
    pulumiRuns: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
  };
}

/** A number in a stack of an emulator, and the stack's project with the token in its configuration. */
export async function startProject(program: object, options: EmulatorOptions = {}) {
  const lifecycle = await startLifecycle(options);
  const { stack, emulator, calls } = lifecycle;
  await stack.up({ ...program });
  const shell = openShell();
  const config = { accessToken: emulator.token, baseUrl: emulator.url };
  const resource = () => stack.resource as Resource;
  shell.hasStack({ config, numbers: [resource()] });
  calls();
  /** Without a stack: all that is needed. */
  const environment = { WABA_ACCESS_TOKEN: emulator.token, WABA_BASE_URL: emulator.url };
  return { ...lifecycle, ...shell, config, resource, environment };
}
