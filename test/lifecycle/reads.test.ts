/** How many calls reads cost, and what they may be believed for. */
import { expect, test } from "vitest";
import { EngineDouble } from "../support/engine-double.ts";
import { PASS } from "../support/failing.ts";
import { startAdopted, startMany } from "../support/many.ts";

const LIST = "GET /{WABA}/phone_numbers";
const GET = "GET /{PNID}";
const REGISTER = "POST /{PNID}/register";
const NONE = new Map();
const lists = (count: number) => Array(count).fill(LIST);
const graphError = (code: number, error_subcode?: number) => ({
  status: 400,
  body: {
    error: { message: "no", type: "OAuthException", code, ...(error_subcode && { error_subcode }), fbtrace_id: "A" },
  },
});

test.each([
  [100, 10],
  [1000, 10],
])(
  "a refresh of %i numbers in %i accounts is one list an account, and so is their adoption",
  async (numbers, wabas) => {
    const { adopt, refresh, calls } = await startMany({ numbers, wabas });
    expect(await adopt()).toEqual(NONE);
    expect(calls()).toEqual(lists(wabas));
    expect(await refresh()).toEqual(NONE);
    expect(calls()).toEqual(lists(wabas));
  },
);

test("readStrategy get: one call a number", async () => {
  const { refresh, calls } = await startAdopted({ numbers: 20, wabas: 2 }, { WABA_READ_STRATEGY: "get" });
  await refresh();
  expect(calls()).toEqual(Array(20).fill(GET));
});

test("a thousand numbers are adopted and read within the 200 calls an hour of a new account", async () => {
  const limits = { wabaCallsPerHour: 200, registeredWabaCallsPerHour: 200 };
  const { adopt, refresh } = await startMany({ numbers: 1000, wabas: 1 }, {}, { limits });
  expect(await adopt()).toEqual(NONE);
  expect(await refresh()).toEqual(NONE);
});

test.each([
  [100, 1],
  [200, 2],
])("an account of %i numbers, the last page exactly full: %i pages", async (numbers, pages) => {
  const { refresh, calls } = await startAdopted({ numbers, wabas: 1 });
  expect(await refresh(1)).toEqual(NONE);
  expect(calls()).toEqual(lists(pages));
});

test("after our own write a number is asked by its id, the others are not", async () => {
  const { emulator, begin, stacks, idOf, wabaOf, calls } = await startAdopted({ numbers: 3, wabas: 1 });
  emulator.patchNumber(idOf(0), { platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" });
  begin();
  await stacks[0]?.refresh();
  expect(stacks[0]?.outputs).toMatchObject({ registered: false });
  const program = { wabaId: wabaOf(0), phoneNumber: "+15550000000", pin: "123456" };
  await stacks[0]?.upWithoutRefresh(program);
  expect(stacks[0]?.outputs).toMatchObject({ registered: true });
  calls();
  for (const stack of stacks) await stack.refresh();
  expect(calls()).toEqual([GET]);
});

test("a number that this process deregistered is not adopted by a list that is older: it is registered again", async () => {
  const { provider, begin, stacks, idOf, wabaOf, writes } = await startAdopted({ numbers: 2, wabas: 1 });
  const program = { wabaId: wabaOf(0), phoneNumber: "+15550000000", pin: "123456", onDelete: "deregister" };
  await stacks[0]?.upWithoutRefresh(program);
  begin();
  await stacks[1]?.refresh();
  writes();
  await provider.delete(idOf(0), stacks[0]?.outputs ?? {});
  const { begin: _begin, ...shared } = provider;
  const again = new EngineDouble(shared);
  await again.upWithoutRefresh(program);
  expect(writes()).toEqual(["POST /{PNID}/deregister", "POST /{PNID}", REGISTER]);
  expect(again.outputs).toMatchObject({ phase: "registered", registered: true });
});

test("twenty new numbers of an account are one list, and a read of each", async () => {
  const { emulator, provider, begin, calls } = await startMany({ numbers: 0, wabas: 1 });
  begin();
  const { begin: _begin, ...shared } = provider;
  for (let index = 0; index < 20; index += 1) {
    const phoneNumber = `+163155510${String(index).padStart(2, "0")}`;
    await new EngineDouble(shared).upWithoutRefresh({
      wabaId: emulator.wabaIds[0],
      phoneNumber,
      displayName: `Cake Shop ${index}`,
    });
  }
  const made = calls();
  expect(made.filter((call) => call === LIST)).toHaveLength(1);
  expect(made).toHaveLength(1 + 20 + 20);
});

test.each([
  ["100/33", graphError(100, 33)],
  ["200", graphError(200)],
])("a list that is refused with %s, while the numbers may be read: by id", async (_code, answer) => {
  const { emulator, refresh, stacks, calls } = await startAdopted({ numbers: 10, wabas: 1 });
  emulator.addFault({ match: { path: "/900000/phone_numbers" }, times: "always", ...answer });
  expect(await refresh()).toEqual(NONE);
  expect(calls()).toEqual([LIST, ...Array(10).fill(GET)]);
  expect(stacks.every(({ resource }) => resource !== undefined)).toBe(true);
});

test("a list that is refused proves nothing: a number that Graph does not show stays in the stack", async () => {
  const { emulator, refresh, stacks } = await startAdopted({ numbers: 1, wabas: 1 });
  emulator.addFault({ match: { method: "GET" }, times: "always", ...graphError(100, 33) });
  expect((await refresh()).get(0)).toMatch(/100\/33/);
  expect(stacks[0]?.resource).toBeDefined();
});

test("one of 50 tenants revoked its token: each of its numbers names the token, by one call; 49 tenants are read", async () => {
  const tenants = Array.from({ length: 50 }, (_, index) => `t${index}`);
  const credentials = Object.fromEntries(tenants.map((name) => [name, { accessToken: `token-${name}` }]));
  const many = await startMany({ numbers: 250, wabas: 50 }, { WABA_CREDENTIALS: JSON.stringify(credentials) });
  const { emulator, adopt, refresh, wabaOf, stacks, calls } = many;
  tenants.forEach((name, index) => {
    emulator.addToken({ token: `token-${name}`, wabas: [wabaOf(index)] });
  });
  many.declare = (index) => ({ credential: `t${index % 50}` });
  expect(await adopt()).toEqual(NONE);
  emulator.patchToken("token-t7", { revoked: true });
  calls();
  const failures = await refresh();
  expect([...failures.keys()].toSorted((left, right) => left - right)).toEqual([7, 57, 107, 157, 207]);
  for (const message of failures.values()) {
    expect(message).toMatch(/account 900007 .*code 190.*t7 in the environment variable WABA_CREDENTIALS/);
  }
  expect(stacks[57]?.resource).toBeDefined();
  expect(calls()).toEqual(lists(50));
});

test("a token that was refused is asked again by the next operation", async () => {
  const { emulator, refresh, calls } = await startAdopted({ numbers: 3, wabas: 1 });
  emulator.addFault({ match: { path: "/900000/phone_numbers" }, ...graphError(190) });
  expect((await refresh(1)).size).toBe(3);
  expect(calls()).toEqual(lists(1));
  expect(await refresh(1)).toEqual(NONE);
  expect(calls()).toEqual(lists(1));
});

test("what is transient is not remembered: the next number asks again", async () => {
  const { emulator, refresh, calls } = await startAdopted({ numbers: 3, wabas: 1 });
  for (let tries = 0; tries < 4; tries += 1) {
    emulator.addFault({ match: { path: "/900000/phone_numbers" }, ...graphError(2) });
  }
  expect([...(await refresh(1)).keys()]).toEqual([0]);
  expect(calls()).toEqual(lists(5));
});

test("while pages are read numbers change: one deleted is gone on proof, one moved up the list or down it stays", async () => {
  const { emulator, begin, stacks, idOf, calls } = await startAdopted({ numbers: 150, wabas: 1 });
  begin();
  await stacks[0]?.refresh();
  emulator.deleteNumber(idOf(120));
  emulator.patchNumber(idOf(130), { last_onboarded_time: "2026-11-01T00:00:00+0000" });
  emulator.patchNumber(idOf(50), { last_onboarded_time: "2020-11-01T00:00:00+0000" });
  for (const stack of stacks.slice(1)) await stack.refresh();
  expect(stacks.flatMap(({ resource }, index) => (resource === undefined ? [index] : []))).toEqual([120]);
  expect(calls().toSorted()).toEqual([...lists(2), GET, GET].toSorted());
});

test("a cursor that expired: the list is read once more from its beginning", async () => {
  const { emulator, refresh, calls } = await startAdopted({ numbers: 150, wabas: 1 });
  const match = { path: "/900000/phone_numbers" };
  emulator.addFault({ match, ...PASS });
  emulator.addFault({ match, ...graphError(131059) });
  expect(await refresh(1)).toEqual(NONE);
  expect(calls()).toEqual(lists(4));
});

test("cursors that always expire end in an error, and a create calls no more than two lists", async () => {
  const { emulator, adopt, calls } = await startMany({ numbers: 101, wabas: 1 });
  const match = { path: "/900000/phone_numbers" };
  for (let run = 0; run < 2; run += 1) {
    emulator.addFault({ match, ...PASS });
    emulator.addFault({ match, ...graphError(131059) });
  }
  const failures = await adopt();
  expect([...failures.values()]).toEqual([expect.stringContaining("131059")]);
  expect(calls()).toHaveLength(5);
});

test("a list that lags behind: what it lacks is asked by its id, and stays", async () => {
  const { emulator, provider, begin, calls } = await startMany({ numbers: 3, wabas: 1 });
  begin();
  const { begin: _begin, ...shared } = provider;
  const stack = new EngineDouble(shared);
  await stack.upWithoutRefresh({ wabaId: emulator.wabaIds[0], phoneNumber: "+16315551001", displayName: "Cake Shop" });
  calls();
  emulator.addFault({ match: { path: "/900000/phone_numbers" }, status: 200, body: { data: [] } });
  begin();
  await stack.refresh();
  expect(stack.resource).toBeDefined();
  expect(calls()).toEqual([LIST, GET]);
});
