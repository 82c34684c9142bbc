import { expect, test } from "vitest";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { openShell, startProject } from "../support/waba.ts";

const NUMBER = CAKE_SHOP.phoneNumber;
const CAKE = { wabaId: WABA, phoneNumber: NUMBER, displayName: "John's Cake Shop" };
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
  expect(inReview.stderr).toBe(`${LABEL}: the name "Lucky Shrub" is PENDING_REVIEW; looking again every 60 s\n`);
  expect(calls()).toEqual(["GET /{PNID}"]);

  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  const approved = await waba(wait);
  expect(approved).toMatchObject({ exitCode: 0, stderr: "" });
  expect(approved.stdout).toContain('the name "Lucky Shrub" is APPROVED. Next: pulumi up registers it');

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
  expect(declined).toMatchObject({ exitCode: 2, stdout: `${LABEL}: the name "Lucky Shrub" is DECLINED\n` });
  emulator.patchNumber(CAKE_SHOP.id, { status: "BANNED" });
  const banned = await waba(["wait", NUMBER, "--for", "registered"]);
  expect(banned).toMatchObject({ exitCode: 2, stdout: `${LABEL}: its status is BANNED\n` });
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
