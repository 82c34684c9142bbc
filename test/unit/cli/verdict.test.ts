import fc from "fast-check";
import { expect, test } from "vitest";
import type { Seen } from "../../../provider/cli/target.ts";
import { type Goal, UNREGISTERED, type Verdict, verdictOf } from "../../../provider/cli/verdict.ts";
import { isRegistered, nextActionOf, phaseOf } from "../../../provider/lifecycle/phase.ts";
import { PHASES, type Phase } from "../../../provider/lifecycle/phases.ts";
import { intentIn } from "../../../provider/lifecycle/phone-number/outputs.ts";
import type { Observed, State } from "../../../provider/schemas/phone-number-state.ts";
import {
  CODE_VERIFICATION_STATUSES,
  NAME_STATUSES,
  NUMBER_STATUSES,
  PLATFORM_TYPES,
} from "../../../provider/schemas/words.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

const NOT_VERIFIED: Observed = { codeVerificationStatus: "NOT_VERIFIED" };
const SENT = { codeRequestedAt: ago({ minutes: 1 }), codeAttempt: 1 };
const LOST: Observed = { status: "DISCONNECTED", platformType: "NOT_APPLICABLE" };
const TEN_ATTEMPTS = { register: Array.from({ length: 10 }, () => ago({ hours: 1 })), deregister: [] };
const UP = "pulumi up --stack dev";

function seenIn(state: State): Seen {
  const phase = phaseOf(NOW, state, intentIn(state));
  const registered = isRegistered(state.observed, state.onPremisesDeclared);
  return { observed: state.observed, phase, nextAction: nextActionOf(NOW, state, phase, "+1 --stack dev"), registered };
}

/** As a number shows that no stack knows. */
function seenAs(observed: Observed): Seen {
  return seenIn({ ...unregistered(), observed });
}

const verdict = (goal: Goal, seen: Seen, requestedName?: string) => verdictOf(goal, seen, { requestedName, up: UP });

const WORKS: Observed = {
  verifiedName: "Old",
  nameStatus: "APPROVED",
  status: "CONNECTED",
  platformType: "CLOUD_API",
};
const ADDED: Observed = {
  verifiedName: "Old",
  nameStatus: "PENDING_REVIEW",
  status: "PENDING",
  platformType: "NOT_APPLICABLE",
};
const NEW = { newDisplayName: "New" };

test.each<[Goal, Observed, Verdict["outcome"], RegExp]>([
  ["registered", WORKS, "reached", /registered as "Old"/],
  ["registered", { ...WORKS, status: "FLAGGED" }, "reached", /registered/],
  ["registered", ADDED, "waiting", /status PENDING, platform NOT_APPLICABLE/],
  ["registered", {}, "waiting", /status not shown/],
  ["registered", { ...WORKS, platformType: "NOT_APPLICABLE" }, "waiting", /not registered/],
  ["registered", { ...WORKS, status: "DISCONNECTED" }, "waiting", /not registered/],
  ["registered", { ...ADDED, status: "BANNED" }, "missed", /status BANNED.*Appeal in WhatsApp Manager/],
  ["registered", { ...ADDED, status: "MIGRATED" }, "missed", /status MIGRATED.*Declare it under the account/],
  ["registered", { ...ADDED, status: "DELETED" }, "missed", /status DELETED.*Meta shows the number as deleted/],
  ["name", WORKS, "reached", /the name "Old" is APPROVED$/],
  ["name", { ...WORKS, nameStatus: "AVAILABLE_WITHOUT_REVIEW" }, "reached", /AVAILABLE_WITHOUT_REVIEW$/],
  ["name", { ...WORKS, newNameStatus: "NONE" }, "reached", /"Old" is APPROVED$/],
  ["name", ADDED, "waiting", /"Old" is PENDING_REVIEW/],
  ["name", { ...ADDED, nameStatus: "NONE" }, "waiting", /"Old" is NONE/],
  ["name", { ...ADDED, nameStatus: "A_NEW_WORD" }, "waiting", /A_NEW_WORD/],
  ["name", { ...ADDED, nameStatus: "DECLINED" }, "missed", /"Old" is DECLINED/],
  ["name", { ...ADDED, nameStatus: "EXPIRED" }, "missed", /"Old" is EXPIRED/],
  ["name", { verifiedName: "Old" }, "missed", /no status of the name "Old".*--for registered$/],
  ["name", { ...WORKS, ...NEW, newNameStatus: "PENDING_REVIEW" }, "waiting", /"New" is PENDING_REVIEW/],
  [
    "name",
    { ...WORKS, ...NEW, newNameStatus: "APPROVED" },
    "reached",
    /"New" is APPROVED\. Next: pulumi up --stack dev, which registers it$/,
  ],
  ["name", { ...WORKS, ...NEW, newNameStatus: "DECLINED" }, "missed", /"New" is DECLINED/],
  ["name", { ...WORKS, ...NEW, newNameStatus: "EXPIRED" }, "missed", /"New" is EXPIRED/],
  ["name", { ...WORKS, newNameStatus: "PENDING_REVIEW" }, "waiting", /"Old" is PENDING_REVIEW/],
  ["name", { ...WORKS, status: "BANNED" }, "missed", /of no use: Meta banned the number\. Appeal in WhatsApp Manager/],
  ["name", { ...WORKS, status: "MIGRATED" }, "missed", /moved to another account\. Declare it under the account/],
  ["name", { ...WORKS, status: "DELETED" }, "missed", /of no use: Meta shows the number as deleted/],
  ["name", { ...ADDED, isOnBizApp: true, nameStatus: "APPROVED" }, "reached", /"Old" is APPROVED$/],
])("for %s, %j is %s", (goal, observed, outcome, text) => {
  const { outcome: told, text: said } = verdict(goal, seenAs(observed));
  expect(told).toBe(outcome);
  expect(said).toMatch(text);
});

test.each<[string, Observed, Verdict["outcome"]]>([
  ["Graph shows nothing of it yet", WORKS, "waiting"],
  ["it is in review, without its text", { ...WORKS, newNameStatus: "PENDING_REVIEW" }, "waiting"],
  ["it is in use already", { ...WORKS, verifiedName: "New" }, "reached"],
  ["it was declined", { ...WORKS, ...NEW, newNameStatus: "DECLINED" }, "missed"],
  ["the name slot alone says that it was declined", { ...WORKS, nameStatus: "DECLINED" }, "missed"],
])("a name that the stack asked for, while %s", (_what, observed, outcome) => {
  expect(verdict("name", seenAs(observed), "New").outcome).toBe(outcome);
});

/** Each phase that a number which is not registered can be in, and how it gets there. */
const UNREGISTERED_STATES: [Phase, State][] = [
  ["unknown", unregistered({ observed: { status: "SLEEPING" } })],
  ["migrated", unregistered({ observed: { status: "MIGRATED" } })],
  ["blocked", unregistered({ observed: { status: "BANNED" } })],
  ["on-phone", unregistered({ observed: { isOnBizApp: true } })],
  ["other-platform", registered({ observed: { platformType: "ON_PREMISE" } })],
  ["needs-certificate", { ...unregistered(), onPremisesDeclared: true }],
  ["coexistence", registered({ observed: { isOnBizApp: true, status: "DISCONNECTED" } })],
  ["contested", registered({ observed: LOST, ledger: { restoredAt: ago({ hours: 1 }) } })],
  ["signup-expired", unregistered({ echo: { embeddedSignupFinishedAt: ago({ days: 14 }) } })],
  ["code-rejected", unregistered({ observed: NOT_VERIFIED, ledger: { ...SENT, codeTriedAt: ago({}) } })],
  ["code-sent", unregistered({ observed: NOT_VERIFIED, ledger: SENT })],
  ["needs-verification", unregistered({ observed: NOT_VERIFIED })],
  ["verified", unregistered({ echo: { register: false } })],
  ["name-declined", unregistered({ observed: { nameStatus: "DECLINED" } })],
  ["name-expired", unregistered({ observed: { nameStatus: "EXPIRED" } })],
  ["name-not-provisioned", unregistered({ observed: { nameStatus: "PENDING_REVIEW" } })],
  ["attempts-exhausted", unregistered({ ledger: { attempts: TEN_ATTEMPTS } })],
  ["needs-pin", { ...unregistered(), pinDeclared: false }],
  ["deregistered", registered({ observed: LOST })],
  ["ready-to-register", unregistered()],
];

const ENDS: Partial<Record<Phase, RegExp>> = {
  migrated: /Declare it under the account that has it now/,
  blocked: /Appeal in WhatsApp Manager/,
  "on-phone": /lives on the WhatsApp Business app.*Disconnect it from the app/,
  "other-platform": /registered in another way than is declared.*Declare it as it is used/,
  "needs-certificate": /has a certificate, then run pulumi up/,
  coexistence: /app and the Cloud API together.*onboard it for coexistence again/,
  "signup-expired": /Have the customer go through embedded signup again/,
  verified: /as declared, not registered\. Declare register: true \(and pin\), and run pulumi up/,
  "name-declined": /Declare another displayName/,
  "name-expired": /not registered within 14 days/,
  "needs-pin": /Declare pin/,
};

test.each(UNREGISTERED_STATES)("a number that is %s is waited for, or never, with what to do", (phase, state) => {
  const seen = seenIn(state);
  expect([seen.phase, isRegistered(state.observed)]).toEqual([phase, false]);
  const { outcome, text } = verdict("registered", seen);
  const end = ENDS[phase];
  expect(outcome).toBe(end === undefined ? "waiting" : "missed");
  expect(text).toMatch(end ?? /^not registered: status/);
  if (end === undefined) expect(text).toContain(seen.nextAction);
  else expect(text).toContain(`Waiting does not change that: ${PHASES[phase].meaning}. `);
  expect(text).not.toContain("Nothing to do");
});

test("every phase is waited for, or never; those that only registered numbers have are reached", () => {
  expect(Object.keys(UNREGISTERED).toSorted()).toEqual(Object.keys(PHASES).toSorted());
  const reached = Object.entries(UNREGISTERED).flatMap(([phase, what]) => (what === "reached" ? [phase] : []));
  expect(reached).toEqual(["re-register-due", "registered"]);
});

test("whatever Graph shows: registered is reached, and what is waited for is not", () => {
  const one = (words: readonly string[]) => fc.option(fc.constantFrom(...words, "A_NEW_WORD"), { nil: undefined });
  const shown = fc.record({
    status: one(NUMBER_STATUSES),
    platformType: one(PLATFORM_TYPES),
    codeVerificationStatus: one(CODE_VERIFICATION_STATUSES),
    nameStatus: one(NAME_STATUSES),
    newNameStatus: one(NAME_STATUSES),
    isOnBizApp: fc.option(fc.boolean(), { nil: undefined }),
  });
  const state = fc.constantFrom(registered, unregistered);
  fc.assert(
    fc.property(state, shown, fc.boolean(), fc.boolean(), (make, observed, register, pinDeclared) => {
      const built = { ...make({ observed: observed as Observed, echo: { register } }), pinDeclared };
      const seen = seenIn(built);
      const { outcome, text } = verdict("registered", seen);
      expect(outcome === "reached").toBe(isRegistered(built.observed));
      if (outcome !== "reached") expect(UNREGISTERED[seen.phase]).not.toBe("reached");
      expect(text).not.toContain("undefined");
      const onName = verdict("name", seen);
      expect(onName.text).not.toContain("undefined");
      // Who is told that it will not come is told what to do.
      if (onName.outcome === "missed") expect(onName.text).toMatch(/\. [A-Z].{20,}/);
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, State, RegExp]>([
  [
    "declined",
    registered({ observed: { newNameStatus: "DECLINED", newDisplayName: "New" } }),
    /"New" is DECLINED\. Declare another/,
  ],
  [
    "declined, of a number on the app",
    unregistered({ observed: { nameStatus: "DECLINED", isOnBizApp: true } }),
    /is DECLINED\. Declare another/,
  ],
  [
    "expired",
    registered({ observed: { newNameStatus: "EXPIRED", newDisplayName: "New" } }),
    /"New" is EXPIRED\. .*pulumi up/,
  ],
])("a name that is %s is told with what to do", (_what, state, text) => {
  expect(verdict("name", seenIn(state))).toEqual({ outcome: "missed", text: expect.stringMatching(text) });
});

test("commands in the advice lead to the same number", () => {
  const seen = seenIn(unregistered({ observed: NOT_VERIFIED, ledger: SENT }));
  expect(verdict("registered", seen).text).toContain("npx waba code verify +1 --stack dev,");
});
