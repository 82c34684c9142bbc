import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456" };
const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" };
const SETTINGS = "POST /{PNID}/settings";

test("a region is set before the first registration, and read where it is declared", async () => {
  const { stack, emulator, writes, calls } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const program = { ...ICE, dataLocalizationRegion: "DE" };
  await stack.up(program);
  expect(writes()).toEqual([SETTINGS, "POST /{PNID}/register"]);
  expect(stack.outputs).toMatchObject({ phase: "registered", dataLocalizationRegion: "DE" });
  expect(await stack.refresh()).toBe(false);
  calls();
  expect((await stack.up(program)).op).toBe("same");
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}/settings"]);
});

test("a number without a declared region costs no read of its settings", async () => {
  const { stack, calls } = await startLifecycle();
  await stack.up(CAKE);
  await stack.up(CAKE);
  expect(calls().filter((call) => call.includes("settings"))).toEqual([]);
});

test("a registered number's region is refused without allowReregister, and nothing is called", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(CAKE);
  await expect(stack.up({ ...CAKE, dataLocalizationRegion: "DE" })).rejects.toThrow(/default place.*allowReregister/);
  expect(writes()).toEqual([]);
  expect(stack.outputs.phase).toBe("registered");
});

test("with allowReregister: deregister, set, register, once each", async () => {
  const { stack, writes, emulator } = await startLifecycle();
  await stack.up(CAKE);
  const program = { ...CAKE, dataLocalizationRegion: "DE", allowReregister: true };
  await stack.up(program);
  expect(writes().filter((call) => call !== "POST /{PNID}")).toEqual([
    "POST /{PNID}/deregister",
    SETTINGS,
    "POST /{PNID}/register",
  ]);
  expect(stack.outputs).toMatchObject({ phase: "registered", dataLocalizationRegion: "DE" });
  expect(stack.outputs.deregisteredAt).toBeUndefined();
  expect(stack.outputs.restoredAt).toBeUndefined();
  expect(stack.outputs.attempts).toMatchObject({ register: [expect.any(String)], deregister: [expect.any(String)] });
  expect(emulator.state()).toMatchObject({
    numbers: { [CAKE_SHOP.id]: { data_localization_region: "DE", status: "CONNECTED" } },
  });
  expect((await stack.up(program)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test.each([
  ["POST", "/{PNID}/deregister", "before"],
  ["POST", "/{PNID}/deregister", "after"],
  ["POST", "/{PNID}/settings", "before"],
  ["POST", "/{PNID}/settings", "after"],
  ["POST", "/{PNID}/register", "before"],
  ["POST", "/{PNID}/register", "after"],
] as const)("a cut %s %s, %s its effect: the next up ends registered in the region", async (method, path, drop) => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  const program = { ...CAKE, dataLocalizationRegion: "DE", allowReregister: true };
  emulator.addFault({ match: { method, path }, drop });
  await stack.up(program).catch(() => undefined);
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "registered", dataLocalizationRegion: "DE" });
  const calls = writes();
  expect(calls.filter((call) => call === "POST /{PNID}/deregister").length).toBeLessThanOrEqual(2);
  const { deregister, register } = stack.outputs.attempts as { deregister: string[]; register: string[] };
  expect(deregister).toHaveLength(calls.filter((call) => call === "POST /{PNID}/deregister").length);
  expect(register).toHaveLength(calls.filter((call) => call === "POST /{PNID}/register").length);
});

test("no budget for one of the two calls: nothing is begun", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(CAKE);
  const full = Array.from({ length: 10 }, () => "2026-11-23T11:00:00.000Z");
  const { attempts, ...outputs } = stack.outputs;
  for (const spent of ["register", "deregister"]) {
    const before = { ...outputs, attempts: { ...(attempts as object), [spent]: full } };
    stack.resource = { ...(stack.resource as NonNullable<typeof stack.resource>), outputs: before };
    await stack.up({ ...CAKE, dataLocalizationRegion: "DE", allowReregister: true });
    expect(writes()).toEqual([]);
  }
});

test("a deregistration that Graph refused counts as a call, and not as our own way to the region", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  const error = { message: "(#100) refused", type: "OAuthException", code: 100, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "POST", path: "/{PNID}/deregister" }, status: 400, body: { error } });
  await expect(stack.up({ ...CAKE, dataLocalizationRegion: "DE", allowReregister: true })).rejects.toThrow(/code 100/);
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
  expect(stack.outputs).toMatchObject({ phase: "registered", attempts: { deregister: [expect.any(String)] } });
  expect(stack.outputs.deregisteredAt).toBeUndefined();
});

test("a number that is not registered any more, as Graph says only then, is no error", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  const error = { message: "(#133010) not registered", type: "OAuthException", code: 133010, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "POST", path: "/{PNID}/deregister" }, status: 400, body: { error } });
  await stack.up({ ...CAKE, dataLocalizationRegion: "DE", allowReregister: true });
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
  expect(stack.resource?.initErrors).toEqual([]);
});

test("a number without a usable name is not deregistered: it could not come back", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  emulator.patchNumber(CAKE_SHOP.id, { name_status: "DECLINED" });
  await stack.up({ ...CAKE, dataLocalizationRegion: "DE", allowReregister: true });
  expect(writes()).toEqual([]);
});
