import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const SMS = { method: "SMS", language: "en" };
const ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: SMS,
};
const NEW = { ...ICE, phoneNumber: "+4915112345678", displayName: "Blumen Berlin" };
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };

const withCode = (program: object, code: string) => ({ ...program, verification: { ...SMS, code } });

/** Takes the ice cream's number through its code to a registration. */
async function registerIceCream({ stack, emulator }: Lifecycle): Promise<void> {
  await stack.up(ICE);
  await stack.up(withCode(ICE, emulator.code(ICE_CREAM.id)));
}

test("a number is verified by a code and registered: two runs, three writes", async () => {
  const { stack, emulator, writes, atMeta } = await startLifecycle();
  await stack.up(ICE);
  expect(stack.outputs).toMatchObject({ phase: "code-sent", registered: false, codeAttempt: 1 });
  expect(stack.outputs.nextAction).toContain("verification.code");
  expect(writes()).toEqual(["POST /{PNID}/request_code"]);

  const code = emulator.code(ICE_CREAM.id);
  await stack.up(withCode(ICE, code));
  expect(stack.outputs).toMatchObject({ phase: "registered", registered: true, pin: "654321", pinState: "set" });
  expect(stack.outputs.attempts).toMatchObject({ register: ["2026-11-23T12:00:00.000Z"] });
  expect(JSON.stringify(stack.outputs)).not.toContain(code);
  expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/register"]);
  expect(await atMeta(ICE_CREAM.id)).toMatchObject({ status: "CONNECTED", platform_type: "CLOUD_API" });
});

test("a number that the account lacks is added, with its calling code apart", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(NEW);
  expect(writes()).toEqual(["POST /{WABA}/phone_numbers", "POST /{PNID}/request_code"]);
  const added = emulator
    .requests()
    .requests.find(({ method, route }) => method === "POST" && route === "/{WABA}/phone_numbers");
  expect(added?.params).toEqual({ cc: "49", phone_number: "15112345678", verified_name: "Blumen Berlin" });
  const id = stack.resource?.id as string;
  await stack.up(withCode(NEW, emulator.code(id)));
  expect(stack.resource?.id).toBe(id);
  expect(stack.outputs.verifiedName).toBe("Blumen Berlin");
});

test("without a PIN a number waits for one, and is registered as soon as there is one", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  await stack.up({ ...ICE, pin: undefined });
  expect(stack.outputs.phase).toBe("needs-pin");
  expect(await stack.refresh()).toBe(false);
  expect(stack.outputs.phase).toBe("needs-pin");
  expect(writes()).toEqual([]);
  expect(await stack.up(ICE)).toMatchObject({ op: "update", properties: expect.arrayContaining(["pin"]) });
  expect(writes()).toEqual(["POST /{PNID}/register"]);
});

test("register: false leaves a verified number alone", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  await stack.up({ ...ICE, register: false });
  expect(stack.outputs.phase).toBe("verified");
  expect(writes()).toEqual([]);
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
});

test("before a number with another PIN is registered, the declared one is set", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED", is_pin_enabled: true, pin: "999999" });
  await stack.up(ICE);
  expect(stack.outputs).toMatchObject({ phase: "registered", pinState: "set" });
  expect(writes()).toEqual(["POST /{PNID}", "POST /{PNID}/register"]);
});

test("a PIN that somebody changed meanwhile is set and tried once more", async () => {
  const lifecycle = await startLifecycle();
  await registerIceCream(lifecycle);
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, {
    pin: "111111",
    is_pin_enabled: true,
    status: "DISCONNECTED",
    platform_type: "NOT_APPLICABLE",
  });
  writes();
  await stack.up(ICE);
  expect(writes()).toEqual(["POST /{PNID}/register", "POST /{PNID}", "POST /{PNID}/register"]);
  expect(stack.outputs).toMatchObject({ phase: "registered" });
  expect((stack.outputs.attempts as { register: string[] }).register).toHaveLength(3);
});

test("a PIN that Meta refuses twice is an error with its remedy; the number is kept, and the attempts counted", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, writes, pass } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const mismatch = {
    error: { message: "(#133005) Two step PIN mismatch", type: "OAuthException", code: 133005, fbtrace_id: "A1" },
  };
  emulator.addFault({ match: { path: "/*/register" }, times: 2, status: 400, body: mismatch });
  await expect(stack.up(ICE)).rejects.toThrow(/could not register .*133005.*Declare the number's PIN.*fbtrace_id A1/);
  expect(writes()).toEqual(["POST /{PNID}/register", "POST /{PNID}", "POST /{PNID}/register"]);
  expect(stack.resource?.id).toBe(ICE_CREAM.id);
  expect((stack.outputs.attempts as { register: string[] }).register).toHaveLength(2);
  expect(JSON.stringify(stack.resource?.initErrors)).not.toContain("654321");

  pass({ minutes: 20 });
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
  expect((stack.outputs.attempts as { register: string[] }).register).toHaveLength(3);
});

test("a rotated PIN is set, and nothing else is called", async () => {
  const lifecycle = await startLifecycle();
  await registerIceCream(lifecycle);
  const { stack, writes } = lifecycle;
  writes();
  expect(await stack.up({ ...ICE, pin: "111222" })).toMatchObject({
    op: "update",
    properties: expect.arrayContaining(["pin"]),
  });
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(stack.outputs.pin).toBe("111222");
});

test("a registration that is lost at Meta is drift, is restored once, and is contested when it is lost again", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, writes, pass, said } = lifecycle;
  await stack.up(CAKE);
  const lose = () => emulator.patchNumber(CAKE_SHOP.id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  lose();
  expect(await stack.refresh()).toBe(true);
  expect(stack.outputs.phase).toBe("deregistered");
  await stack.up(CAKE);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}", "POST /{PNID}/register"]);

  pass({ hours: 1 });
  lose();
  await stack.up(CAKE);
  expect(stack.outputs.phase).toBe("contested");
  expect(writes()).toEqual([]);
  pass({ hours: 72 });
  await stack.up(CAKE);
  expect(stack.outputs.phase).toBe("registered");
  expect(said.join()).not.toContain("654321");
});

test("ten attempts in 72 hours are not exceeded, and the eleventh is made when the first falls out", async () => {
  const { stack, emulator, writes, pass } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  emulator.addFault({ match: { path: "/*/register" }, times: 10, status: 500, body: "<html>" });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await expect(stack.up(ICE)).rejects.toThrow(/not Graph's/);
    pass({ hours: 1 });
  }
  expect(writes()).toHaveLength(10);
  await stack.up(ICE);
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("attempts-exhausted");
  expect(stack.outputs.nextAction).toContain("2026-11-26T12:00:00.000Z");
  expect(writes()).toEqual([]);
  pass({ hours: 62 });
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
});

test("when Meta says that the attempts are used up, that is a warning and no error", async () => {
  const { stack, emulator, said, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const used = { error: { message: "(#133016) limit", type: "OAuthException", code: 133016, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: "/*/register" }, status: 400, body: used });
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("attempts-exhausted");
  expect(said.join()).toContain("133016");
  await stack.up(ICE);
  expect(writes()).toEqual(["POST /{PNID}/register"]);
});

test.each(["on_biz_app", "on_premise"])("a number that lives on the app is never written to (%s)", async (how) => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(
    ICE_CREAM.id,
    how === "on_biz_app" ? { is_on_biz_app: true } : { platform_type: "ON_PREMISE", status: "DISCONNECTED" },
  );
  await stack.up({ ...ICE, displayName: "Another Name" });
  expect(stack.outputs.phase).toBe("on-phone");
  expect(writes()).toEqual([]);
});

test("a read that is older than our registration leads to no second one", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const stale = {
    id: ICE_CREAM.id,
    display_phone_number: "+1 631-555-2222",
    verified_name: "Jasper's Ice Cream",
    code_verification_status: "VERIFIED",
    name_status: "AVAILABLE_WITHOUT_REVIEW",
    status: "PENDING",
    platform_type: "NOT_APPLICABLE",
  };
  emulator.addFault({ match: { method: "GET", path: `/${ICE_CREAM.id}` }, status: 200, body: stale });
  await stack.up(ICE);
  expect(writes()).toEqual(["POST /{PNID}/register"]);
  await stack.up(ICE);
  expect(stack.outputs).toMatchObject({ phase: "registered", registered: true });
  expect(stack.outputs).not.toHaveProperty("restoredAt");
  expect(writes()).toEqual([]);
});

test("without a declared PIN a lost registration says that it needs one", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const bare = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber };
  await stack.up(bare);
  emulator.patchNumber(CAKE_SHOP.id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  expect((await stack.up(bare)).op).toBe("same");
  expect(stack.outputs.phase).toBe("needs-pin");
  expect(writes()).toEqual([]);
  await stack.up({ ...bare, pin: "654321" });
  expect(stack.outputs.phase).toBe("registered");
});

test("a number that falls into trouble is a warning of the run that sees it, though nothing changes", async () => {
  const { stack, emulator, said } = await startLifecycle();
  await stack.up(CAKE);
  emulator.patchNumber(CAKE_SHOP.id, { status: "BANNED" });
  said.length = 0;
  expect((await stack.up(CAKE)).op).toBe("same");
  expect(said).toEqual([expect.stringContaining("is blocked: Appeal in WhatsApp Manager")]);
});

test("args that are taken out leave the state, and nothing is called for it", async () => {
  const lifecycle = await startLifecycle();
  await registerIceCream(lifecycle);
  const { stack, calls } = lifecycle;
  const bare = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber };
  await stack.refresh();
  calls();
  expect(await stack.upWithoutRefresh(bare)).toMatchObject({ op: "update" });
  expect(calls()).toEqual([]);
  for (const key of ["pin", "displayName", "verification"]) expect(stack.outputs).not.toHaveProperty(key);
  expect(await stack.refresh()).toBe(false);
  expect((await stack.preview(bare)).op).toBe("same");
});

test("a banned number is no error", async () => {
  const { stack, emulator, writes, said } = await startLifecycle();
  emulator.patchNumber(CAKE_SHOP.id, { status: "BANNED" });
  await stack.up({ ...CAKE, displayName: "Another Name" });
  expect(stack.outputs.phase).toBe("blocked");
  expect(writes()).toEqual([]);
  expect(said.join()).toContain("is blocked: Appeal in WhatsApp Manager");
});

test("a lost registration is told once by a run, though the refresh and the comparison both find it", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, said, pass } = lifecycle;
  await registerIceCream(lifecycle);
  const told = () => said.splice(0).filter((line) => line.includes("must be registered again"));
  for (const _time of ["first", "again, when it is restored once more"]) {
    emulator.patchNumber(ICE_CREAM.id, { platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" });
    await stack.up(ICE);
    expect(stack.outputs.phase).toBe("registered");
    expect(told()).toHaveLength(1);
    pass({ hours: 73 });
  }
});
