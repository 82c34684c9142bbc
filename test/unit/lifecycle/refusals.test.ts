import { expect, test } from "vitest";
import { type Call, type GraphAnswer, NetworkError } from "../../../provider/graph/errors.ts";
import { refusal } from "../../../provider/graph/reasons.ts";
import {
  heldUntil,
  isRefusal,
  needsVerificationFirst,
  registrableAs,
  withoutRefusal,
  withRefusal,
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
  const once = withRefusal(ledger, step, refused(100, { subcode: 2388010 }), ago_(1));
  expect(heldUntil(NOW, once, step)).toBeUndefined();
  const held = withRefusal(once, step, refused(100, { subcode: 2388010 }), NOW);
  expect(held.refusals).toEqual([{ ...step, at: NOW.toISOString(), code: "100/2388010", times: 2 }]);
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
