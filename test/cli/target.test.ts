import { join } from "node:path";
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { startProject } from "../support/waba.ts";

const NUMBER = ICE_CREAM.phoneNumber;
const WITHOUT_CODES = { wabaId: WABA, phoneNumber: NUMBER, displayName: "Jasper's Ice Cream", pin: "654321" };
const REQUEST = "POST /{PNID}/request_code";

test("Graph's id alone, and the account's list, find a number that the stack does not have", async () => {
  const started = await startProject(WITHOUT_CODES);
  const { waba, hasStack, config, calls, pulumiRuns, elsewhere } = started;
  hasStack({ config });
  expect((await waba(["code", "request", ICE_CREAM.id])).exitCode).toBe(0);
  expect(calls()).toEqual(["GET /{PNID}", REQUEST]);
  started.pass({ hours: 1 });
  expect((await waba(["code", "request", NUMBER, "--waba", WABA])).exitCode).toBe(0);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}", REQUEST]);

  started.pass({ hours: 1 });
  const before = pulumiRuns().length;
  const env = started.environment;
  expect((await waba(["code", "request", ICE_CREAM.id], { env, cwd: elsewhere })).exitCode).toBe(0);
  started.pass({ hours: 1 });
  const { stdout, exitCode } = await waba(["code", "request", ICE_CREAM.id, "--no-stack"], { env });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`npx waba code verify ${ICE_CREAM.id} --no-stack\n`);
  expect(pulumiRuns()).toHaveLength(before);
});

test("the stack says which credential and which account a number has; the environment wins over its configuration", async () => {
  const { stack, emulator, waba, writes, hasStack, config } = await startProject(WITHOUT_CODES);
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

test("without a token both places to set one are named, and nothing is called", async () => {
  const { waba, hasStack, calls, config, resource, elsewhere } = await startProject(WITHOUT_CODES);
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
  const started = await startProject(WITHOUT_CODES);
  started.pulumiDoes(...lines);
  const { exitCode, stderr } = await started.waba(["code", "request", NUMBER], { env: started.environment });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: the stack could not be asked: pulumi (config --json|stack export) /);
  expect(stderr).toContain(message);
  expect(stderr).toContain("--no-stack goes without it");
  expect(stderr).not.toContain("EAAB");
  expect(started.calls()).toEqual([]);
});

test("no pulumi, no project and no folder are told apart", async () => {
  const started = await startProject(WITHOUT_CODES);
  const { waba, elsewhere } = started;
  const env = started.environment;
  const missing = await waba(["code", "request", NUMBER], { env: { ...env, PATH: elsewhere } });
  expect(missing.stderr).toContain("the command pulumi is not on PATH");
  const outside = await waba(["code", "request", NUMBER], { env, cwd: elsewhere });
  expect(outside.stderr).toContain(
    `${elsewhere} is in no Pulumi project: give its folder by --cwd, or name its account`,
  );
  const nowhere = await waba(["code", "request", NUMBER, "--stack", "dev", "--cwd", `${elsewhere}/not`], { env });
  expect(nowhere.stderr).toContain(`there is no folder ${elsewhere}/not`);
  // A folder that is named is not passed over, though Graph's id would do.
  const named = await waba(["code", "request", ICE_CREAM.id, "--cwd", elsewhere], { env });
  expect(named.stderr).toBe(`error: ${elsewhere} is in no Pulumi project. --no-stack goes without one\n`);
  const file = await waba(["code", "request", ICE_CREAM.id, "--cwd", join(started.project, "Pulumi.yaml")], { env });
  expect(file.stderr).toContain(`there is no folder ${started.project}/Pulumi.yaml`);
  for (const { exitCode } of [missing, outside, nowhere, named, file]) expect(exitCode).toBe(1);
  expect(started.calls()).toEqual([]);
});

test("a folder below the project's, and --cwd, belong to it", async () => {
  const started = await startProject(WITHOUT_CODES);
  const { waba, project, elsewhere } = started;
  expect((await waba(["code", "request", NUMBER, "--cwd", project], { cwd: elsewhere })).exitCode).toBe(0);
  expect(started.pulumiRuns().every((run) => run.startsWith(`${project}: `))).toBe(true);
});

test("a number that the stack does not have, or is about to lose, is not guessed", async () => {
  const { waba, hasStack, config, calls, resource } = await startProject(WITHOUT_CODES);
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
  const { waba, hasStack, config } = await startProject(WITHOUT_CODES);
  hasStack({ config });
  const { exitCode, stderr } = await waba(["code", "request", "+491511234567", "--waba", WABA]);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    `error: account ${WABA} has no number +491511234567. Name the account that has it by --waba, or the number by Graph's id\n`,
  );
});

test("accounts that are not allowed are never called, whoever names them", async () => {
  const { waba, hasStack, config, calls, resource, emulator } = await startProject(WITHOUT_CODES);
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
  const { waba, calls, emulator } = await startProject(WITHOUT_CODES);
  const env = { WABA_BASE_URL: "http://127.0.0.1:9" };
  const { exitCode, stderr } = await waba(["code", "request", NUMBER], { env });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `nothing was done: the number was last read from ${emulator.url}, and the configuration now`,
  );
  expect(calls()).toEqual([]);
});
