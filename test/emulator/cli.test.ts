import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import { emulatorCommand } from "../../provider/cli/emulator.ts";
import { fetchReply } from "./emulator-client.ts";

const CLI = fileURLToPath(new URL("../../provider/cli/waba.ts", import.meta.url));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "waba-cli-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

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

test("enforces limits, and asks for proofs of an app's own secret, by flags", async () => {
  vi.stubEnv("WABA_APP_SECRET", "ours");
  const child = waba("emulator", "--limits", "--app-id", "4711", "--require-proof");
  const { url } = JSON.parse(await firstLine(child));
  const read = (query: string) => fetchReply(`${url}/102290129340398?access_token=emulator-token${query}`, {});
  const proof = createHmac("sha256", "ours").update("emulator-token").digest("hex");
  expect((await read("")).status).toBe(400);
  expect((await read(`&appsecret_proof=${proof}`)).status).toBe(200);
  const { body } = await fetchReply(`${url}/__emulator/usage`, {});
  expect(body).toMatchObject({ enforced: true, usage: [{ app_id: "4711", calls: 1 }] });
});

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
  [["emulator", "--seed", "nowhere.json"], "nowhere.json: there is no such file"],
  [["emulator", "--seed", "hard", "--numbers", "3"], "seed"],
  [["emulator", "--state", "/nowhere/state.json"], "/nowhere/state.json"],
  [["emulator", "--webhook", "nowhere"], "webhook"],
  [["emulator", "extra"], "arguments"],
  [["emulate"], "emulate"],
])("waba %j ends with exit code 1 and one line that names the cause", async (args, cause) => {
  const { code, stdout, stderr } = await outcome(waba(...args));
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(cause);
  expect(stderr.trimEnd()).not.toContain("\n");
});

test.each([
  ["--stale", "soon"],
  ["--random-seed", "x"],
  ["--review", "later"],
  ["--name-flip", "never"],
  ["--first-name-status", "GOOD"],
  ["--name-rules", "none"],
  ["--max-phone-numbers", "many"],
])("%s %s is refused by name, before anything starts", async (flag, value) => {
  const said: string[] = [];
  const command = emulatorCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => said.push(text) });
  await expect(command.parseAsync([flag, value], { from: "user" })).rejects.toMatchObject({ exitCode: 1 });
  expect(said).toEqual([expect.stringMatching(new RegExp(`^error: option '${flag} .*\\n$`))]);
});

test("a bad seed file ends with exit code 1 and a line for each problem", async () => {
  const seed = join(folder(), "seed.json");
  writeFileSync(seed, '{"wabas":[{"name":"x"}],"phone_numbers":[{"phone_number":"5"}]}');
  const { code, stdout, stderr } = await outcome(waba("emulator", "--seed", seed));
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr.trimEnd().split("\n")).toEqual([
    `error: ${seed}: wabas[0].id: is missing`,
    `error: ${seed}: phone_numbers[0].phone_number: must be E.164: +16315551111`,
  ]);
});

test("takes a seed file, keeps its state, and goes on from there", async () => {
  const seed = join(folder(), "seed.json");
  writeFileSync(seed, '{"wabas":[{"id":"60"}],"phone_numbers":[{"id":"70","phone_number":"+16315551111"}]}');
  const state = join(folder(), "state.json");
  const first = waba("emulator", "--seed", seed, "--state", state);
  const ready = JSON.parse(await firstLine(first));
  expect(ready).toMatchObject({ wabas: ["60"], state });
  await fetchReply(`${ready.url}/70?pin=000000&access_token=emulator-token`, { method: "POST" });
  first.kill("SIGTERM");
  expect(await outcome(first)).toEqual({ code: 0, stdout: "", stderr: "" });
  const second = waba("emulator", "--state", state, "--seed", "hard");
  const { url, wabas } = JSON.parse(await firstLine(second));
  expect(wabas).toEqual(["60"]);
  const reply = await fetchReply(`${url}/70?fields=is_pin_enabled&access_token=emulator-token`, {});
  expect(reply.body.is_pin_enabled).toBe(true);
  second.kill("SIGTERM");
  expect((await outcome(second)).stderr).toContain("--seed serves reset only");
});

test("its flags are the options of the emulator", async () => {
  const flags = ["--seed", "hard", "--stale", "1000", "--random-seed", "7", "--review", "60", "--no-certificates"];
  const more = ["--pin-retired", "--first-name-status", "NONE", "--name-flip", "register", "--max-phone-numbers", "1"];
  const { url, wabas } = JSON.parse(
    await firstLine(waba("emulator", ...flags, ...more, "--name-rules", "help_center")),
  );
  expect(wabas.length).toBe(3);
  const send = (path: string, method = "GET") =>
    fetchReply(`${url}${path}${path.includes("?") ? "&" : "?"}access_token=emulator-token`, { method });
  const name = async () => (await send("/1972385232742141?fields=new_display_name,verified_name")).body;
  expect((await send("/1972385232742141?fields=certificate")).status).toBe(400);
  expect((await send("/1972385232742141?new_display_name=Cake%20Palace", "POST")).status).toBe(200);
  expect((await name()).new_display_name).toBeUndefined();
  const control = (path: string, json: object) =>
    fetchReply(`${url}/__emulator/${path}`, { method: "POST", body: JSON.stringify(json) });
  await control("clock", { advanceSeconds: 61 });
  const kept = (await fetchReply(`${url}/__emulator/state`, {})).body.numbers as never;
  expect(kept["1972385232742141"]).toMatchObject({ new_name_status: "APPROVED", verified_name: "John's Cake Shop" });
  expect(kept["1972385232742141"]).toMatchObject({ is_pin_enabled: false });
});

test("a port in use ends with exit code 1 and one line that says so", async () => {
  await using first = await startEmulator();
  const { code, stderr } = await outcome(waba("emulator", "--port", String(first.port)));
  expect(code).toBe(1);
  expect(stderr).toBe(
    `error: port ${first.port} is in use on 127.0.0.1; choose another with --port, or 0 for a free one\n`,
  );
});
