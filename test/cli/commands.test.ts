/** What holds for every command, also for those to come: each is found by the program itself. */
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import type { Finished } from "../../engine/child.ts";
import { createProgram } from "../../provider/cli/program.ts";
import { openShell } from "../support/waba.ts";

interface Listed {
  readonly path: readonly string[];
  readonly command: Command;
}

function listed(command: Command, path: readonly string[] = []): Listed[] {
  return [{ path, command }, ...command.commands.flatMap((one) => listed(one, [...path, one.name()]))];
}

const ALL: [string, Listed][] = listed(createProgram()).map((one) => [["waba", ...one.path].join(" "), one]);
const LEAVES = ALL.filter(([, { command }]) => command.commands.length === 0);
/** Commands that go without a stack too. */
const ON_A_STACK = LEAVES.filter(([, { command }]) => command.options.some(({ long }) => long === "--no-stack"));
/** Commands on any number of stacks. */
const ON_STACKS = LEAVES.filter(([, { command }]) => command.options.some(({ long }) => long === "--stacks"));
/** A stack that cannot be asked is one of its findings, on stdout: what it looks for is just that. */
const REPORTS_IT = ["waba doctor"];

const helps = new Map<string, Promise<Finished>>();

/** Each command's help is asked for once. */
function helpOf(path: readonly string[]): Promise<Finished> {
  const asked = path.join(" ");
  const help = helps.get(asked) ?? openShell().waba([...path, "--help"]);
  helps.set(asked, help);
  return help;
}

/** The words after `npx waba` of the examples in a help text. */
function examplesIn(help: string): string[][] {
  return [...help.matchAll(/^ {2}npx waba (.+)$/gm)].map(([, words = ""]) => words.split(" "));
}

/** What the command takes, by its own example. */
async function validWords({ path, command }: Listed): Promise<readonly string[]> {
  if (command.commands.length > 0) return path;
  const [words = []] = examplesIn((await helpOf(path)).stdout);
  return words;
}

test("there are commands to look at", () => {
  expect(LEAVES.map(([name]) => name)).toContain("waba code request");
  expect(ON_A_STACK.map(([name]) => name)).toEqual(
    expect.arrayContaining(["waba code request", "waba code verify", "waba wait", ...REPORTS_IT]),
  );
  expect(ON_STACKS.map(([name]) => name)).toEqual(["waba drift", "waba heal"]);
});

test.each(ALL)("%s --help shows an example that the command takes", async (_name, { path, command }) => {
  const { exitCode, stdout, stderr } = await helpOf(path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toContain(command.description().split(" ")[0]);
  const examples = examplesIn(stdout);
  expect(examples.length).toBeGreaterThan(0);
  for (const words of examples) {
    expect(words.slice(0, path.length)).toEqual(path);
    const program = createProgram();
    const ran: string[] = [];
    for (const one of listed(program)) {
      one.command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
      if (one.command.commands.length === 0) one.command.action(() => void ran.push(one.path.join(" ")));
    }
    await program.parseAsync(words, { from: "user" });
    expect(ran).toHaveLength(1);
  }
});

/** One line, without a guess at what was meant, and exit code 1. */
function refused({ exitCode, stdout, stderr }: { exitCode: number; stdout: string; stderr: string }): string {
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  return stderr;
}

test.each(ALL)("%s refuses an option that it does not know", async (_name, listedOne) => {
  const run = openShell().waba([...(await validWords(listedOne)), "--hellp"]);
  expect(refused(await run)).toBe("error: unknown option '--hellp'\n");
});

const COUNTED = ALL.filter(([, { command }]) => !command.registeredArguments.some(({ variadic }) => variadic));
test.each(COUNTED)("%s refuses a word too many", async (_name, listedOne) => {
  const run = openShell().waba([...(await validWords(listedOne)), "hellp"], { input: "" });
  expect(refused(await run)).toMatch(/too many arguments|unknown command|not as an argument/);
});

const ASKING = ON_A_STACK.filter(([name]) => !REPORTS_IT.includes(name));
test.each(ASKING)("%s says in a line why a stack cannot be asked", async (_name, listedOne) => {
  const { waba, pulumiDoes, elsewhere, pulumiRuns } = openShell();
  const words = await validWords(listedOne);
  const run = async (flags: string[], options: { env?: Record<string, string>; cwd?: string } = {}) =>
    refused(await waba([...words, ...flags], { input: "123830", ...options }));

  expect(await run([], { env: { PATH: elsewhere } })).toContain("the command pulumi is not on PATH. --no-stack goes");
  expect(await run(["--cwd", join(elsewhere, "not")])).toContain(`there is no folder ${elsewhere}/not`);
  expect(await run(["--cwd", elsewhere])).toContain(`${elsewhere} is in no Pulumi project`);
  expect(await run([], { cwd: elsewhere })).toMatch(
    /is in no Pulumi project: give its folder by --cwd|no access token/,
  );
  expect(pulumiRuns()).toEqual([]);
  pulumiDoes("echo \"error: no stack named 'nope' found\" >&2", "exit 255");
  expect(await run(["--stack", "nope"])).toContain("failed: no stack named 'nope' found. --no-stack goes without it");
  pulumiDoes("echo 'error: no stack selected; please select one' >&2", "exit 255");
  expect(await run([])).toContain("failed: no stack selected; please select one");
});

test.each(ON_STACKS)("%s says in a line why its stacks cannot be asked", async (_name, listedOne) => {
  const { waba, pulumiDoes, elsewhere, pulumiRuns } = openShell();
  const words = await validWords(listedOne);
  const run = async (flags: string[], options: { env?: Record<string, string>; cwd?: string } = {}) =>
    refused(await waba([...words, ...flags], options));

  expect(await run([], { env: { PATH: elsewhere } })).toContain("the command pulumi is not on PATH");
  const answers = (stacks: string) => {
    pulumiDoes('case "$1 $2" in "version ") echo v3.259.0 ;;', `"stack ls") ${stacks} ;;`, "*) exit 64 ;; esac");
  };
  answers("echo '[]'");
  expect(await run(["--cwd", join(elsewhere, "not")])).toContain(`there is no folder ${elsewhere}/not`);
  expect(await run(["--cwd", elsewhere])).toContain(`${elsewhere} is in no Pulumi project`);
  expect(await run([], { cwd: elsewhere })).toContain("is in no Pulumi project");
  expect(await run(["--stack", "nope"])).toContain("nope here: pulumi stack ls lists them");
  answers("echo 'error: log in first' >&2; exit 255");
  expect(await run([])).toContain("log in first");
  expect(pulumiRuns().filter((one) => !/ (version|stack ls --json.*)$/.test(one))).toEqual([]);
});
