import { expect, test } from "vitest";
import { CAKE_SHOP, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };
const NEW = { wabaId: WABA, phoneNumber: "+4915112345678", displayName: "Blumen Berlin" };
const ACME = { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: "emulator-token" } }) };
const LIST = { method: "GET", path: "/*/phone_numbers" };
/** One number by its id, and not the list. */
const READ = { method: "GET", path: "/*" };
/** Long enough to outlast the retries of a read. */
const ALWAYS = 4;

const adds = ({ emulator }: Lifecycle) => emulator.requests().counts["POST /{WABA}/phone_numbers"] ?? 0;

test.each([
  ["credential", { credential: "acme" }],
  ["adopt", { adopt: "require" }],
])("another %s is written into the state with no call at all", async (property, change) => {
  const { stack, calls } = await startLifecycle({}, ACME);
  await stack.up(CAKE);
  calls();
  const preview = await stack.upWithoutRefresh({ ...CAKE, ...change });
  expect(preview).toMatchObject({ op: "update", properties: expect.arrayContaining([property]) });
  expect(calls()).toEqual([]);
  expect(stack.outputs).toMatchObject({ ...change, phase: "registered", displayName: "John's Cake Shop" });
  expect((await stack.preview({ ...CAKE, ...change })).op).toBe("same");
});

test("an account that does not have the number is refused with the remedy, and nothing is lost", async () => {
  const { stack, emulator, writes } = await startLifecycle({ numbers: 2, wabas: 2 });
  const [first, second] = emulator.wabaIds;
  const program = { phoneNumber: "+15550000001" };
  await stack.up({ ...program, wabaId: second });
  const before = stack.resource;
  await expect(stack.upWithoutRefresh({ ...program, wabaId: first })).rejects.toThrow(
    /not on the account that is now declared · number \+1 555-000-0001 \(100000001\), .* declare the account that has it; .* new id there/,
  );
  expect(stack.resource).toEqual(before);
  expect(writes()).toEqual([]);
  expect((await stack.up({ ...program, wabaId: second })).op).toBe("same");
});

test("an account that has the number is accepted, and the state says so", async () => {
  const { stack, emulator, calls } = await startLifecycle({ numbers: 2, wabas: 2 });
  const [first, second] = emulator.wabaIds;
  const program = { phoneNumber: "+15550000001" };
  await stack.up({ ...program, wabaId: second });
  calls();
  const row = { id: "100000001", display_phone_number: "+1 555-000-0001" };
  emulator.addFault({ match: LIST, status: 200, body: { data: [row] } });
  expect((await stack.upWithoutRefresh({ ...program, wabaId: first })).op).toBe("update");
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}"]);
  expect(stack.outputs).toMatchObject({ wabaId: first, phase: "registered", phoneNumber: "+15550000001" });
});

test("another account shows as a change of wabaId, also when there is more to do", async () => {
  const { stack, emulator } = await startLifecycle();
  await stack.up(CAKE);
  emulator.patchNumber(CAKE_SHOP.id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  await stack.refresh();
  const preview = await stack.preview({ ...CAKE, wabaId: "5555555" });
  expect(preview).toMatchObject({ op: "update", properties: expect.arrayContaining(["wabaId"]) });
});

const ELSEWHERE = { WABA_ALLOWED_WABA_IDS: "5555555" };
const REFUSED = /Account 102290129340398 is not among waba:allowedWabaIds \(5555555\)/;

test("an account that is not allowed is refused before any call, by create", async () => {
  const { stack, provider, calls } = await startLifecycle({}, ELSEWHERE);
  await expect(stack.up(CAKE)).rejects.toThrow(/wabaId account 102290129340398 is not among/);
  await expect(provider.create(CAKE)).rejects.toThrow(REFUSED);
  expect(calls()).toEqual([]);
});

test("an account that is not allowed any more is refused before any call, by update and by read", async () => {
  const { stack, anotherStack, calls } = await startLifecycle();
  await stack.up(CAKE);
  calls();
  const limited = anotherStack(ELSEWHERE);
  limited.resource = stack.resource;
  await expect(limited.refresh()).rejects.toThrow(REFUSED);
  expect(limited.resource).toEqual(stack.resource);
  expect(calls()).toEqual([]);

  const { provider: strict, calls: strictCalls } = await startLifecycle({}, ELSEWHERE);
  const lucky = { ...CAKE, displayName: "Lucky Shrub" };
  await expect(strict.update(CAKE_SHOP.id, stack.outputs, lucky)).rejects.toThrow(REFUSED);
  expect(strictCalls()).toEqual([]);
});

test("get shows no number of an account that is not allowed, and one of an account that is", async () => {
  const { provider, writes } = await startLifecycle({}, ELSEWHERE);
  await expect(provider.read(CAKE_SHOP.id, {})).rejects.toThrow(REFUSED);
  expect(writes()).toEqual([]);
  const { provider: allowed } = await startLifecycle({}, { WABA_ALLOWED_WABA_IDS: `5555555,${WABA}` });
  expect((await allowed.read(CAKE_SHOP.id, {})).props).toMatchObject({ wabaId: WABA });
});

test("get shows no number whose account Graph does not show, where accounts are limited", async () => {
  const number = { id: CAKE_SHOP.id, status: "CONNECTED", platform_type: "CLOUD_API" };
  const limited = await startLifecycle({}, { WABA_ALLOWED_WABA_IDS: WABA });
  limited.emulator.addFault({ match: READ, status: 200, body: number });
  await expect(limited.provider.read(CAKE_SHOP.id, {})).rejects.toThrow(/account is not known, so it is not among/);

  const free = await startLifecycle();
  free.emulator.addFault({ match: READ, status: 200, body: number });
  const { props } = await free.provider.read(CAKE_SHOP.id, {});
  expect(props).toMatchObject({ phase: "registered" });
  expect(props).not.toHaveProperty("wabaId");
});

test.each<[string, (lifecycle: Lifecycle) => Promise<unknown>]>([
  ["the next up", ({ stack }) => stack.up(NEW)],
  ["an up without a refresh", ({ stack }) => stack.upWithoutRefresh(NEW)],
])("a number that was added and could not be read is kept, and %s does not add it again", async (_what, goOn) => {
  const lifecycle = await startLifecycle();
  const { stack, emulator } = lifecycle;
  emulator.addFault({ match: READ, times: ALWAYS, status: 503, body: "" });
  await expect(stack.up(NEW)).rejects.toMatchObject({ name: "InitError", message: /could not read the number/ });
  const id = stack.resource?.id;
  expect(Object.keys((emulator.state().numbers as Record<string, unknown>) ?? {})).toContain(id);
  expect(stack.resource?.initErrors).toHaveLength(1);
  expect(stack.outputs).toMatchObject({ wabaId: WABA, phoneNumber: NEW.phoneNumber });

  await goOn(lifecycle);
  expect(stack.resource?.id).toBe(id);
  expect(stack.outputs).toMatchObject({ phase: "needs-verification", verifiedName: "Blumen Berlin" });
  expect(adds(lifecycle)).toBe(1);
});

test("a list that fails after an add that failed does not hide why the add did", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator } = lifecycle;
  emulator.addFault({ match: { method: "POST", path: "/*/phone_numbers" }, status: 500, body: "<html>" });
  // The list before the add passes.
  emulator.addFault({ match: LIST, latencyMs: 1 });
  emulator.addFault({ match: LIST, times: ALWAYS, status: 503, body: "" });
  await expect(stack.up(NEW)).rejects.toThrow(/could not add the number .*\+4915112345678/);
  expect(stack.resource).toBeUndefined();
  expect(adds(lifecycle)).toBe(1);
});

test("a number that somebody added between our list and our add is adopted", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, calls, said } = lifecycle;
  emulator.addFault({ match: LIST, status: 200, body: { data: [] } });
  await stack.up(CAKE);
  expect(stack.resource?.id).toBe(CAKE_SHOP.id);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "POST /{WABA}/phone_numbers", "GET /{WABA}/phone_numbers"]);
  expect(said.join()).toContain("Adopted number +1 631-555-1111");
  expect(said.join()).not.toContain("Added");
});

test('a number that somebody added between our list and our add is refused with adopt: "never"', async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator } = lifecycle;
  emulator.addFault({ match: LIST, status: 200, body: { data: [] } });
  await expect(stack.up({ ...CAKE, adopt: "never" })).rejects.toThrow(/already has the number .*adopt: "never"/);
  expect(stack.resource).toBeUndefined();
  expect(adds(lifecycle)).toBe(1);
});

test('adopt: "require" adds no number, although its name is declared', async () => {
  const { stack, calls } = await startLifecycle();
  await expect(stack.up({ ...NEW, adopt: "require" })).rejects.toThrow(/does not have the number .*adopt: "require"/);
  expect(stack.resource).toBeUndefined();
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers"]);
});
