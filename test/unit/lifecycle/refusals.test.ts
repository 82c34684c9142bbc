import { expect, test } from "vitest";
import { type Call, type GraphAnswer, NetworkError } from "../../../provider/graph/errors.ts";
import { refusal } from "../../../provider/graph/reasons.ts";
import {
  heldUntil,
  isRefusal,
  isTrouble,
  NAMES_HOLD_MS,
  needsVerificationFirst,
  registrableAs,
  withoutRefusal,
  withRefusal,
  withRefusalsOf,
} from "../../../provider/lifecycle/refusals.ts";
import type { Ledger } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW, registered } from "../../support/states.ts";

const CALL: Call = { what: "register the number", on: "number 1" };
const answer = (code: number, more: Partial<GraphAnswer> = {}): GraphAnswer => ({
  httpStatus: 400,
  code,
  subcode: undefined,
  said: "refused",
  fbtraceId: "A1",
  isTransient: false,
  tokenSource: "the environment",
  ...more,
});
const refused = (code: number, more: Partial<GraphAnswer> = {}) => refusal(CALL, answer(code, more));
const { ledger, observed } = registered();
const in_ = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const ago_ = (minutes: number) => in_(-minutes);
const twice = (before: Ledger, step: { step: string; of: string }, error: ReturnType<typeof refused>) =>
  withRefusal(withRefusal(before, step, error, NOW), step, error, NOW);

test.each([
  [100, true],
  [131031, true],
  [133005, true],
  [133006, true],
  [133008, true],
  [2200, true],
  [987654, true],
  [10, false],
  [190, false],
  [131000, false],
  [80007, false],
  [4, false],
])("Graph's %i holds a step: %s", (code, holds) => {
  expect(isRefusal(refused(code))).toBe(holds);
});

test("what may have happened, or passes by itself, or is no refusal at all, holds nothing", () => {
  expect(isRefusal(refused(100, { isTransient: true }))).toBe(false);
  expect(isRefusal(refused(987654, { httpStatus: 500 }))).toBe(false);
  expect(isRefusal(refused(100, { subcode: 33 }))).toBe(false);
  expect(isRefusal(new NetworkError(CALL, { host: "h", sent: true, problem: "p" }))).toBe(false);
  expect(isRefusal(new Error("boom"))).toBe(false);
});

test("a step that was refused twice is held for ten minutes, for what was refused alone", () => {
  const step = { step: "requestDisplayName", of: "Lucky Shrub" };
  const once = withRefusal(ledger, step, refused(100, { subcode: 2388009 }), ago_(1));
  expect(heldUntil(NOW, once, step)).toBeUndefined();
  const held = withRefusal(once, step, refused(100, { subcode: 2388009 }), NOW);
  const since = ago_(1).toISOString();
  expect(held.refusals).toEqual([{ ...step, at: NOW.toISOString(), code: "100/2388009", times: 2, since }]);
  const other = withRefusal(once, { ...step, of: "Third Name" }, refused(100), NOW);
  expect(other.refusals).toMatchObject([{ of: "Third Name", times: 1 }]);
  expect(heldUntil(in_(9.9), held, step)).toEqual(in_(10));
  expect(heldUntil(in_(10), held, step)).toBeUndefined();
  expect(heldUntil(NOW, held, { ...step, of: "Third Name" })).toBeUndefined();
  expect(heldUntil(NOW, held, { ...step, step: "setWebhook" })).toBeUndefined();
  expect(heldUntil(NOW, ledger, step)).toBeUndefined();
});

test.each([
  ["register", 0, 10],
  ["register", 1, 10],
  ["register", 2, 20],
  ["register", 4, 80],
  ["register", 9, 2560],
  ["deregister", 3, 40],
  ["setPin", 9, 10],
])("a refused %s after %i attempts of 72 hours is held for %i minutes", (step, made, minutes) => {
  const times = Array.from({ length: made }, (_, hour) => ago({ hours: hour }));
  const attempts = { register: [...times, ago({ hours: 73 })], deregister: times };
  const held = twice({ ...ledger, attempts }, { step, of: "" }, refused(131031));
  expect(heldUntil(NOW, held, { step, of: "" })).toEqual(in_(minutes));
});

test("what Meta wants waited for is held from the first time on", () => {
  const step = { step: "register", of: "" };
  expect(heldUntil(NOW, withRefusal(ledger, step, refused(133008), NOW), step)).toEqual(in_(10));
});

test("an address that does not answer is held from the first time on", () => {
  const step = { step: "setWebhook", of: "https://a.example" };
  expect(heldUntil(NOW, withRefusal(ledger, step, refused(2200), NOW), step)).toEqual(in_(10));
});

test("a name beyond Meta's ten is held for four days from the first time on, another one is not", () => {
  const step = { step: "requestDisplayName", of: "Lucky Shrub" };
  const error = refused(100, { subcode: 2388010 });
  expect([isTrouble(step.step, error), isTrouble("register", error), isTrouble(step.step, refused(100))]).toEqual([
    true,
    false,
    false,
  ]);
  const held = withRefusal(ledger, step, error, NOW);
  const days = (count: number) => in_(count * 24 * 60);
  expect(heldUntil(days(3.9), held, step)).toEqual(days(4));
  expect(heldUntil(days(4), held, step)).toBeUndefined();
  expect(heldUntil(NOW, held, { ...step, of: "Third Name" })).toBeUndefined();
});

test("asking at every end of its hold never uses up Meta's ten names of 30 days, were each refused one counted", () => {
  expect(Math.ceil((30 * 24 * 60 * 60 * 1000) / NAMES_HOLD_MS)).toBeLessThan(10);
});

test("the same address with another token is another thing, and the token goes with its refusal", () => {
  const asked = (token: string, of = "https://a.example") => ({ step: "setWebhook", of, token });
  const first = withRefusal(ledger, asked("t1"), refused(2200), ago_(2));
  expect(heldUntil(NOW, first, asked("t1"))).toEqual(in_(8));
  expect(heldUntil(NOW, first, asked("t2"))).toBeUndefined();
  const { webhookTokenRefused: _older, ...unknown } = first;
  expect(heldUntil(NOW, unknown, asked("t2"))).toEqual(in_(8));
  const again = withRefusal(first, asked("t1"), refused(2200), NOW);
  expect(again.refusals).toMatchObject([{ times: 2, since: ago_(2).toISOString() }]);
  const other = withRefusal(again, asked("t2"), refused(2200), NOW);
  expect(other).toMatchObject({ webhookTokenRefused: "t2", refusals: [{ times: 1, since: NOW.toISOString() }] });
  expect(JSON.stringify(other.refusals)).not.toContain("t2");
  expect(withoutRefusal(other, "register")).toEqual(other);
  expect(withoutRefusal(other, "setWebhook")).toEqual(ledger);
});

test.each<[string, string | undefined, string, string | undefined, string[]]>([
  ["all of it", "Lucky Shrub", "https://a.example", "t1", ["requestDisplayName", "setWebhook"]],
  ["another name", "Third Name", "https://a.example", "t1", ["setWebhook"]],
  ["no name", undefined, "https://a.example", "t1", ["setWebhook"]],
  ["another address", "Lucky Shrub", "https://b.example", "t1", ["requestDisplayName"]],
  ["another token", "Lucky Shrub", "https://a.example", "t2", ["requestDisplayName"]],
  ["no webhook", "Lucky Shrub", "https://a.example", undefined, ["requestDisplayName"]],
])("refusals stay as far as they concern what is declared: %s", (_what, displayName, of, token, steps) => {
  const name = withRefusal(ledger, { step: "requestDisplayName", of: "Lucky Shrub" }, refused(100), NOW);
  const both = withRefusal(name, { step: "setWebhook", of: "https://a.example", token: "t1" }, refused(2200), NOW);
  const webhook = token === undefined ? undefined : { step: "setWebhook", of, token };
  const left = withRefusalsOf(both, { displayName, webhook });
  expect((left.refusals ?? []).map(({ step }) => step)).toEqual(steps);
  expect("webhookTokenRefused" in left).toBe(steps.includes("setWebhook"));
});

test("the last refusal of each step is kept, until the step is done", () => {
  const first = withRefusal(ledger, { step: "register", of: "a" }, refused(131031), NOW);
  const second = withRefusal(first, { step: "setPin", of: "" }, refused(131009), NOW);
  const third = withRefusal(second, { step: "register", of: "b" }, refused(133000), in_(1));
  expect(third.refusals).toMatchObject([
    { step: "setPin", code: "131009" },
    { step: "register", of: "b", code: "133000" },
  ]);
  expect(withoutRefusal(third, "register").refusals).toMatchObject([{ step: "setPin" }]);
  expect(withoutRefusal(withoutRefusal(third, "register"), "setPin")).toEqual(ledger);
  expect(withoutRefusal(ledger, "register")).toEqual(ledger);
});

test("Meta's wish for a new code holds while the number is as it was", () => {
  const of = registrableAs(observed);
  const wants = (code: number) => withRefusal(ledger, { step: "register", of }, refused(code), NOW);
  expect(needsVerificationFirst(observed, wants(133006))).toBe(true);
  expect(needsVerificationFirst(observed, wants(133005))).toBe(false);
  expect(needsVerificationFirst({ ...observed, codeVerificationStatus: "EXPIRED" }, wants(133006))).toBe(false);
  expect(needsVerificationFirst(observed, ledger)).toBe(false);
});

test.each([
  ["codeVerificationStatus", "EXPIRED", false],
  ["nameStatus", "DECLINED", false],
  ["newNameStatus", "APPROVED", false],
  ["newNameStatus", "PENDING_REVIEW", true],
  ["qualityRating", "RED", true],
])("a number whose %s is %s is the same to a registration: %s", (field, value, same) => {
  expect(registrableAs({ ...observed, [field]: value }) === registrableAs(observed)).toBe(same);
});
