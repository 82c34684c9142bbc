import { expect, test } from "vitest";
import { explanation } from "../../provider/explain/explanation.ts";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { openShell, startProject } from "../support/waba.ts";

const NUMBER = CAKE_SHOP.phoneNumber;
const CAKE = { wabaId: WABA, phoneNumber: NUMBER, displayName: "Lucky Shrub", pin: "123456" };

test("a number of the stack is told by what Graph shows now, and by what the stack remembers, after one read", async () => {
  const { emulator, waba, calls, config } = await startProject(CAKE);
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  const { exitCode, stdout, stderr } = await waba(["explain", NUMBER]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  for (const line of [
    `number +1 631-555-1111 (${CAKE_SHOP.id}) · account ${WABA} · resource "urn:0"`,
    "phase      re-register-due: ",
    "evidence   newNameStatus = APPROVED (Graph, now)",
    "           registeredName = John's Cake Shop (the stack)",
    "next       Run pulumi up: it registers the number again.",
    "left       register: 10 of 10 in 72 hours",
    "           another name: 9 of 10 in 30 days; the oldest falls out at 2026-12-23T12:00:00.000Z",
  ]) {
    expect(stdout).toContain(line);
  }
  expect(stdout).not.toContain(config.accessToken);
  expect(calls()).toEqual(["GET /{PNID}"]);
});

test("JSON has a version and the shape of its schema; names find a number as its digits do", async () => {
  const { waba, resource, hasStack, config, calls } = await startProject(CAKE);
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
  const outputs = { ...resource().outputs, certificate: secret, pin: secret };
  hasStack({ config, numbers: [{ ...resource(), outputs, urn: "urn:pulumi:dev::p::t::support" }] });
  const told = [];
  for (const name of [NUMBER, "support", "John's Cake Shop"]) {
    const { stdout, stderr } = await waba(["explain", name, "--format", "json"]);
    expect(stderr).toBe("");
    const { at, ...it } = explanation.parse(JSON.parse(stdout));
    told.push(it);
  }
  expect(told[0]).toMatchObject({ schemaVersion: 1, phase: "name-in-review", resource: "support", wabaId: WABA });
  expect(new Set(told.map((it) => JSON.stringify(it))).size).toBe(1);
  expect(calls()).toEqual(told.map(() => "GET /{PNID}"));

  const twin = { ...resource(), id: "999999", urn: "urn:pulumi:dev::p::t::other" };
  hasStack({ config, numbers: [{ ...resource(), urn: "urn:pulumi:dev::p::t::support" }, twin] });
  expect((await waba(["explain", "Lucky Shrub"])).stderr).toBe(
    `error: the stack has Lucky Shrub more than once: ${CAKE_SHOP.id} (account ${WABA}), 999999 (account ${WABA}). ` +
      "Name it by its id\n",
  );
});

test("without a stack Graph alone speaks; a name is looked for on the account", async () => {
  const { waba, environment: env, elsewhere: cwd, calls } = await startProject(CAKE);
  const byId = await waba(["explain", ICE_CREAM.id], { env, cwd });
  expect(byId.stdout).toContain("phase      needs-verification");
  expect(byId.stdout).toContain("· in no stack");
  expect(byId.stdout).toContain("unknown    No stack manages this number");
  expect(calls()).toEqual(["GET /{PNID}"]);
  const byName = await waba(["explain", "Jasper's Ice Cream", "--waba", WABA], { env, cwd });
  expect(byName.stdout).toBe(byId.stdout);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}"]);
  const missing = await waba(["explain", "Nobody", "--waba", WABA], { env, cwd });
  expect(missing).toMatchObject({
    exitCode: 1,
    stderr: `error: account ${WABA} has no number Nobody. Name the account that has it by --waba, or the number by Graph's id\n`,
  });
  const nowhere = await waba(["explain", "Nobody"], { env, cwd });
  expect(nowhere.stderr).toMatch(
    /^error: .* is in no Pulumi project: give its folder by --cwd, or name its account .*\n$/,
  );
});

test.each<[string[], string]>([
  [["explain"], "missing required argument 'number'"],
  [["explain", ""], "It must be a number or a name"],
  [["explain", NUMBER, "--format", "xml"], "Allowed choices are text, json"],
  [["explain", NUMBER, "--waba", "x"], "numeric id of a WhatsApp Business Account"],
  [["explain", NUMBER, "--colour"], "unknown option '--colour'"],
])("%j is refused by what is wrong with it", async (args, message) => {
  const { exitCode, stderr, stdout } = await openShell().waba(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(message);
});

test("what Graph said cannot steer the terminal", async () => {
  const { waba, emulator } = await startProject(CAKE);
  const error = { message: "Eve\u001b[2J\u202esaid so", type: "OAuthException", code: 368, fbtrace_id: "A" };
  emulator.addFault({ match: { path: "/{PNID}" }, status: 400, body: { error } });
  const { exitCode, stderr } = await waba(["explain", NUMBER]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Eve\\u{1b}[2J\\u{202e}said so");
  expect(stderr).not.toContain("\u001b");
});
