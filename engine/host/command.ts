import type { HostOptions } from "./options.ts";
import { shellWords } from "./shell-words.ts";

/** A Pulumi program to run, in plain data. */
export interface Program {
  readonly monitor: string;
  readonly engine: string;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly rootDirectory: string;
  readonly programDirectory: string;
  readonly entryPoint: string;
  readonly args: readonly string[];
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly tracing: string | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly configSecretKeys: readonly string[];
}

/** What `node` is given to run a program: `runPath` is `@pulumi/pulumi/cmd/run` as the program resolves it. */
export function nodeArguments(program: Program, options: HostOptions, runPath: string): string[] {
  const flags: [name: string, value: string | undefined][] = [
    ["monitor", program.monitor],
    ["engine", program.engine],
    ["organization", program.organization],
    ["project", program.project],
    ["root-directory", program.rootDirectory],
    ["stack", program.stack],
    ["pwd", program.programDirectory],
  ];
  return [
    ...shellWords(options.nodeargs),
    runPath,
    ...flags.flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(program.dryRun ? ["--dry-run"] : []),
    "--parallel",
    String(program.parallel),
    ...(program.tracing ? ["--tracing", program.tracing] : []),
    program.entryPoint || ".",
    ...program.args,
  ];
}

/** What is added to the host's own environment for the program. */
export function programEnvironment(program: Program, options: HostOptions): Record<string, string> {
  return {
    PULUMI_CONFIG: JSON.stringify(
      Object.fromEntries(Object.entries(program.config).map(([key, value]) => [longKey(key), value])),
    ),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(program.configSecretKeys),
    ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}

// Old SDKs know `namespace:config:name` only; new ones take both.
function longKey(key: string): string {
  const [namespace, ...name] = key.split(":");
  return name.length === 1 ? `${namespace}:config:${name[0]}` : key;
}
