/** The command line on which the engine starts a plugin: Go flags, then the engine's address. */
export interface HostArguments {
  readonly engineAddress: string | undefined;
  readonly tracing: string | undefined;
  readonly showVersion: boolean;
}

const flagsWithValue = ["tracing", "runtime"];

export function parseArguments(argv: readonly string[]): HostArguments {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const flag = /^--?([^=]+)(?:=(.*))?$/.exec(word);
    if (flag?.[1] === undefined) rest.push(word);
    else if (flag[2] !== undefined) flags.set(flag[1], flag[2]);
    else if (flagsWithValue.includes(flag[1])) flags.set(flag[1], argv[++at] ?? "");
    else flags.set(flag[1], "true");
  }
  return { engineAddress: rest.at(-1), tracing: flags.get("tracing") || undefined, showVersion: flags.has("version") };
}
