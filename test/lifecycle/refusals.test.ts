import { expect, test } from "vitest";
import type { FaultOrder } from "../../emulator/index.ts";
import { startCallback } from "../support/callback.ts";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const SMS = { method: "SMS", language: "en" };
const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream", pin: "654321" };
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "123456" };
const REGISTER = "POST /{PNID}/register";

/** Graph's refusal of a write whose path ends so, until the faults are cleared. */
function refusing(end: string, code: number, subcode?: number): FaultOrder {
  const error = {
    message: `(#${code}) refused`,
    type: "OAuthException",
    code,
    error_subcode: subcode,
    fbtrace_id: "A1",
  };
  const body = { error: JSON.parse(JSON.stringify(error)) };
  return { match: { method: "POST", path: `/*${end}` }, times: "always", status: 400, body };
}

async function startVerified() {
  const lifecycle = await startLifecycle();
  lifecycle.emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  return lifecycle;
}

test("the run after a refusal tries again, and goes on", async () => {
  const { stack, emulator, writes } = await startVerified();
  emulator.addFault({ ...refusing("/register", 131031), times: 1 });
  await expect(stack.up(ICE)).rejects.toThrow(/could not register .*131031/);
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER, REGISTER]);
  expect(stack.outputs.phase).toBe("registered");
  expect(stack.outputs).not.toHaveProperty("refusals");
});

test("a registration that Graph refused twice is not tried again at once, and every run says when it is", async () => {
  const { stack, emulator, writes, pass, said } = await startVerified();
  emulator.addFault(refusing("/register", 131031));
  await expect(stack.up(ICE)).rejects.toThrow(/could not register .*131031/);
  await expect(stack.up(ICE)).rejects.toThrow(/could not register .*131031/);
  expect(writes()).toEqual([REGISTER, REGISTER]);
  said.length = 0;
  expect((await stack.up(ICE)).op).toBe("same");
  expect(writes()).toEqual([]);
  expect(stack.outputs).toMatchObject({ phase: "ready-to-register", registered: false });
  expect(stack.outputs.nextAction).toContain(
    "refused it last (code 131031): it is not tried again before 2026-11-23T12:20",
  );
  expect(said.join("\n")).toContain("Meta refused the registration (code 131031)");
  expect(said.join("\n")).toContain("Run pulumi up from 2026-11-23T12:20:00.000Z on");

  emulator.clearFaults();
  pass({ minutes: 20 });
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER]);
  expect(stack.outputs.phase).toBe("registered");
  expect(stack.outputs).not.toHaveProperty("refusals");
});

test("another PIN than the one that was set and refused is tried at once", async () => {
  const { stack, emulator, writes } = await startVerified();
  emulator.addFault(refusing("/register", 133005));
  for (let runs = 0; runs < 2; runs += 1) await expect(stack.up(ICE)).rejects.toThrow(/133005/);
  expect((await stack.up(ICE)).op).toBe("same");
  emulator.clearFaults();
  writes();
  await stack.up({ ...ICE, pin: "111111" });
  expect(writes()).toContain(REGISTER);
  expect(stack.outputs).toMatchObject({ phase: "registered", pin: "111111" });
});

test("however often the program runs, refusals leave an attempt of the ten", async () => {
  const { stack, emulator, pass } = await startVerified();
  emulator.addFault(refusing("/register", 131031));
  for (let runs = 0; runs < 6 * 24 * 6; runs += 1) {
    await stack.up(ICE).catch(() => undefined);
    pass({ minutes: 10 });
  }
  const tried = emulator.requests().requests.filter(({ route }) => route === "/{PNID}/register");
  const times = tried.map(({ time }) => Date.parse(time));
  const recent = times.map((now) => times.filter((time) => time <= now && now - time < 72 * 3_600_000).length);
  expect(Math.max(...recent)).toBe(9);
});

test("a number that is another than when it was refused is registered at once", async () => {
  const { stack, emulator, writes } = await startVerified();
  emulator.addFault(refusing("/register", 100, 2388001));
  for (let runs = 0; runs < 2; runs += 1) await expect(stack.up(ICE)).rejects.toThrow(/100\/2388001/);
  emulator.clearFaults();
  emulator.patchNumber(ICE_CREAM.id, { name_status: "APPROVED" });
  writes();
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER]);
});

test("a registration that Meta wants a new code for gets one, and costs one attempt", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const program = { ...CAKE, verification: SMS };
  await stack.up(program);
  const lost = { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE", code_verification_status: "EXPIRED" };
  emulator.patchNumber(CAKE_SHOP.id, { ...lost, is_pin_enabled: false });
  emulator.addFault({ ...refusing("/register", 133006), times: 1 });
  await expect(stack.up(program)).rejects.toThrow(/133006/);
  expect(stack.outputs.phase).toBe("needs-verification");
  writes();
  await stack.up(program);
  expect(stack.outputs.phase).toBe("code-sent");
  expect(writes()).toEqual(["POST /{PNID}/request_code"]);
  await stack.up({ ...program, verification: { ...SMS, code: emulator.code(CAKE_SHOP.id) } });
  expect(writes()).toEqual(["POST /{PNID}/verify_code", REGISTER]);
  expect(stack.outputs.phase).toBe("registered");
  expect((stack.outputs.attempts as { register: string[] }).register).toHaveLength(2);
});

test("a name that Graph refuses is left alone, another is asked for at once, and the rest goes on", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const { url } = await startCallback();
  await stack.up(CAKE);
  emulator.addFault({ ...refusing("", 100, 2388009), times: 2 });
  const program = { ...CAKE, displayName: "Lucky Shrub", webhook: { callbackUrl: url, verifyToken: "t" } };
  for (let runs = 0; runs < 2; runs += 1) {
    await expect(stack.up(program)).rejects.toThrow(/could not request the display name "Lucky Shrub".*2388009/);
  }
  expect(writes()).toEqual(["POST /{PNID}", "POST /{PNID}"]);
  expect(stack.outputs.nameRequests).toEqual([]);

  await stack.up(program);
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(stack.outputs).toMatchObject({ phase: "registered", webhook: program.webhook });
  expect((await stack.up(program)).op).toBe("same");
  expect(writes()).toEqual([]);
  await stack.up({ ...program, displayName: "Lucky Shrub Ltd" });
  expect(stack.outputs).toMatchObject({ phase: "name-in-review", nameRequests: [{ name: "Lucky Shrub Ltd" }] });
});

test("while a storage region is refused, the number is not registered without it", async () => {
  const { stack, emulator, writes, pass } = await startVerified();
  const program = { ...ICE, dataLocalizationRegion: "DE" };
  emulator.addFault({ ...refusing("/settings", 100), times: 2 });
  for (let runs = 0; runs < 2; runs += 1) {
    await expect(stack.up(program)).rejects.toThrow(/set the storage region DE/);
  }
  await stack.up(program);
  expect(writes()).toEqual(["POST /{PNID}/settings", "POST /{PNID}/settings"]);
  pass({ minutes: 10 });
  await stack.up(program);
  expect(writes()).toEqual(["POST /{PNID}/settings", REGISTER]);
});

test("Meta's word that all deregistrations are used leaves the number as it is for 72 hours", async () => {
  const { stack, emulator, writes, pass } = await startLifecycle();
  await stack.up(CAKE);
  const program = { ...CAKE, dataLocalizationRegion: "DE", allowReregister: true };
  emulator.addFault({ ...refusing("/deregister", 133016), times: 1 });
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "registered", attempts: { register: [] } });
  expect(stack.outputs).not.toHaveProperty("deregisteredAt");
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
  pass({ hours: 71 });
  expect((await stack.up(program)).op).toBe("same");
  expect(writes()).toEqual([]);
  pass({ hours: 1 });
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "registered", dataLocalizationRegion: "DE" });
});

test("a token that lacks a permission is mended by a person: the next run tries", async () => {
  const { stack, emulator, writes } = await startVerified();
  emulator.addFault({ ...refusing("/register", 200), times: 1 });
  await expect(stack.up(ICE)).rejects.toThrow(/code 200/);
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER, REGISTER]);
});
