import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";
import { openShell } from "../support/waba.ts";

const NUMBER = ICE_CREAM.phoneNumber;
const ICE = {
  wabaId: WABA,
  phoneNumber: NUMBER,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: { method: "SMS", language: "en" },
};
const REQUEST = "POST /{PNID}/request_code";
const VERIFY = "POST /{PNID}/verify_code";
const { verification: _none, ...WITHOUT_CODES } = ICE;

/** The number in a stack that does not have codes sent, and the stack's project with the token in its configuration. */
async function start(program: object = WITHOUT_CODES) {
  const lifecycle = await startLifecycle();
  const { stack, emulator } = lifecycle;
  await stack.up({ ...program });
  const shell = openShell();
  const config = { accessToken: emulator.token, baseUrl: emulator.url };
  const resource = () => stack.resource as NonNullable<typeof stack.resource>;
  shell.hasStack({ config, numbers: [resource()] });
  lifecycle.calls();
  return { ...lifecycle, ...shell, config, resource };
}

/** Without a stack: the environment says it all. */
const inEnvironment = ({ emulator }: Awaited<ReturnType<typeof start>>) => ({
  WABA_ACCESS_TOKEN: emulator.token,
  WABA_BASE_URL: emulator.url,
});

test("a code is requested, verified with a hyphen from standard input, and the next up registers", async () => {
  const { stack, emulator, waba, writes, calls, project, pulumiRuns } = await start();
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
  const { stack, emulator, waba, writes } = await start(ICE);
  expect(stack.outputs.phase).toBe("code-sent");
  expect(stack.outputs.nextAction).toContain(`npx waba code verify ${NUMBER},`);
  expect((await waba(["code", "verify", NUMBER], { input: emulator.code(ICE_CREAM.id) })).exitCode).toBe(0);
  expect((await stack.up(ICE)).op).toBe("update");
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual([VERIFY, "POST /{PNID}/register"]);
});

test("a call in another language, and the next command with the same flags", async () => {
  const { emulator, waba } = await start();
  const flags = ["--stack", "dev", "--credential", "acme's"];
  const env = { WABA_CREDENTIALS: JSON.stringify({ "acme's": { accessToken: emulator.token } }) };
  const { stdout } = await waba(["code", "request", NUMBER, "--voice", "--language", "pt_BR", ...flags], { env });
  expect(stdout).toContain(`by VOICE.`);
  expect(stdout).toContain(`npx waba code verify ${NUMBER} --credential 'acme'\\''s' --stack dev\n`);
  const { requests } = emulator.requests();
  expect(requests.at(-1)?.params).toEqual({ code_method: "VOICE", language: "pt_BR" });
});

test("Graph's id alone, and the account's list, find a number that the stack does not have", async () => {
  const started = await start();
  const { waba, hasStack, config, calls, pulumiRuns, elsewhere } = started;
  hasStack({ config });
  expect((await waba(["code", "request", ICE_CREAM.id])).exitCode).toBe(0);
  expect(calls()).toEqual(["GET /{PNID}", REQUEST]);
  started.pass({ hours: 1 });
  expect((await waba(["code", "request", NUMBER, "--waba", WABA])).exitCode).toBe(0);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}", REQUEST]);

  started.pass({ hours: 1 });
  const before = pulumiRuns().length;
  const env = inEnvironment(started);
  expect((await waba(["code", "request", ICE_CREAM.id], { env, cwd: elsewhere })).exitCode).toBe(0);
  started.pass({ hours: 1 });
  const { stdout, exitCode } = await waba(["code", "request", ICE_CREAM.id, "--no-stack"], { env });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`npx waba code verify ${ICE_CREAM.id} --no-stack\n`);
  expect(pulumiRuns()).toHaveLength(before);
});

test("the stack says which credential and which account a number has; the environment wins over its configuration", async () => {
  const { stack, emulator, waba, writes, hasStack, config } = await start();
  const resource = stack.resource as NonNullable<typeof stack.resource>;
  const number = { ...resource, outputs: { ...resource.outputs, credential: "acme" } };
  const credentials = JSON.stringify({ acme: { accessToken: "dead" } });
  hasStack({ config: { ...config, credentials }, numbers: [number] });
  const dead = await waba(["code", "request", NUMBER]);
  expect(dead.exitCode).toBe(1);
  expect(dead.stderr).toContain("The token came from acme in waba:credentials in the stack's configuration");
  const env = { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: emulator.token } }) };
  expect((await waba(["code", "request", NUMBER], { env })).exitCode).toBe(0);
  expect(writes()).toEqual([REQUEST]);
});

test("a number that is verified, or lives on the app, is left alone", async () => {
  const { emulator, waba, writes } = await start();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  for (const args of [
    ["code", "request", NUMBER],
    ["code", "verify", NUMBER],
  ]) {
    const { exitCode, stdout } = await waba(args, { input: "111111" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("is verified already and needs no code. Next: pulumi up.");
  }
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "NOT_VERIFIED", is_on_biz_app: true });
  const { exitCode, stderr } = await waba(["code", "request", NUMBER]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("lives on the WhatsApp Business app");
  expect(writes()).toEqual([]);
});

test("a wrong code is refused with what to do, and the right one works after it", async () => {
  const { emulator, waba, writes } = await start(ICE);
  const right = emulator.code(ICE_CREAM.id);
  const wrong = right === "111111" ? "222222" : "111111";
  const { exitCode, stdout, stderr } = await waba(["code", "verify", NUMBER], { input: wrong });
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(
    /^error: We could not verify the code · number \+1 631-555-2222 \(\d+\) · Graph said: .*136025/,
  );
  expect(stderr).toContain("Give the newest code: npx waba code verify NUMBER");
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
  const { waba, writes } = await start(ICE);
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

test("without a token both places to set one are named, and nothing is called", async () => {
  const { waba, hasStack, calls, config, resource, elsewhere } = await start();
  hasStack({ config: { baseUrl: config.baseUrl }, numbers: [resource()] });
  for (const options of [{}, { cwd: elsewhere }]) {
    const { exitCode, stderr } = await waba(["code", "request", ICE_CREAM.id], options);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: no access token\. .*waba:accessToken.*WABA_ACCESS_TOKEN\n$/);
  }
  const { stderr } = await waba(["code", "request", ICE_CREAM.id, "--credential", "acme"]);
  expect(stderr).toContain('no credential of the name "acme"');
  expect(calls()).toEqual([]);
});

test.each<[string, string[], string]>([
  ["fails", ["echo 'error: no stack selected' >&2", "exit 255"], "failed: no stack selected"],
  [
    "fails with much to say",
    [
      "echo 'Diagnostics:' >&2",
      "echo 'error: passphrase must be set' >&2",
      "echo >&2",
      "echo 'see docs' >&2",
      "exit 1",
    ],
    "failed: passphrase must be set",
  ],
  ["prints no JSON", ["echo 'accessToken: EAAB-secret'"], "in a form that is not known here"],
  ["prints JSON of another form", ["echo '[\"EAAB-secret\"]'"], "in a form that is not known here"],
])("a pulumi that %s is told, with the way around it, and its output is not", async (_what, lines, message) => {
  const started = await start();
  started.pulumiDoes(...lines);
  const { exitCode, stderr } = await started.waba(["code", "request", NUMBER], { env: inEnvironment(started) });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: the stack could not be asked: pulumi (config --json|stack export) /);
  expect(stderr).toContain(message);
  expect(stderr).toContain("--no-stack goes without it");
  expect(stderr).not.toContain("EAAB");
  expect(started.calls()).toEqual([]);
});

test("no pulumi, no project and no folder are told apart", async () => {
  const started = await start();
  const { waba, elsewhere } = started;
  const env = inEnvironment(started);
  const missing = await waba(["code", "request", NUMBER], { env: { ...env, PATH: elsewhere } });
  expect(missing.stderr).toContain("the command pulumi is not on PATH");
  const outside = await waba(["code", "request", NUMBER], { env, cwd: elsewhere });
  expect(outside.stderr).toContain(
    `${elsewhere} is in no Pulumi project: give its folder by --cwd, or name its account`,
  );
  const nowhere = await waba(["code", "request", NUMBER, "--stack", "dev", "--cwd", `${elsewhere}/not`], { env });
  expect(nowhere.stderr).toContain(`there is no folder ${elsewhere}/not`);
  for (const { exitCode } of [missing, outside, nowhere]) expect(exitCode).toBe(1);
  expect(started.calls()).toEqual([]);
});

test("a folder below the project's, and --cwd, belong to it", async () => {
  const started = await start();
  const { waba, project, elsewhere } = started;
  expect((await waba(["code", "request", NUMBER, "--cwd", project], { cwd: elsewhere })).exitCode).toBe(0);
  expect(started.pulumiRuns().every((run) => run.startsWith(`${project}: `))).toBe(true);
});

test("a number that the stack does not have, or is about to lose, is not guessed", async () => {
  const { waba, hasStack, config, calls, resource } = await start();
  const unknown = `the stack has no number ${CAKE_SHOP.phoneNumber}. Run pulumi up first; or name its account`;
  const absent = await waba(["code", "request", CAKE_SHOP.phoneNumber]);
  expect(absent.exitCode).toBe(1);
  expect(absent.stderr).toContain(unknown);
  hasStack({ config, numbers: [{ ...resource(), delete: true }] });
  expect((await waba(["code", "request", NUMBER])).stderr).toContain(`the stack has no number ${NUMBER}`);

  const other = { ...resource(), id: "999999", outputs: { ...resource().outputs, wabaId: "888888" } };
  hasStack({ config, numbers: [resource(), other] });
  const twice = await waba(["code", "request", NUMBER]);
  expect(twice.stderr).toContain(
    `the stack has ${NUMBER} more than once: ${ICE_CREAM.id} (account ${WABA}), 999999 (account 888888). Name it by its id`,
  );
  expect(calls()).toEqual([]);
  expect((await waba(["code", "request", NUMBER, "--waba", WABA])).exitCode).toBe(0);
});

test("an account that lacks the number is said", async () => {
  const { waba, hasStack, config } = await start();
  hasStack({ config });
  const { exitCode, stderr } = await waba(["code", "request", "+491511234567", "--waba", WABA]);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(`error: account ${WABA} has no number +491511234567\n`);
});

test("accounts that are not allowed are never called, whoever names them", async () => {
  const { waba, hasStack, config, calls, resource, emulator } = await start();
  hasStack({ config: { ...config, allowedWabaIds: "888888" }, numbers: [resource()] });
  for (const args of [
    [NUMBER],
    [ICE_CREAM.id],
    [CAKE_SHOP.id],
    [NUMBER, "--waba", WABA],
    [CAKE_SHOP.phoneNumber, "--waba", WABA],
  ]) {
    const { exitCode, stderr } = await waba(["code", "request", ...args], {
      env: { WABA_ACCESS_TOKEN: emulator.token },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/nothing was done: .* is not among waba:allowedWabaIds \(888888\)/);
  }
  expect(calls()).toEqual([]);

  // An account that is only claimed is looked at before anything is written.
  hasStack({ config: { ...config, allowedWabaIds: "888888" } });
  const claimed = await waba(["code", "request", ICE_CREAM.id, "--waba", "888888"]);
  expect(claimed.stderr).toContain(`account ${WABA} is not among waba:allowedWabaIds`);
  expect(calls()).toEqual(["GET /{PNID}"]);
});

test("another Graph than the one that the stack's number was read from is refused", async () => {
  const { waba, calls, emulator } = await start();
  const env = { WABA_BASE_URL: "http://127.0.0.1:9" };
  const { exitCode, stderr } = await waba(["code", "request", NUMBER], { env });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `nothing was done: the number was last read from ${emulator.url}, and the configuration now`,
  );
  expect(calls()).toEqual([]);
});

test("an answer that is lost is not taken for a code, and a code that was taken is not tried again", async () => {
  const { waba, emulator, writes } = await start();
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
  const { waba, emulator } = await start();
  const body = { error: { message: "Request code error", code: 136024, error_subcode: 2388367, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: "/*/request_code" }, status: 400, body });
  const { exitCode, stderr } = await waba(["code", "request", NUMBER]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/Request code error \(code 136024\/2388367.*Wait a day, then .* npx waba code request NUMBER/);
});

test("each write is a line of the audit log, without a secret", async () => {
  const { waba, emulator, project } = await start();
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
  const { start: begin, emulator, pulumiRuns, config } = await start(ICE);
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
