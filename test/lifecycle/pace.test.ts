/** How calls keep Meta's pace: what is waited instead of waiting, and which calls are not made. */
import { expect, test } from "vitest";
import { PASS } from "../support/failing.ts";
import { type Many, startAdopted } from "../support/many.ts";

const LIST = "GET /{WABA}/phone_numbers";
const GET = "GET /{PNID}";
const BY_ID = { WABA_READ_STRATEGY: "get" };
const LOST = { platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" } as const;
const refused = (code: number, status = 400) => ({
  status,
  body: { error: { message: "too many", type: "OAuthException", code, fbtrace_id: "A" } },
});

test.each([
  [74, []],
  [80, [800, 800]],
  [95, [3200, 3200]],
])("at %i percent an account's further calls wait, and no other account's", async (percent, waited) => {
  const { emulator, refresh, waits, calls } = await startAdopted({ numbers: 6, wabas: 2 }, BY_ID);
  emulator.setUsage({ wabaId: "900000", percent });
  expect((await refresh(1)).size).toBe(0);
  expect(waits).toEqual(waited);
  expect(calls()).toHaveLength(6);
});

test("at 95 percent of the app's quota the calls of every account wait", async () => {
  const { emulator, begin, stacks, idOf, wabaOf, waits } = await startAdopted({ numbers: 2, wabas: 2 }, BY_ID);
  emulator.patchNumber(idOf(0), LOST);
  emulator.setUsage({ percent: 95 });
  begin();
  await stacks[0]?.refresh();
  await stacks[0]?.upWithoutRefresh({ wabaId: wabaOf(0), phoneNumber: "+15550000000", pin: "123456" });
  expect(stacks[0]?.outputs).toMatchObject({ registered: true });
  const before = waits.length;
  await stacks[1]?.refresh();
  expect(waits.slice(before)).toEqual([3200]);
});

test("Meta throttles an account for 7 minutes: each number says so, one call is made, the others go on", async () => {
  const { emulator, refresh, waits, calls, stacks } = await startAdopted({ numbers: 40, wabas: 4 });
  emulator.setUsage({ wabaId: "900001", regainMinutes: 7 });
  const failures = await refresh();
  expect([...failures.keys()].toSorted((left, right) => left - right)).toEqual([1, 5, 9, 13, 17, 21, 25, 29, 33, 37]);
  const messages = [...failures.values()];
  for (const message of messages) expect(message).toMatch(/[Rr]un again in about 7 minutes/);
  expect(messages.filter((message) => message.includes("code 80007"))).toHaveLength(1);
  expect(messages.filter((message) => message.includes("We did not list the numbers"))).toHaveLength(9);
  expect(calls()).toEqual(Array(4).fill(LIST));
  expect(waits).toEqual([]);
  expect(stacks.every(({ resource }) => resource !== undefined)).toBe(true);
});

test("throttled in the middle of a list: what was read counts, the rest says when to come back", async () => {
  const { emulator, refresh, calls } = await startAdopted({ numbers: 300, wabas: 2 });
  const match = { path: "/900000/phone_numbers" };
  emulator.addFault({ match, ...PASS });
  emulator.addFault({ match, ...refused(80007) });
  const failures = await refresh(1);
  expect(failures.size).toBe(50);
  const [first, ...rest] = [...failures.values()];
  expect(first).toMatch(/code 80007.*Run again in an hour/);
  for (const message of rest) expect(message).toMatch(/We did not list the numbers · account 900000 .*about 5 minutes/);
  expect(calls()).toEqual(Array(4).fill(LIST));
});

test.each<[string, ReturnType<typeof refused> | { status: number; body: string }, RegExp]>([
  ["80007", refused(80007), /code 80007/],
  ["a code that nobody documents, with HTTP 429", refused(987654, 429), /too many calls.*in an hour/],
  ["HTTP 429 of a proxy", { status: 429, body: "slow down" }, /HTTP 429/],
])("%s: the account is asked once, and not again; other accounts are read", async (_what, answer, message) => {
  const { emulator, refresh, calls } = await startAdopted({ numbers: 6, wabas: 2 });
  emulator.addFault({ match: { path: "/900000/phone_numbers" }, times: "always", ...answer });
  const failures = await refresh(1);
  expect([...failures.keys()]).toEqual([0, 2, 4]);
  expect(failures.get(0)).toMatch(message);
  expect(failures.get(2)).toContain("run again in about 5 minutes");
  expect(calls()).toEqual([LIST, LIST]);
});

test.each([4, 17])("code %i: the app or the user is throttled, so no account is asked", async (code) => {
  const { emulator, refresh, calls } = await startAdopted({ numbers: 6, wabas: 2 });
  emulator.addFault({ match: { path: "/900000/phone_numbers" }, ...refused(code) });
  const failures = await refresh(1);
  expect([...failures.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
  expect(calls()).toEqual([LIST]);
});

/** Each number lost its registration: a refresh sees it, and the program's PIN registers it. */
async function startLost(numbers: number, writesPerMinute: number): Promise<Many> {
  const env = { WABA_WRITES_PER_MINUTE: String(writesPerMinute) };
  const many = await startAdopted({ numbers, wabas: 1 }, env);
  many.stacks.forEach((_stack, index) => {
    many.emulator.patchNumber(many.idOf(index), LOST);
  });
  await many.refresh();
  many.calls();
  many.declare = () => ({ pin: "123456" });
  return many;
}

test("six writes a minute: each waits for its place, so that the seventh comes after a minute, and none fails", async () => {
  const { adopt, writes, waits } = await startLost(4, 6);
  expect(await adopt(1)).toEqual(new Map());
  const made = writes();
  expect(made.filter((call) => call === "POST /{PNID}/register")).toHaveLength(4);
  expect(made.length).toBeGreaterThanOrEqual(7);
  expect(waits).toHaveLength(made.length - 1);
  // Of six waits, 12 s each but for the time of the calls between them.
  expect(waits.slice(0, 6).reduce((sum, ms) => sum + ms)).toBeGreaterThan(60_000);
});

test("sixty writes a minute, the default: ten at once do not wait", async () => {
  const { adopt, waits, calls } = await startLost(5, 60);
  expect(await adopt()).toEqual(new Map());
  expect(calls().filter((call) => call !== GET && call !== LIST).length).toBeLessThanOrEqual(10);
  expect(waits).toEqual([]);
});
