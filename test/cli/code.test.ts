import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { openShell, startProject } from "../support/waba.ts";

const NUMBER = ICE_CREAM.phoneNumber;
const WITHOUT_CODES = { wabaId: WABA, phoneNumber: NUMBER, displayName: "Jasper's Ice Cream", pin: "654321" };
const ICE = { ...WITHOUT_CODES, verification: { method: "SMS", language: "en" } };
const REQUEST = "POST /{PNID}/request_code";
const VERIFY = "POST /{PNID}/verify_code";

test("a code is requested, verified with a hyphen from standard input, and the next up registers", async () => {
  const { stack, emulator, waba, writes, calls, project, pulumiRuns } = await startProject(WITHOUT_CODES);
  const requested = await waba(["code", "request", "+1 (631) 555-2222"]);
  expect(requested).toMatchObject({ exitCode: 0, stderr: "" });
  expect(requested.stdout).toBe(
    `A code is on its way to number +1 631-555-2222 (${ICE_CREAM.id}) by SMS. It lives about ten minutes. ` +
      `Then: npx waba code verify ${NUMBER}\n`,
  );
  expect(calls()).toEqual(["GET /{PNID}", REQUEST]);
  expect(pulumiRuns().toSorted()).toEqual([
    `${project}: config --json --show-secrets --non-interactive`,
    `${project}: stack export --non-interactive`,
  ]);

  const code = emulator.code(ICE_CREAM.id);
  const verified = await waba(["code", "verify", NUMBER], { input: `\n ${code.slice(0, 3)}-${code.slice(3)}\n` });
  expect(verified).toMatchObject({ exitCode: 0, stderr: "" });
  expect(verified.stdout).toContain(`Number +1 631-555-2222 (${ICE_CREAM.id}) is verified. Next: pulumi up`);
  expect(writes()).toEqual([VERIFY]);

  await stack.up(WITHOUT_CODES);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/register"]);
});

test("a program's own code is verified by the command that nextAction names", async () => {
  const { stack, emulator, waba, writes } = await startProject(ICE);
  expect(stack.outputs.phase).toBe("code-sent");
  expect(stack.outputs.nextAction).toContain(`npx waba code verify ${NUMBER},`);
  expect((await waba(["code", "verify", NUMBER], { input: emulator.code(ICE_CREAM.id) })).exitCode).toBe(0);
  expect((await stack.up(ICE)).op).toBe("update");
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual([VERIFY, "POST /{PNID}/register"]);
});

test("a call in another language, and the next command with the same flags", async () => {
  const { emulator, waba } = await startProject(WITHOUT_CODES);
  const flags = ["--stack", "dev", "--credential", "acme's"];
  const env = { WABA_CREDENTIALS: JSON.stringify({ "acme's": { accessToken: emulator.token } }) };
  const { stdout } = await waba(["code", "request", NUMBER, "--voice", "--language", "pt_BR", ...flags], { env });
  expect(stdout).toContain(`by VOICE.`);
  expect(stdout).toContain(`npx waba code verify ${NUMBER} --credential 'acme'\\''s' --stack dev\n`);
  const { requests } = emulator.requests();
  expect(requests.at(-1)?.params).toEqual({ code_method: "VOICE", language: "pt_BR" });
});

test("what comes next is a command for the same number of the same stack, also in errors", async () => {
  const { emulator, waba, project, elsewhere } = await startProject(ICE);
  const flags = ["--stack", "dev", "--cwd", project];
  const right = emulator.code(ICE_CREAM.id);
  const run = (input: string) => waba(["code", "verify", NUMBER, ...flags], { input, cwd: elsewhere });
  const wrong = await run(right === "111111" ? "222222" : "111111");
  expect(wrong.stderr).toContain(`npx waba code verify ${NUMBER} --stack dev --cwd ${project}, or`);
  expect((await run(right)).stdout).toContain(
    `Next: pulumi up --stack dev --cwd ${project}, which goes on from there.`,
  );
  const alone = await waba(["code", "verify", ICE_CREAM.id, "--no-stack"], {
    input: right,
    env: { WABA_ACCESS_TOKEN: emulator.token, WABA_BASE_URL: emulator.url },
  });
  expect(alone.stdout).toMatch(/needs no code\. Next: pulumi up\n$/);
});

test("a number that is verified, or lives on the app, is left alone", async () => {
  const { emulator, waba, writes } = await startProject(WITHOUT_CODES);
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  for (const args of [
    ["code", "request", NUMBER],
    ["code", "verify", NUMBER],
  ]) {
    const { exitCode, stdout } = await waba(args, { input: "111111" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("is verified already and needs no code. Next: pulumi up\n");
  }
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "NOT_VERIFIED", is_on_biz_app: true });
  const { exitCode, stderr } = await waba(["code", "request", NUMBER]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("lives on the WhatsApp Business app");
  expect(writes()).toEqual([]);
});

test("a wrong code is refused with what to do, and the right one works after it", async () => {
  const { emulator, waba, writes } = await startProject(ICE);
  const right = emulator.code(ICE_CREAM.id);
  const wrong = right === "111111" ? "222222" : "111111";
  const { exitCode, stdout, stderr } = await waba(["code", "verify", NUMBER], { input: wrong });
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(
    /^error: We could not verify the code · number \+1 631-555-2222 \(\d+\) · Graph said: .*136025/,
  );
  expect(stderr).toContain(`Give the newest code: npx waba code verify ${NUMBER}, or`);
  expect(stderr).not.toContain("at ");
  expect((await waba(["code", "verify", NUMBER], { input: right })).exitCode).toBe(0);
  expect(writes()).toEqual([VERIFY, VERIFY]);
});

test.each([
  ["no code", ""],
  ["five digits", "12345"],
  ["words", "the code"],
  ["two codes", "123456 654321"],
])("%s on standard input is refused before it is tried", async (_what, input) => {
  const { waba, writes } = await startProject(ICE);
  const { exitCode, stderr } = await waba(["code", "verify", NUMBER], { input });
  expect(exitCode).toBe(1);
  expect(stderr).toBe("error: the code must be the 6 digits of the message, as 123-830, on standard input\n");
  expect(writes()).toEqual([]);
});

test.each([
  [["code", "request", "555"], "must look like +16315551111"],
  [["code", "request", NUMBER, "--waba", "mine"], "numeric id of a WhatsApp Business Account"],
  [["code", "request"], "missing required argument 'number'"],
  [["code", "verify", NUMBER, "123830"], "the code comes by standard input, not as an argument"],
  [["code", "request", NUMBER, "SMS"], "too many arguments"],
  [["code", "request", NUMBER, "--language"], "argument missing"],
  [["code", "request", NUMBER, "--language", "english"], "must be a language, as en or en_US"],
])("%j is refused by what is wrong with it", async (args, message) => {
  const { exitCode, stderr, stdout } = await openShell().waba(args, { input: "" });
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("123830");
});

test("an answer that is lost is not taken for a code, and a code that was taken is not tried again", async () => {
  const { waba, emulator, writes } = await startProject(WITHOUT_CODES);
  emulator.addFault({ match: { path: "/*/request_code" }, drop: "after" });
  const requested = await waba(["code", "request", NUMBER]);
  expect(requested.exitCode).toBe(1);
  expect(requested.stderr).toContain(`Graph did not confirm that it sent a code to number +1 631-555-2222`);
  expect(requested.stderr).toContain(`If one comes: npx waba code verify ${NUMBER}`);
  emulator.addFault({ match: { path: "/*/verify_code" }, drop: "after" });
  const verified = await waba(["code", "verify", NUMBER], { input: emulator.code(ICE_CREAM.id) });
  expect(verified.exitCode).toBe(0);
  expect(writes()).toEqual([REQUEST, VERIFY]);
});

test("Graph's refusal to send a code is told", async () => {
  const { waba, emulator } = await startProject(WITHOUT_CODES);
  const body = { error: { message: "Request code error", code: 136024, error_subcode: 2388367, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: "/*/request_code" }, status: 400, body });
  const { exitCode, stderr } = await waba(["code", "request", NUMBER]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/Request code error \(code 136024\/2388367.*Wait a day, then /);
  expect(stderr).toContain(`npx waba code request ${NUMBER}`);
});

test("each write is a line of the audit log, without a secret", async () => {
  const { waba, emulator, project } = await startProject(WITHOUT_CODES);
  const file = join(project, "audit.log");
  const env = { WABA_AUDIT_LOG: file };
  await waba(["code", "request", NUMBER], { env });
  const code = emulator.code(ICE_CREAM.id);
  const wrong = code === "111111" ? "222222" : "111111";
  await waba(["code", "verify", NUMBER], { env, input: wrong });
  await waba(["code", "verify", NUMBER], { env, input: code });
  const text = readFileSync(file, "utf8");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(lines.map(({ call, result }) => [call, result])).toEqual([
    [`POST /${ICE_CREAM.id}/request_code`, "ok"],
    [`POST /${ICE_CREAM.id}/verify_code`, "CodeRejectedError"],
    [`POST /${ICE_CREAM.id}/verify_code`, "ok"],
  ]);
  for (const secret of [code, wrong, emulator.token]) expect(text).not.toContain(secret);
});

test("neither arguments nor output of any process hold the token or the code", async () => {
  const { start: begin, emulator, pulumiRuns, config } = await startProject(ICE);
  const code = emulator.code(ICE_CREAM.id);
  // It waits for the code, so that it can be looked at.
  const child = begin(["code", "verify", NUMBER], { WABA_ACCESS_TOKEN: config.accessToken });
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const read = () => emulator.requests().requests.some(({ method, route }) => `${method} ${route}` === "GET /{PNID}");
  await expect.poll(read, { timeout: 20_000 }).toBe(true);
  const shown = readFileSync(`/proc/${child.pid}/cmdline`, "utf8");
  expect(shown).toContain("verify");
  child.stdin.end(`${code}\n`);
  expect(await new Promise((ended) => child.once("close", ended))).toBe(0);
  for (const secret of [code, config.accessToken, "654321"]) {
    expect([shown, ...pulumiRuns(), ...output].join("\n")).not.toContain(secret);
  }
});

test.each([
  ["with a space", (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `],
  ["before another line", (code: string) => `${code}\n000000\n`],
])("a code %s is taken", async (_what, written) => {
  const { waba, emulator } = await startProject(ICE);
  const { exitCode } = await waba(["code", "verify", NUMBER], { input: written(emulator.code(ICE_CREAM.id)) });
  expect(exitCode).toBe(0);
});

test("a refused code is not looked up; one whose answer is lost is, and what was not taken is an error", async () => {
  const { waba, emulator, calls } = await startProject(ICE);
  const right = emulator.code(ICE_CREAM.id);
  const verify = (input: string) => waba(["code", "verify", NUMBER], { input });
  expect((await verify(right === "111111" ? "222222" : "111111")).exitCode).toBe(1);
  expect(calls()).toEqual(["GET /{PNID}", VERIFY]);

  emulator.addFault({ match: { path: "/*/verify_code" }, status: 502, body: "<html>" });
  const lost = await verify(right);
  expect(lost.exitCode).toBe(1);
  expect(lost.stderr).toMatch(/^error: We could not verify the code/);
  expect(calls()).toEqual(["GET /{PNID}", VERIFY, "GET /{PNID}"]);

  // The look fails too: the first error is the one that matters.
  emulator.addFault({ match: { path: "/*/verify_code" }, status: 502, body: "<html>" });
  const look = { path: `/${ICE_CREAM.id}`, method: "GET" };
  // The one before the code goes well.
  emulator.addFault({ match: look, latencyMs: 1 });
  emulator.addFault({ match: look, times: 50, status: 400, body: "no" });
  expect((await verify(right)).stderr).toMatch(/^error: We could not verify the code/);
  expect(calls().filter((call) => call === VERIFY)).toHaveLength(1);
});
