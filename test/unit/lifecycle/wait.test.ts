import fc from "fast-check";
import { expect, test } from "vitest";
import { type Call, NetworkError } from "../../../provider/graph/errors.ts";
import type { PhoneNumbers } from "../../../provider/graph/phone-numbers.ts";
import type { Context } from "../../../provider/lifecycle/context.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import { SyncError } from "../../../provider/lifecycle/phone-number/sync-error.ts";
import { waitedFor } from "../../../provider/lifecycle/phone-number/wait.ts";
import type { PhoneNumberNode } from "../../../provider/schemas/graph.ts";
import type { PhoneNumberInputs } from "../../../provider/schemas/phone-number-inputs.ts";
import type { Ledger, Observed, State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const CALL: Call = { what: "read the number", on: "the number" };
const NOT_VERIFIED: Observed = { codeVerificationStatus: "NOT_VERIFIED" };
const SENT: Partial<Ledger> = { codeRequestedAt: ago({ minutes: 1 }), codeAttempt: 1 };
const CODE_SENT = unregistered({ observed: NOT_VERIFIED, ledger: SENT });
const NODE: PhoneNumberNode = {
  id: CODE_SENT.id,
  display_phone_number: "+1 631-555-1111",
  verified_name: "John's Cake Shop",
  name_status: "AVAILABLE_WITHOUT_REVIEW",
  status: "PENDING",
  platform_type: "NOT_APPLICABLE",
  code_verification_status: "NOT_VERIFIED",
};
const WAITING: PhoneNumberInputs = { ...DECLARED, waitFor: "registered" };
const { pin: _pin, ...WITHOUT_PIN } = WAITING;

/** Looks show one node after the other, and the last one for ever. */
function world(nodes: (PhoneNumberNode | Error)[] = [NODE], { lookMs = 0, clockMs = (ms: number) => ms } = {}) {
  let now = NOW.getTime();
  const seen = { sleeps: [] as number[], looks: 0, warnings: [] as string[], credentials: [] as unknown[] };
  const api = {
    label: () => "the number",
    get: async () => {
      const shown = nodes[Math.min(seen.looks, nodes.length - 1)] ?? NODE;
      seen.looks += 1;
      now += lookMs;
      if (shown instanceof Error) throw shown;
      return shown;
    },
    register: async () => {
      nodes.splice(0, nodes.length, { ...NODE, status: "CONNECTED", platform_type: "CLOUD_API" });
    },
  } as unknown as PhoneNumbers;
  const context = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      seen.sleeps.push(ms);
      now += clockMs(ms);
    },
    warn: (line: string) => void seen.warnings.push(line),
    phoneNumbers: (credential: string | undefined) => {
      seen.credentials.push(credential);
      return api;
    },
  } as unknown as Context;
  const wait = (state: State, declared: PhoneNumberInputs) => waitedFor(context, api, declared, state);
  return { seen, wait };
}

const half = (count: number) => Array<number>(count).fill(30);
const WAITED: [number | undefined, number[]][] = [
  [undefined, half(10)],
  [1, [1]],
  [29, [29]],
  [30, half(1)],
  [31, [30, 1]],
  [59, [30, 29]],
  [60, half(2)],
  [1800, half(60)],
];

test.each(WAITED)("a deadline of %s s: looks after pauses of %j s, and one warning", async (seconds, pauses) => {
  const { seen, wait } = world();
  const state = await wait(CODE_SENT, seconds === undefined ? WAITING : { ...WAITING, waitTimeoutSeconds: seconds });
  expect(seen.sleeps).toEqual(pauses.map((pause) => pause * 1000));
  expect(seen.looks).toBe(pauses.length);
  expect(seen.credentials).toHaveLength(pauses.length);
  expect(seen.warnings).toEqual([
    expect.stringMatching(`^the number is code-sent after ${seconds ?? 300} s: Give the code`),
  ]);
  expect(outputsOf(NOW, state).phase).toBe("code-sent");
});

test.each([
  ["take a third of the time", 20, 100, [30, 30]],
  ["leave less than a pause", 20, 110, [30, 30, 10]],
  ["take longer than the whole deadline", 55, 31, [30]],
])("looks count: those that %s (%i s each, of %i s)", async (_what, look, waitTimeoutSeconds, pauses) => {
  const { seen, wait } = world([NODE], { lookMs: look * 1000 });
  await wait(CODE_SENT, { ...WAITING, waitTimeoutSeconds });
  expect(seen.sleeps).toEqual(pauses.map((pause) => pause * 1000));
  expect(seen.looks).toBe(pauses.length);
  expect(seen.warnings).toHaveLength(1);
});

test("whatever looks take, and whatever the clock does, no look begins after the deadline", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1800 }),
      fc.integer({ min: 0, max: 60_000 }),
      fc.constantFrom(
        (ms: number) => ms,
        () => 0,
        (ms: number) => -ms,
      ),
      async (waitTimeoutSeconds, lookMs, clockMs) => {
        const { seen, wait } = world([NODE], { lookMs, clockMs });
        await wait(CODE_SENT, { ...WAITING, waitTimeoutSeconds });
        const paused = seen.sleeps.reduce((sum, ms) => sum + ms, 0);
        expect(seen.looks).toBeGreaterThanOrEqual(1);
        expect(paused).toBeLessThanOrEqual(waitTimeoutSeconds * 1000);
        // Each but the last one left time for another.
        if (clockMs(1) === 1) expect(paused + (seen.looks - 1) * lookMs).toBeLessThanOrEqual(waitTimeoutSeconds * 1000);
      },
    ),
  );
});

const lost = { status: "DISCONNECTED", platformType: "NOT_APPLICABLE" };
const tenAttempts = { register: Array.from({ length: 10 }, () => ago({ hours: 1 })), deregister: [] };
const PHASES: [string, State, PhoneNumberInputs, number][] = [
  ["code-sent", CODE_SENT, WAITING, 1],
  ["code-rejected", unregistered({ observed: NOT_VERIFIED, ledger: { ...SENT, codeTriedAt: ago({}) } }), WAITING, 1],
  ["needs-verification", unregistered({ observed: NOT_VERIFIED }), WAITING, 1],
  ["name-not-provisioned", unregistered({ observed: { nameStatus: "PENDING_REVIEW" } }), WAITING, 1],
  [
    "name-in-review, of a number that waits for it",
    unregistered({ observed: { nameStatus: "DECLINED", newNameStatus: "PENDING_REVIEW" } }),
    WAITING,
    1,
  ],
  ["registered", registered(), WAITING, 0],
  ["name-in-review", registered({ observed: { newNameStatus: "PENDING_REVIEW" } }), WAITING, 0],
  ["name-declined", registered({ observed: { newNameStatus: "DECLINED" } }), WAITING, 0],
  ["name-expired", registered({ observed: { newNameStatus: "EXPIRED" } }), WAITING, 0],
  ["re-register-due", registered({ observed: { newCertificate: "c" } }), WAITING, 0],
  ["ready-to-register", unregistered(), WAITING, 0],
  ["needs-pin", unregistered(), WITHOUT_PIN, 0],
  ["verified", unregistered(), { ...WAITING, register: false }, 0],
  ["attempts-exhausted", unregistered({ ledger: { attempts: tenAttempts } }), WAITING, 0],
  ["deregistered", registered({ observed: lost }), WAITING, 0],
  ["contested", registered({ observed: lost, ledger: { restoredAt: ago({ hours: 1 }) } }), WAITING, 0],
  ["signup-expired", unregistered(), { ...WAITING, embeddedSignupFinishedAt: ago({ days: 14 }) }, 0],
  ["on-phone", unregistered({ observed: { isOnBizApp: true } }), WAITING, 0],
  ["coexistence", registered({ observed: { isOnBizApp: true } }), WAITING, 0],
  ["migrated", registered({ observed: { status: "MIGRATED" } }), WAITING, 0],
  ["blocked", registered({ observed: { status: "BANNED" } }), WAITING, 0],
  ["unknown", registered({ observed: { status: "SLEEPING" } }), WAITING, 0],
];

test.each(PHASES)("%s is looked at or not", async (_phase, state, declared, looks) => {
  const { seen, wait } = world([{ ...NODE, code_verification_status: "NOT_VERIFIED", status: "BANNED" }]);
  const after = await wait(state, declared);
  expect(seen.looks).toBe(looks);
  if (looks === 0) expect(after).toBe(state);
  expect(seen.warnings).toEqual([]);
});

test.each([{ waitFor: "none" as const }, { waitFor: undefined }])("%o waits for nothing", async (how) => {
  const { seen, wait } = world();
  const declared = { ...WAITING, ...how } as PhoneNumberInputs;
  expect(await wait(CODE_SENT, declared)).toBe(CODE_SENT);
  expect([seen.looks, seen.sleeps, seen.warnings]).toEqual([0, [], []]);
});

test("it ends with the look that shows what was missing, and goes on from there", async () => {
  const { seen, wait } = world([NODE, NODE, { ...NODE, code_verification_status: "VERIFIED" }]);
  const state = await wait(CODE_SENT, { ...WAITING, credential: "acme" });
  expect(outputsOf(NOW, state).phase).toBe("registered");
  expect(seen.sleeps).toHaveLength(3);
  // The third look, and the read after the registration.
  expect(seen.looks).toBe(4);
  expect(seen.credentials).toEqual(["acme", "acme", "acme"]);
  expect(seen.warnings).toEqual([]);
  expect(state.ledger.attempts.register).toEqual([new Date(NOW.getTime() + 90_000).toISOString()]);
});

test("a look that fails keeps what was achieved until then", async () => {
  const seenBefore = { ...NODE, quality_rating: "GREEN" };
  const cause = new NetworkError(CALL, { host: "graph.example", sent: true, problem: "cut" });
  const { seen, wait } = world([seenBefore, cause]);
  const error = await wait(CODE_SENT, WAITING).then(
    () => expect.unreachable(),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(SyncError);
  expect(error).toMatchObject({ cause, state: { observed: { qualityRating: "GREEN" }, ledger: SENT } });
  expect(seen.sleeps).toHaveLength(2);
});

test("a step that fails keeps what was achieved until then", async () => {
  const { wait } = world([{ ...NODE, new_display_name: "Third Name", new_name_status: "PENDING_REVIEW" }]);
  const declared = { ...WAITING, displayName: "Lucky Shrub" };
  await expect(wait(CODE_SENT, declared)).rejects.toMatchObject({
    name: "SyncError",
    message: expect.stringContaining('Meta still reviews "Third Name"'),
    state: { observed: { newDisplayName: "Third Name" }, ledger: SENT },
  });
});
