import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type ChildOptions, type Finished, runChild } from "./child.ts";
import { withoutPulumi } from "./environment.ts";
import { executableName } from "./executable.ts";
import type { Engine } from "./locate.ts";
import { linkProject } from "./project.ts";

export interface SandboxOptions {
  readonly engine: Pick<Engine, "folder">;
  /** Added to the environment, and the only way for PULUMI_* and WABA_* variables to get into it. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunOptions extends Pick<ChildOptions, "cwd" | "signal" | "timeoutMs" | "input" | "onOutput"> {
  readonly env?: Readonly<Record<string, string>>;
}

/** A Pulumi of its own in a temporary folder: no login, stack or setting of the person's is read or written. */
export interface Sandbox {
  readonly dir: string;
  /** The whole environment of a command in the sandbox. */
  readonly env: Readonly<Record<string, string>>;
  /** Shell lines with which a person goes on in this sandbox. */
  exports(): string;
  /** A folder in which `pulumi` works on the project in `folder` and keeps stack settings out of it. */
  project(folder: string): Promise<string>;
  /** Runs `pulumi <args>`, never interactively. */
  run(args: readonly string[], options: RunOptions): Promise<Finished>;
  dispose(): Promise<void>;
}

export async function createSandbox({ engine, env: extra = {} }: SandboxOptions): Promise<Sandbox> {
  const dir = await mkdtemp(join(tmpdir(), "pulumi-waba-"));
  const { PATH: inherited = process.env.PATH, ...added } = extra;
  const settings: Record<string, string> = {
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...added,
  };
  // The plugin of dynamic providers and our programs need the Node that runs us, whatever the person's own one is.
  const path = [engine.folder, dirname(process.execPath)];
  const env = {
    ...withoutPulumi(process.env),
    ...settings,
    PATH: [...path, inherited].join(delimiter),
  };
  for (const name of ["home", "state"]) await mkdir(join(dir, name));

  return {
    dir,
    env,
    exports() {
      const lines = Object.entries(settings).map(([name, value]) => `export ${name}=${quote(value)}`);
      return [`export PATH=${quote(path.join(delimiter))}:"$PATH"`, ...lines].join("\n");
    },
    project: (folder) => linkProject(folder, dir),
    run(args, { env: more, ...options }) {
      const pulumi = join(engine.folder, executableName("pulumi"));
      return runChild(pulumi, ["--non-interactive", ...args], { ...options, env: { ...env, ...more } });
    },
    dispose: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
