import { expect, test } from "vitest";
import {
  ATTEMPTS_WINDOW_MS,
  exhausted,
  MAX_ATTEMPTS,
  nextAttemptAt,
  recentAttempts,
  within72Hours,
} from "../../../provider/lifecycle/attempts.ts";
import { isRegistered, nextActionOf, phaseOf } from "../../../provider/lifecycle/phase.ts";
import type { Phase } from "../../../provider/lifecycle/phases.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

const HOUR_MS = 60 * 60 * 1000;
const ALL = { register: true, hasPin: true };
const EDGE = ago({ hours: 72 });
const INSIDE = new Date(Date.parse(EDGE) + 1).toISOString();
const later = (ms: number) => new Date(NOW.getTime() + ms);

test("Meta's rule is ten in 72 hours", () => {
  expect([MAX_ATTEMPTS, ATTEMPTS_WINDOW_MS]).toEqual([10, 72 * HOUR_MS]);
});

test("an attempt counts for 72 hours, and not at their end", () => {
  expect(recentAttempts(NOW, [ago({ hours: 100 }), EDGE, INSIDE, ago({})])).toEqual([INSIDE, ago({})]);
});

test("a time is within 72 hours until their end, and no time is not", () => {
  expect(within72Hours(NOW, INSIDE)).toBe(true);
  expect(within72Hours(NOW, EDGE)).toBe(false);
  expect(within72Hours(NOW, undefined)).toBe(false);
});

test("nine attempts leave one, and a tenth blocks until the oldest falls out", () => {
  const nine = Array.from({ length: 9 }, (_, hour) => ago({ hours: hour + 1 }));
  expect(nextAttemptAt(NOW, nine)).toBeUndefined();
  expect(nextAttemptAt(NOW, [...nine, INSIDE])).toEqual(later(1));
  expect(nextAttemptAt(NOW, [...nine, EDGE])).toBeUndefined();
});

test("of more than ten, in any order, the tenth from the end decides", () => {
  const twelve = [3, 11, 1, 7, 12, 5, 9, 2, 10, 4, 8, 6].map((hours) => ago({ hours }));
  expect(nextAttemptAt(NOW, twelve)).toEqual(later(62 * HOUR_MS));
});

test("Meta's word that all are used blocks for 72 hours from now, and no longer", () => {
  const attempts = exhausted(NOW);
  expect(nextAttemptAt(NOW, attempts)).toEqual(later(ATTEMPTS_WINDOW_MS));
  expect(nextAttemptAt(later(ATTEMPTS_WINDOW_MS - 1), attempts)).toEqual(later(ATTEMPTS_WINDOW_MS));
  expect(nextAttemptAt(later(ATTEMPTS_WINDOW_MS), attempts)).toBeUndefined();
});

test.each([{ status: "RATE_LIMITED" }, { status: "FLAGGED" }, { status: undefined } as never])(
  "a number on the Cloud API with %j works, and nothing is lost",
  (observed) => {
    const state = registered({ observed });
    expect(isRegistered(state.observed)).toBe(true);
    expect(phaseOf(NOW, state, ALL)).toBe("registered");
  },
);

test.each(["PENDING", "DISCONNECTED", "UNVERIFIED"])("a number on the Cloud API that is %s does not work", (status) => {
  expect(isRegistered(registered({ observed: { status } }).observed)).toBe(false);
});

test.each(["UNKNOWN", "DELETED"])("a number that is %s is in no state to act on", (status) => {
  expect(phaseOf(NOW, unregistered({ observed: { status } }), ALL)).toBe("unknown");
  expect(phaseOf(NOW, registered({ observed: { status } }), ALL)).toBe("unknown");
});

const notVerified = { codeVerificationStatus: "NOT_VERIFIED" };
const lost = { status: "PENDING", platformType: "NOT_APPLICABLE" };
const approved = { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub" };
const PHASES_OF: [string, State, Partial<typeof ALL>, Phase][] = [
  [
    "a number that was registered once and is not verified",
    registered({ observed: { ...lost, ...notVerified } }),
    {},
    "needs-verification",
  ],
  [
    "a number that is not verified, and is not to be registered",
    unregistered({ observed: notVerified }),
    { register: false },
    "needs-verification",
  ],
  [
    "a lost number that is not to be registered, though it was restored an hour ago",
    registered({ observed: lost, ledger: { restoredAt: ago({ hours: 1 }) } }),
    { register: false },
    "verified",
  ],
  ["a first name that expired", unregistered({ observed: { nameStatus: "EXPIRED" } }), {}, "name-expired"],
  ["a first name without a status", unregistered({ observed: { nameStatus: "NONE" } }), {}, "name-not-provisioned"],
  ...["PENDING_REVIEW", "DECLINED", "EXPIRED"].map((nameStatus): [string, State, Partial<typeof ALL>, Phase] => [
    `an approved new name where the first is ${nameStatus}`,
    unregistered({ observed: { nameStatus, ...approved } }),
    {},
    "ready-to-register",
  ]),
];

test.each(PHASES_OF)("%s has its phase", (_what, state, intent, phase) => {
  expect(phaseOf(NOW, state, { ...ALL, ...intent })).toBe(phase);
});

test("a number whose code was not sent says above which attempt another is asked for", () => {
  const state = unregistered({ observed: notVerified, ledger: { codeAttempt: 3 } });
  expect(nextActionOf(NOW, state, "needs-verification")).toContain("above 3 ");
});
