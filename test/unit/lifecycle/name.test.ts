import { expect, test } from "vitest";
import {
  achievedName,
  fingerprint,
  lastOutcome,
  nameInReview,
  nameStep,
  nextNameRequestAt,
  reregistrationDue,
  seenDeclined,
  settleNameRequests,
  slotOf,
  withNameTaken,
} from "../../../provider/lifecycle/name.ts";
import { diffPhoneNumber } from "../../../provider/lifecycle/phone-number/diff.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import type { NameRequest, Observed } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const CAKE = "John's Cake Shop";
const LUCKY = "Lucky Shrub";
const THIRD = "Third Name";
const DAY_MS = 24 * 60 * 60 * 1000;

const asked = (days: number, more: Partial<NameRequest> = {}): NameRequest => ({
  name: LUCKY,
  at: ago({ days }),
  ...more,
});
const settled = (observed: Observed, nameRequests: NameRequest[], now = NOW) =>
  settleNameRequests(now, observed, registered({ ledger: { nameRequests } }).ledger);
const due = (observed: Observed, ledger: Parameters<typeof registered>[0] = {}) =>
  reregistrationDue(registered({ ...ledger, observed }));
const later = (ms: number) => new Date(NOW.getTime() + ms);

test("a new certificate is due once: not when it is the one that was registered", () => {
  const ledger = { certificateFingerprint: fingerprint("new") };
  expect(due({ newCertificate: "new" }, { ledger })).toBeUndefined();
  expect(due({ newCertificate: "newer" }, { ledger })).toEqual({ name: undefined });
  expect(due({ newCertificate: "new", newNameStatus: "NONE" }, { ledger })).toBeUndefined();
});

test("an approved name is due once: not when it is the one that was registered", () => {
  const shown: Observed = { newNameStatus: "APPROVED", newDisplayName: LUCKY };
  expect(due(shown)).toEqual({ name: LUCKY });
  expect(due(shown, { ledger: { registeredName: LUCKY } })).toBeUndefined();
});

test.each<[string, Observed]>([
  ["its status", { newNameStatus: "APPROVED" }],
  ["its status without review", { newNameStatus: "AVAILABLE_WITHOUT_REVIEW" }],
  ["its certificate", { newCertificate: "new" }],
])("a name of which Graph shows %s alone is the one that was asked for last", (_what, observed) => {
  const nameRequests = [asked(9, { name: THIRD, outcome: "DECLINED" }), asked(2)];
  expect(due(observed, { ledger: { nameRequests } })).toEqual({ name: LUCKY });
});

test("a review of which Graph shows no text is of our request, else of somebody's", () => {
  const observed: Observed = { newNameStatus: "PENDING_REVIEW" };
  expect(nameInReview(registered({ observed, ledger: { nameRequests: [asked(1)] } }))).toBe(LUCKY);
  expect(nameInReview(registered({ observed }))).toBe("");
});

test("a declined name counts as achieved, until somebody else changes the name in use", () => {
  const ledger = { nameRequests: [asked(5, { outcome: "DECLINED" })] };
  const echo = { displayName: LUCKY };
  const ours = registered({ ledger, echo });
  expect(achievedName(ours)).toBe(LUCKY);
  expect(lastOutcome(ours)).toBe("DECLINED");
  const changed = registered({ observed: { verifiedName: "Eve's Cakes" }, ledger, echo });
  expect(achievedName(changed)).toBe("Eve's Cakes");
  expect(lastOutcome(changed)).toBeUndefined();
});

test.each<[string, Observed]>([
  ["was approved", { newDisplayName: THIRD, newNameStatus: "APPROVED" }],
  ["was declined", { newDisplayName: THIRD, newNameStatus: "DECLINED" }],
  ["expired", { newDisplayName: THIRD, newNameStatus: "EXPIRED" }],
])("another text in the second slot that %s says nothing of our request", (_what, observed) => {
  expect(settled(observed, [asked(2)])).toEqual([asked(2)]);
  expect(settled(observed, [asked(2, { outcome: "DECLINED" })])).toEqual([asked(2, { outcome: "DECLINED" })]);
});

test.each<[string, Observed, NameRequest["outcome"]]>([
  ["approved", { newDisplayName: LUCKY, newNameStatus: "APPROVED" }, "APPROVED"],
  ["declined, without its text", { newNameStatus: "DECLINED" }, "DECLINED"],
  ["expired", { newDisplayName: LUCKY, newNameStatus: "EXPIRED" }, "EXPIRED"],
  ["in use", { verifiedName: LUCKY }, "APPROVED"],
  ["in review", { newDisplayName: LUCKY, newNameStatus: "PENDING_REVIEW" }, undefined],
])("a request that Graph shows as %s gets that outcome", (_what, observed, outcome) => {
  expect(settled(observed, [asked(2)])).toEqual([outcome === undefined ? asked(2) : asked(2, { outcome })]);
});

test.each<[string, Observed]>([
  ["nothing", { verifiedName: CAKE }],
  ["NONE", { verifiedName: CAKE, newNameStatus: "NONE" }],
])("a request of which Graph shows %s is lost after seven days, and not before", (_what, observed) => {
  expect(settled(observed, [asked(7)])).toEqual([asked(7)]);
  expect(settled(observed, [asked(7)], later(1))).toEqual([asked(7, { outcome: "EXPIRED" })]);
});

test("a review that takes longer than seven days is not lost", () => {
  expect(settled({ newNameStatus: "PENDING_REVIEW", newDisplayName: LUCKY }, [asked(20)])).toEqual([asked(20)]);
});

test.each(["APPROVED", "DECLINED"] as const)("a request that was %s is not lost later", (outcome) => {
  expect(settled({ verifiedName: CAKE }, [asked(20, { outcome })])).toEqual([asked(20, { outcome })]);
});

test("requests leave the ledger after 30 days, and the last one never", () => {
  const outcome = "DECLINED";
  const [last, young] = [asked(1, { outcome }), asked(29, { outcome })];
  const edge = { ...young, at: new Date(NOW.getTime() - 30 * DAY_MS + 1).toISOString() };
  expect(settled({}, [asked(45, { outcome }), asked(30, { outcome }), edge, young, last])).toEqual([edge, young, last]);
  expect(settled({}, [asked(45, { outcome })])).toEqual([asked(45, { outcome })]);
});

test.each<[string, Observed]>([
  ["as the new name", { newDisplayName: LUCKY, newNameStatus: "PENDING_REVIEW" }],
  ["as a review without a text", { newNameStatus: "PENDING_REVIEW" }],
])("a request whose answer was lost is kept when Graph shows it %s", (_what, observed) => {
  expect(settled(observed, [asked(0, { unconfirmed: true })])).toEqual([asked(0)]);
});

test("a request whose answer was lost is kept when its name is in use already", () => {
  const [request, ...more] = settled({ verifiedName: LUCKY }, [asked(0, { unconfirmed: true })]);
  expect(request).toEqual(asked(0, { outcome: "APPROVED" }));
  expect(more).toEqual([]);
});

test.each<[string, Observed]>([
  ["nothing of it", { verifiedName: CAKE }],
  ["another one in review", { newDisplayName: THIRD, newNameStatus: "PENDING_REVIEW" }],
])("a request whose answer was lost is dropped when Graph shows %s", (_what, observed) => {
  const earlier = asked(9, { outcome: "DECLINED" });
  expect(settled(observed, [earlier, asked(0, { unconfirmed: true })])).toEqual([earlier]);
});

test("a confirmed request is kept although Graph shows nothing of it yet", () => {
  expect(settled({ verifiedName: CAKE }, [asked(0)])).toEqual([asked(0)]);
});

test("a name that was declined earlier is not asked for again, although another one came after it", () => {
  const nameRequests = [asked(9, { outcome: "DECLINED" }), asked(5, { name: THIRD, outcome: "APPROVED" })];
  const ledger = { nameRequests, registeredName: THIRD };
  const state = registered({ observed: { verifiedName: THIRD }, ledger, echo: { displayName: THIRD } });
  expect(nameStep(NOW, state, LUCKY)).toEqual({ do: "nothing" });
  expect(nameStep(NOW, state, "Fourth Name")).toEqual({ do: "request" });
});

test("going back from a declined name to the one in use asks nothing", () => {
  const ledger = { nameRequests: [asked(2, { outcome: "DECLINED" })] };
  const state = registered({ ledger, echo: { displayName: LUCKY } });
  expect(nameStep(NOW, state, CAKE)).toEqual({ do: "nothing" });
});

test("a name that is not the one in use is asked for, and none when none is declared or none can be", () => {
  expect(nameStep(NOW, registered(), LUCKY)).toEqual({ do: "request" });
  expect(nameStep(NOW, registered(), undefined)).toEqual({ do: "nothing" });
  expect(nameStep(NOW, unregistered({ observed: { verifiedName: undefined } as never }), LUCKY)).toEqual({
    do: "nothing",
  });
});

const tenFrom = (days: number) =>
  Array.from({ length: 10 }, (_, index) => asked(days - index, { name: `Name ${index}`, outcome: "APPROVED" }));

test("ten names in 30 days are not exceeded, and the step says until when", () => {
  const until = new Date(Date.parse(ago({ days: 29 })) + 30 * DAY_MS);
  const full = registered({ ledger: { nameRequests: tenFrom(29) } });
  expect(nameStep(NOW, full, LUCKY)).toEqual({ do: "wait", until });
  expect(nextNameRequestAt(later(DAY_MS - 1), full.ledger)).toEqual(until);
  expect(nextNameRequestAt(later(DAY_MS), full.ledger)).toBeUndefined();
  const eleven = [asked(29.5), ...tenFrom(29)];
  expect(nextNameRequestAt(NOW, registered({ ledger: { nameRequests: eleven } }).ledger)).toEqual(until);
  expect(nextNameRequestAt(NOW, registered({ ledger: { nameRequests: tenFrom(29).slice(1) } }).ledger)).toBeUndefined();
});

test("a preview of an eleventh name says from when on Meta takes it", () => {
  const said: string[] = [];
  const full = registered({ ledger: { nameRequests: tenFrom(29) } });
  const news = { ...DECLARED, displayName: LUCKY };
  diffPhoneNumber(NOW, full.id, outputsOf(NOW, full), news, {
    say: (line) => said.push(line),
    warn: (line) => said.push(line),
    inRefresh: false,
  });
  expect(said.join()).toContain(later(DAY_MS).toISOString());
});

test("a declined name is remembered once, for 30 days, whoever asked for it", () => {
  const declined = { newNameStatus: "DECLINED", newDisplayName: LUCKY };
  const { ledger } = registered();
  const first = seenDeclined(NOW, declined, ledger);
  expect(first).toEqual([{ name: LUCKY, at: NOW.toISOString() }]);
  const remembering = { ...ledger, ...(first === undefined ? {} : { declinedNames: first }) };
  expect(seenDeclined(later(DAY_MS), declined, remembering)).toEqual(first);
  const both = seenDeclined(later(DAY_MS), { ...declined, newDisplayName: THIRD }, remembering);
  expect(both?.map(({ name }) => name)).toEqual([LUCKY, THIRD]);
  expect(seenDeclined(later(30 * DAY_MS - 1), {}, remembering)).toEqual(first);
  expect(seenDeclined(later(30 * DAY_MS), {}, remembering)).toBeUndefined();
});

test.each([{ newNameStatus: "APPROVED", newDisplayName: LUCKY }, { newNameStatus: "DECLINED" }, {}])(
  "nothing is remembered as declined of %o",
  (observed) => {
    expect(seenDeclined(NOW, observed, registered().ledger)).toBeUndefined();
  },
);

test("a name that was seen declined is not asked for", () => {
  const declinedNames = [{ name: LUCKY, at: ago({ days: 3 }) }];
  expect(nameStep(NOW, registered({ ledger: { declinedNames } }), LUCKY)).toEqual({ do: "nothing" });
  expect(nameStep(NOW, registered({ ledger: { declinedNames } }), THIRD)).toEqual({ do: "request" });
});

test("a name in use that may not be used is not due, whatever it was registered with", () => {
  expect(due({ verifiedName: LUCKY })).toEqual({ name: LUCKY });
  expect(due({ verifiedName: LUCKY, nameStatus: "EXPIRED" })).toBeUndefined();
  expect(due({ verifiedName: LUCKY, nameStatus: "DECLINED" })).toBeUndefined();
  expect(due({ verifiedName: LUCKY, nameStatus: "AVAILABLE_WITHOUT_REVIEW" })).toEqual({ name: LUCKY });
});

const OVER = { newNameStatus: "DECLINED", newDisplayName: THIRD };
const over = "DECLINED Third Name";

test("a read that shows what was there before our request is older than it, or Graph keeps it", () => {
  const open = registered({ observed: OVER, ledger: { nameRequests: [asked(1, { over })] } });
  expect(nameInReview(open)).toBe(LUCKY);
  expect(nameStep(NOW, open, LUCKY)).toEqual({ do: "nothing" });
  expect(nameInReview(registered({ observed: OVER, ledger: { nameRequests: [asked(1)] } }))).toBeUndefined();
  expect(settled(OVER, [asked(1, { over })])).toEqual([asked(1, { over })]);
  expect(settled(OVER, [asked(8, { over })])).toEqual([asked(8, { over, outcome: "EXPIRED" })]);
});

test("an unconfirmed request is not proven by what was there before it", () => {
  const expired = { newNameStatus: "EXPIRED", newDisplayName: LUCKY };
  expect(settled(expired, [asked(0, { unconfirmed: true, over: "EXPIRED Lucky Shrub" })])).toEqual([]);
  expect(settled({ ...expired, newNameStatus: "PENDING_REVIEW" }, [asked(0, { unconfirmed: true })])).toEqual([
    asked(0),
  ]);
});

test.each([
  [{}, undefined],
  [{ newNameStatus: "NONE" }, undefined],
  [{ newNameStatus: "APPROVED" }, "APPROVED"],
  [OVER, over],
])("the second slot of %o reads %s", (observed, slot) => {
  expect(slotOf(observed)).toBe(slot);
});

test("a name that is asked back, of which Graph shows nothing yet, is in review and not asked for twice", () => {
  const observed = { verifiedName: "Eve's Cakes" };
  const request = { name: CAKE, at: ago({ minutes: 1 }) };
  expect(settled(observed, [request])).toEqual([request]);
  const state = registered({ observed, ledger: { nameRequests: [request] }, echo: { displayName: CAKE } });
  expect(nameStep(NOW, state, CAKE)).toEqual({ do: "nothing" });
});

test("a registration proves the last request alone, and only of its name", () => {
  const requests = [asked(9, { name: THIRD }), asked(1)];
  expect(withNameTaken(requests, LUCKY)).toEqual([asked(9, { name: THIRD }), asked(1, { outcome: "APPROVED" })]);
  expect(withNameTaken(requests, THIRD)).toEqual(requests);
  expect(withNameTaken(requests, undefined)).toEqual(requests);
  expect(withNameTaken([], LUCKY)).toEqual([]);
});
