import { expect, test } from "vitest";
import type { FaultOrder } from "../../emulator/index.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream", pin: "654321" };
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };
const REGISTER = "POST /{PNID}/register";
const SET_PIN = "POST /{PNID}";
const HTML = { status: 500, body: "<html>" };
/** One number by its id, and not its list. */
const READ = { method: "GET", path: "/*" };

const refusal = (code: number) => ({
  status: 400,
  body: { error: { message: `(#${code}) refused`, type: "OAuthException", code, fbtrace_id: "A1" } },
});
const onRegister = (fault: Omit<FaultOrder, "match">): FaultOrder => ({ match: { path: "/*/register" }, ...fault });
const onSetPin = (fault: Omit<FaultOrder, "match">): FaultOrder => ({
  match: { method: "POST", path: "/*" },
  ...fault,
});
const attempts = ({ stack }: Lifecycle) => (stack.outputs.attempts as { register: string[] }).register;

async function startVerified(): Promise<Lifecycle> {
  const lifecycle = await startLifecycle();
  lifecycle.emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  return lifecycle;
}

/** The ice cream's number as Graph might show it; `more` says how far it is. */
const shown = (more: Record<string, string>) => ({
  id: ICE_CREAM.id,
  display_phone_number: "+1 631-555-2222",
  verified_name: "Jasper's Ice Cream",
  name_status: "AVAILABLE_WITHOUT_REVIEW",
  code_verification_status: "VERIFIED",
  status: "PENDING",
  platform_type: "NOT_APPLICABLE",
  ...more,
});

test("a read that is older than our registration leads to no second one", async () => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes } = lifecycle;
  // The read before the registration, and the one after it.
  emulator.addFault({ match: READ, times: 2, status: 200, body: shown({}) });
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER]);
  expect(attempts(lifecycle)).toHaveLength(1);
  expect(stack.outputs).not.toHaveProperty("restoredAt");
  expect(stack.outputs).toMatchObject({ registeredName: "Jasper's Ice Cream", registered: false });

  await stack.up(ICE);
  expect(stack.outputs).toMatchObject({ phase: "registered", registered: true });
  expect(stack.outputs).not.toHaveProperty("restoredAt");
  expect(writes()).toEqual([]);
});

test("a lost registration that is restored says when", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  emulator.patchNumber(CAKE_SHOP.id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  await stack.up(CAKE);
  expect(stack.outputs).toMatchObject({ phase: "registered", restoredAt: "2026-11-23T12:00:00.000Z" });
  expect(writes().filter((call) => call === REGISTER)).toHaveLength(1);
});

test("a PIN that is refused since the number is not registered goes with the first registration", async () => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { is_pin_enabled: true, pin: "654321" });
  emulator.addFault(onSetPin(refusal(133010)));
  await stack.up(ICE);
  expect(writes()).toEqual([SET_PIN, REGISTER]);
  expect(stack.outputs).toMatchObject({ phase: "registered", pin: "654321", pinState: "set" });
});

test("a PIN that is refused for another reason stops the registration", async () => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { is_pin_enabled: true, pin: "654321" });
  emulator.addFault(onSetPin(refusal(131009)));
  await expect(stack.up(ICE)).rejects.toThrow(/could not set the two-step PIN .*131009/);
  expect(writes()).toEqual([SET_PIN]);
  expect(attempts(lifecycle)).toEqual([]);
});

test("a PIN that does not match and cannot be set either is reported as the mismatch it is", async () => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes } = lifecycle;
  emulator.addFault(onRegister(refusal(133005)));
  emulator.addFault(onSetPin(refusal(133010)));
  await expect(stack.up(ICE)).rejects.toThrow(/could not register the number .*133005.*Declare the number's PIN/);
  expect(writes()).toEqual([REGISTER, SET_PIN]);
  expect(attempts(lifecycle)).toHaveLength(1);
});

test("a PIN that does not match and is refused for another reason is reported with that reason", async () => {
  const { stack, emulator, writes } = await startVerified();
  emulator.addFault(onRegister(refusal(133005)));
  emulator.addFault(onSetPin(refusal(131009)));
  await expect(stack.up(ICE)).rejects.toThrow(/could not set the two-step PIN .*131009/);
  expect(writes()).toEqual([REGISTER, SET_PIN]);
});

test.each([
  [9, [REGISTER], /133005/],
  [8, [REGISTER, SET_PIN, REGISTER], undefined],
])("after %i attempts a PIN that does not match leads to no eleventh", async (used, calls, message) => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes } = lifecycle;
  emulator.addFault(onRegister({ ...HTML, times: used }));
  for (let attempt = 0; attempt < used; attempt += 1) await expect(stack.up(ICE)).rejects.toThrow(/not Graph's/);
  writes();
  emulator.addFault(onRegister(refusal(133005)));
  if (message === undefined) await stack.up(ICE);
  else await expect(stack.up(ICE)).rejects.toThrow(message);
  expect(writes()).toEqual(calls);
  expect(attempts(lifecycle)).toHaveLength(10);
  await stack.up(ICE);
  expect(writes()).toEqual([]);
});

test.each([
  ["by its time alone", shown({ last_onboarded_time: "2026-11-23T12:00:00+0000" })],
  ["by its state alone", shown({ status: "CONNECTED", platform_type: "CLOUD_API" })],
])("a registration whose answer was lost is recognised %s", async (_what, body) => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes } = lifecycle;
  emulator.addFault(onRegister({ drop: "after" }));
  // The read before the registration shows the number as it was.
  emulator.addFault({ match: READ, status: 200, body: shown({}) });
  emulator.addFault({ match: READ, status: 200, body });
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER]);
  expect(attempts(lifecycle)).toHaveLength(1);
  expect(stack.outputs).toMatchObject({ phase: "registered", pin: "654321", registeredName: "Jasper's Ice Cream" });
});

test("a registration for a new name that was cut before its effect is not taken for done by the old one's time", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, writes } = lifecycle;
  const lucky = { ...CAKE, displayName: "Lucky Shrub" };
  await stack.up(lucky);
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  emulator.addFault(onRegister({ drop: "before" }));
  await expect(stack.up(lucky)).rejects.toThrow(/may have carried it out/);
  expect(stack.outputs).toMatchObject({ registeredName: "John's Cake Shop", phase: "re-register-due" });
  writes();
  await stack.up(lucky);
  expect(writes().filter((call) => call === REGISTER)).toHaveLength(1);
  expect(stack.outputs).toMatchObject({ registeredName: "Lucky Shrub", phase: "registered" });
});

test("Meta's word that all attempts are used blocks for 72 hours, however old our own attempts are", async () => {
  const lifecycle = await startVerified();
  const { stack, emulator, writes, pass } = lifecycle;
  emulator.addFault(onRegister({ ...HTML, times: 3 }));
  for (let attempt = 0; attempt < 3; attempt += 1) await expect(stack.up(ICE)).rejects.toThrow(/not Graph's/);
  pass({ hours: 71 });
  emulator.addFault(onRegister(refusal(133016)));
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("attempts-exhausted");
  expect(stack.outputs.nextAction).toContain("2026-11-29T11:00:00.000Z");
  writes();
  for (const time of [{ hours: 2 }, { hours: 69 }, { minutes: 59 }]) {
    pass(time);
    await stack.up(ICE);
  }
  expect(writes()).toEqual([]);
  pass({ minutes: 1 });
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER]);
  expect(stack.outputs.phase).toBe("registered");
});

test("a new name whose text Graph does not show is registered once", async () => {
  const { stack, emulator, writes } = await startLifecycle({ nameFlip: "register" });
  const lucky = { ...CAKE, displayName: "Lucky Shrub" };
  await stack.up(lucky);
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  writes();
  const works = { verified_name: "John's Cake Shop", status: "CONNECTED", platform_type: "CLOUD_API" };
  const body = { id: CAKE_SHOP.id, ...works, name_status: "APPROVED", new_name_status: "APPROVED" };
  // The refresh and the update's own read; what comes after the registration is Graph's.
  emulator.addFault({ match: READ, times: 2, status: 200, body });
  await stack.up({ ...lucky, pin: "123456" });
  expect(writes()).toEqual([REGISTER]);
  expect(stack.outputs).toMatchObject({ phase: "registered", registeredName: "Lucky Shrub" });
  expect((await stack.up({ ...lucky, pin: "123456" })).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("a declared name that somebody asked for counts as asked, and is not asked for again after it was declined", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const lucky = { ...CAKE, displayName: "Lucky Shrub" };
  emulator.patchNumber(CAKE_SHOP.id, { new_display_name: "Lucky Shrub", new_name_status: "PENDING_REVIEW" });
  await stack.up(lucky);
  expect(stack.outputs.nameRequests).toEqual([{ name: "Lucky Shrub", at: "2026-11-23T12:00:00.000Z" }]);
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  await stack.up(lucky);
  emulator.patchNumber(CAKE_SHOP.id, { new_display_name: null, new_name_status: null });
  await stack.up(lucky);
  expect(stack.outputs).toMatchObject({ phase: "name-declined", displayName: "Lucky Shrub" });
  expect(writes()).toEqual([]);
});
