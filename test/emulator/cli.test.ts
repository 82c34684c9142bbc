import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import { fetchReply } from "./emulator-client.ts";

const CLI = fileURLToPath(new URL("../../provider/cli/waba.ts", import.meta.url));

function waba(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("no stdout");
  const [line] = await once(createInterface(child.stdout), "line");
  return line;
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const text = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    text.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    text.stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, ...text };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "prints one JSON line with its URL, serves, and exits 0 on %s",
  async (signal) => {
    const child = waba("emulator", "--port", "0", "--token", "mine", "--token", "yours");
    const ready = JSON.parse(await firstLine(child));
    expect(ready).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      port: expect.any(Number),
      pid: child.pid,
      token: "emulator-token",
      wabas: ["102290129340398"],
    });
    for (const token of ["mine", "yours", "emulator-token"]) {
      const reply = await fetchReply(`${ready.url}/102290129340398?access_token=${token}`, {});
      expect(reply.status).toBe(200);
    }
    child.kill(signal);
    const end = await outcome(child);
    expect(end).toEqual({ code: 0, stdout: "", stderr: "" });
  },
);

test("makes a fleet", async () => {
  const child = waba("emulator", "--numbers", "30", "--wabas", "2");
  const ready = JSON.parse(await firstLine(child));
  expect(ready.wabas).toEqual(["900000", "900001"]);
  const reply = await fetchReply(`${ready.url}/900001/phone_numbers?access_token=emulator-token&limit=100`, {});
  expect(reply.body.data.length).toBe(15);
});

test.each([
  [["emulator", "--port", "high"], "--port"],
  [["emulator", "--port", "70000"], "port"],
  [["emulator", "--wabas", "0"], "wabas"],
  [["emulator", "--numbers", "-1"], "--numbers"],
  [["emulator", "--latency", "soon"], "--latency"],
  [["emulator", "--token", "two words"], "tokens"],
  [["emulator", "--seed", "hard"], "--seed"],
  [["emulator", "--state", "file"], "--state"],
  [["emulator", "extra"], "arguments"],
  [["emulate"], "emulate"],
])("waba %j ends with exit code 1 and one line that names the cause", async (args, cause) => {
  const { code, stdout, stderr } = await outcome(waba(...args));
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(cause);
  expect(stderr.trimEnd()).not.toContain("\n");
});

test("a port in use ends with exit code 1 and one line that says so", async () => {
  await using first = await startEmulator();
  const { code, stderr } = await outcome(waba("emulator", "--port", String(first.port)));
  expect(code).toBe(1);
  expect(stderr).toBe(
    `error: port ${first.port} is in use on 127.0.0.1; choose another with --port, or 0 for a free one\n`,
  );
});
