import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { openShell, startProject } from "../support/waba.ts";

const NUMBER = CAKE_SHOP.phoneNumber;
const CAKE = { wabaId: WABA, phoneNumber: NUMBER, displayName: "John's Cake Shop" };
const VERIFIED = { code_verification_status: "VERIFIED" };
const LABEL = `number +1 631-555-1111 (${CAKE_SHOP.id})`;

test("what is past already is success after one read", async () => {
  const { waba, calls } = await startProject(CAKE);
  for (const goal of ["registered", "name"]) {
    const { exitCode, stdout, stderr } = await waba(["wait", NUMBER, "--for", goal]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(
      goal === "name"
        ? `${LABEL}: the name "John's Cake Shop" is APPROVED\n`
        : `${LABEL}: registered as "John's Cake Shop"\n`,
    );
    expect(calls()).toEqual(["GET /{PNID}"]);
  }
});

test("a name that the stack asked for is waited for, also while Graph does not show it", async () => {
  const { stack, emulator, waba, hasStack, config, calls } = await startProject({
    ...CAKE,
    displayName: "Lucky Shrub",
  });
  const wait = ["wait", NUMBER, "--for", "name", "--timeout", "1"];
  const inReview = await waba(wait);
  expect(inReview.exitCode).toBe(2);
  expect(inReview.stdout).toBe(`${LABEL}: after 1 s still the name "Lucky Shrub" is PENDING_REVIEW\n`);
  expect(inReview.stderr).toBe(`${LABEL}: the name "Lucky Shrub" is PENDING_REVIEW (looking again every 60 s)\n`);
  expect(calls()).toEqual(["GET /{PNID}"]);

  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  const approved = await waba(wait);
  expect(approved).toMatchObject({ exitCode: 0, stderr: "" });
  expect(approved.stdout).toContain('the name "Lucky Shrub" is APPROVED. Next: pulumi up, which registers it');

  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  const asked = { ...outputs, nameRequests: [{ name: "Third Name", at: "2026-11-23T12:00:00.000Z" }] };
  emulator.patchNumber(id, { new_name_status: "NONE" });
  hasStack({ config, numbers: [{ id, outputs: asked }] });
  const unseen = await waba(wait);
  expect(unseen.exitCode).toBe(2);
  expect(unseen.stdout).toContain('Graph does not show the name "Third Name" yet');
});

test("a decision against it ends the wait with 2", async () => {
  const { emulator, waba } = await startProject({ ...CAKE, displayName: "Lucky Shrub" });
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  const declined = await waba(["wait", NUMBER, "--for", "name"]);
  expect(declined.exitCode).toBe(2);
  expect(declined.stdout).toContain(`${LABEL}: the name "Lucky Shrub" is DECLINED. Declare another displayName that`);
  emulator.patchNumber(CAKE_SHOP.id, { status: "BANNED" });
  const banned = await waba(["wait", NUMBER, "--for", "registered"]);
  expect(banned.exitCode).toBe(2);
  expect(banned.stdout).toContain(
    `${LABEL}: not registered: status BANNED, platform CLOUD_API. Waiting does not change`,
  );
});

const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream", pin: "654321" };
const FOR_ICE = ["wait", ICE_CREAM.phoneNumber, "--for", "registered", "--timeout", "1"];

test.each<[string, object, object, RegExp]>([
  ["lives on the app", ICE, { is_on_biz_app: true }, /Disconnect it from the app/],
  ["is not to be registered", { ...ICE, register: false }, VERIFIED, /Declare register: true \(and pin\)/],
  ["has no PIN", { ...ICE, pin: undefined }, VERIFIED, /Declare pin \(6 digits/],
  [
    "came too late",
    { ...ICE, embeddedSignupFinishedAt: "2026-11-01T00:00:00Z" },
    {},
    /go through embedded signup again/,
  ],
])(
  "a number that %s is not waited for: exit code 2, and what to do, after one look",
  async (_what, program, patch, next) => {
    const { emulator, waba, calls } = await startProject(program);
    emulator.patchNumber(ICE_CREAM.id, patch);
    const { exitCode, stdout, stderr } = await waba(FOR_ICE);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
    expect(stdout).toMatch(/: not registered: status .* Waiting does not change that: /);
    expect(stdout).toMatch(next);
    expect(calls()).toEqual(["GET /{PNID}"]);
  },
);

test("what it waits for is said with the next command, also where the stack keeps secrets", async () => {
  const { waba, hasStack, config, resource } = await startProject({
    ...ICE,
    verification: { method: "SMS", language: "en" },
  });
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
  const { id, outputs } = resource();
  hasStack({ config, numbers: [{ id, outputs: { ...outputs, pin: secret, certificate: secret, webhook: secret } }] });
  const { exitCode, stdout, stderr } = await waba([...FOR_ICE, "--stack", "dev"]);
  expect(exitCode).toBe(2);
  const verify = `Give the code: npx waba code verify ${ICE_CREAM.phoneNumber} --stack dev, then run pulumi up.`;
  expect(stdout).toContain(`: after 1 s still not registered: status PENDING, platform NOT_APPLICABLE. ${verify}`);
  expect(stderr).toContain(verify);
  expect(stderr).toMatch(/\(looking again every 60 s\)\n$/);
});

test.each<[string, (outputs: object) => object]>([
  ["is only read by the stack", ({ schemaVersion: _, ...outputs }: { schemaVersion?: unknown }) => outputs],
  ["was written by a newer version", (outputs) => ({ ...outputs, schemaVersion: 99 })],
])("of a number that %s, Graph's side alone counts", async (_what, stored) => {
  const { waba, hasStack, config, resource } = await startProject({
    ...ICE,
    verification: { method: "SMS", language: "en" },
  });
  const { id, outputs } = resource();
  hasStack({ config, numbers: [{ id, outputs: stored(outputs) as Record<string, unknown> }] });
  const { exitCode, stdout } = await waba(FOR_ICE);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(`npx waba code request ${ICE_CREAM.phoneNumber}.`);
});

test("what cannot pass is an error, with 1", async () => {
  const { emulator, waba, config, calls } = await startProject(CAKE);
  const dead = await waba(["wait", NUMBER, "--for", "name"], { env: { WABA_ACCESS_TOKEN: "dead" } });
  expect(dead.exitCode).toBe(1);
  expect(dead.stderr).toContain("The token came from the environment variable WABA_ACCESS_TOKEN");
  expect(dead.stderr).not.toContain(config.accessToken);
  calls();
  const elsewhere = await waba(["wait", NUMBER, "--for", "name"], { env: { WABA_BASE_URL: "http://127.0.0.1:9" } });
  expect(elsewhere.exitCode).toBe(1);
  expect(elsewhere.stderr).toContain(`was last read from ${emulator.url}`);
  expect(calls()).toEqual([]);
});

test("a throttled look is told and waited out", async () => {
  const { emulator, waba } = await startProject(CAKE);
  const body = { error: { message: "(#80007) too many calls", code: 80007, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: `/${CAKE_SHOP.id}` }, status: 400, body });
  const { exitCode, stderr, stdout } = await waba(["wait", NUMBER, "--for", "name", "--timeout", "100"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("80007");
  expect(stderr).toContain("(looking again in 900 s)");
  expect(stdout).toBe(`${LABEL}: after 100 s still not seen: Graph could not be read\n`);
});

test.each([
  [["wait", NUMBER], "required option '--for <what>'"],
  [["wait", NUMBER, "--for", "code"], "Allowed choices are registered, name"],
  [["wait", NUMBER, "--for", "name", "--every", "29"], "at least 30"],
  [["wait", NUMBER, "--for", "name", "--every", "1m"], "whole seconds"],
  [["wait", NUMBER, "--for", "name", "--timeout", "0"], "whole seconds"],
  [["wait", NUMBER, "--for", "name", "--timeout", "12345678"], "whole seconds"],
  [["wait", "12", "--for", "name"], "must look like +16315551111"],
])("%j is refused by what is wrong with it", async (args, message) => {
  const { exitCode, stderr, stdout } = await openShell().waba(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(message);
});

test("the help tells the exit codes", async () => {
  const { exitCode, stdout } = await openShell().waba(["wait", "--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Exit code: 0 reached, 2 decided otherwise or not reached in time");
});
