import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { processesOf } from "../support/processes.ts";
import { QUICKSTART } from "../support/pulumi.ts";

const STATUS = ["status", "--porcelain", "--ignored"];

/** `npm start`, with all its temporary files in a folder that the test looks into. */
async function start(options: { args?: string[]; interruptAt?: string; signal?: "SIGINT" | "SIGTERM" } = {}) {
  const temporary = await mkdtemp(join(tmpdir(), "waba-start-"));
  onTestFinished(() => rm(temporary, { recursive: true, force: true }));
  const before = await files();
  const child = spawn("npm", ["start", "--", ...(options.args ?? [])], {
    cwd: QUICKSTART,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
    // As a terminal has it, so that Ctrl-C reaches all of them.
    detached: true,
  });
  let output = "";
  let interrupted = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (options.interruptAt === undefined || interrupted || !output.includes(options.interruptAt)) return;
      interrupted = true;
      process.kill(-(child.pid as number), options.signal ?? "SIGINT");
    });
  }
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    exitCode,
    output,
    temporary,
    left: await leftIn(temporary),
    created: (await files()).filter((file) => !before.includes(file)),
  };
}

/** npm lets Node keep its compile cache there, whatever it starts. */
async function leftIn(temporary: string): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => name !== "node-compile-cache");
}

/** What git sees in the repository, ignored files among it. */
async function files(): Promise<string[]> {
  const child = spawn("git", STATUS, { cwd: QUICKSTART, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => child.on("close", resolve));
  return output.split("\n");
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s to all of npm start in the middle of an up clears all up",
  async (signal) => {
    const { exitCode, output, left, temporary } = await start({ interruptAt: "$ pulumi up", signal });
    expect(output).toContain("Interrupted: emulator and stack are gone.");
    expect(exitCode).not.toBe(0);
    expect({ left, processes: await processesOf(temporary) }).toEqual({ left: [], processes: [] });
  },
);

test("npm start tells the whole story, twice in a row, and leaves nothing", async () => {
  for (const _time of ["first", "second"]) await tellsTheStory();
});

async function tellsTheStory(): Promise<void> {
  const { exitCode, output, left, created, temporary } = await start();
  expect(exitCode, output).toBe(0);
  expect(output).toMatch(/\+ {2}pulumi-nodejs:dynamic\/waba:PhoneNumber support created/);
  expect(output).toMatch(/~ displayName *: "Jasper's Ice Cream" => "Lucky Shrub"/);
  expect(output).toMatch(/the next up +│ registered +│ CONNECTED CLOUD_API +│ Lucky Shrub/);
  expect(output).not.toMatch(/\b(?:pin|PIN)\b.*\d{6}/);
  expect({ left, created, processes: await processesOf(temporary) }).toEqual({ left: [], created: [], processes: [] });
}

test("with --keep the emulator and the stack stay, and the printed commands go on with them", async () => {
  const { exitCode, output, temporary } = await start({ args: ["--keep"] });
  expect(exitCode, output).toBe(0);
  const commands = output.slice(output.indexOf("export PATH="));
  const script = commands.split("\n").filter((line) => /^(export|cd|pulumi|curl|kill) /.test(line));
  const shell = spawn("bash", ["-e", "-c", script.join("\n")], { stdio: ["ignore", "pipe", "pipe"], env: process.env });
  let said = "";
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const code = await new Promise((resolve) => shell.on("close", resolve));
  expect(code, said).toBe(0);
  expect(said).toContain('"verified_name":"Shrubs and More"');
  // `kill` does not wait for the emulator to end.
  await expect.poll(() => processesOf(temporary), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => leftIn(temporary), { timeout: 20_000 }).toEqual([]);
});
