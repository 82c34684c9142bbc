import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PreVerifiedNumbers } from "../../../provider/graph/pre-verified-numbers.ts";
import { TransportError } from "../../../provider/graph/transport.ts";
import { codeHash } from "../../../provider/lifecycle/codes.ts";
import { Holders } from "../../../provider/lifecycle/holders.ts";
import { comparePreVerifiedPhoneNumber } from "../../../provider/lifecycle/pre-verified-phone-number/compare.ts";
import {
  echoOf,
  isNoted,
  isSettled,
  withDeclared,
} from "../../../provider/lifecycle/pre-verified-phone-number/echo.ts";
import { observedOf, refreshed } from "../../../provider/lifecycle/pre-verified-phone-number/observe.ts";
import { outputsOf } from "../../../provider/lifecycle/pre-verified-phone-number/outputs.ts";
import { nextActionOf, phaseOf } from "../../../provider/lifecycle/pre-verified-phone-number/phase.ts";
import { PRE_VERIFIED_PHASES } from "../../../provider/lifecycle/pre-verified-phone-number/phases.ts";
import { plan, type Step } from "../../../provider/lifecycle/pre-verified-phone-number/plan.ts";
import { take } from "../../../provider/lifecycle/pre-verified-phone-number/steps.ts";
import type { PreVerifiedPhoneNumberInputs } from "../../../provider/schemas/pre-verified-phone-number-inputs.ts";
import {
  type Echo,
  type Ledger,
  type Observed,
  readState,
  type State,
} from "../../../provider/schemas/pre-verified-phone-number-state.ts";
import { scriptedClient } from "../../support/graph-answers.ts";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const day = (days: number) => new Date(NOW.getTime() + days * DAY_MS).toISOString();
const LEAST = { businessId: "506914307656634", phoneNumber: "+15550783881" };
const SMS = { method: "SMS", language: "en" } as const;

const UNPROVEN: Observed = { codeVerificationStatus: "NOT_VERIFIED" };
/** Verified that many days ago. */
const proven = (days: number): Observed => ({
  codeVerificationStatus: days < 90 ? "VERIFIED" : "EXPIRED",
  codeVerificationTime: day(-days),
  verificationExpiresAt: day(90 - days),
});
const ASKED: Ledger = { codeRequestedAt: day(-0.001), codeAttempt: 1 };
const TRIED: Ledger = { ...ASKED, codeTried: codeHash("salt", "123830"), codeTriedAt: day(0) };

function stateOf(observed: Observed, ledger: Ledger = {}, echo: Partial<Echo> = {}): State {
  return { id: "913000000000001", observed, ledger, echo: { ...LEAST, ...echo }, baseUrl: "https://graph.test" };
}

describe("the phase", () => {
  test.each<[string, Observed, Ledger, string]>([
    ["nothing that Graph showed", {}, {}, "unknown"],
    ["a status that Meta added since", { codeVerificationStatus: "REVOKED" }, ASKED, "unknown"],
    ["a new one", UNPROVEN, {}, "needs-verification"],
    ["one that Meta sent no code to", UNPROVEN, { codeAttempt: 1 }, "needs-verification"],
    ["a code that is waited for", UNPROVEN, ASKED, "code-sent"],
    ["a code that was refused", UNPROVEN, TRIED, "code-rejected"],
    ["verified just now", proven(0), {}, "verified"],
    ["verified by the code that we had sent", proven(0), { ...ASKED, codeRequestedAt: day(-1) }, "verified"],
    ["a day before the window", proven(44), {}, "verified"],
    ["in the window", proven(45), {}, "renewal-due"],
    [
      "in the window, with the first code in the ledger still",
      proven(45),
      { codeRequestedAt: day(-46) },
      "renewal-due",
    ],
    ["renewed by a code that is waited for", proven(60), ASKED, "code-sent"],
    ["renewed by a code that was refused", proven(60), TRIED, "code-rejected"],
    ["on the last day", proven(89), {}, "renewal-due"],
    ["over", proven(90), {}, "expired"],
    ["over since the last read", { ...proven(90), codeVerificationStatus: "VERIFIED" }, {}, "expired"],
    ["over, with a code on its way", proven(100), ASKED, "code-sent"],
    ["verified at a time that Graph does not show", { codeVerificationStatus: "VERIFIED" }, {}, "verified"],
    ["out of the pool", proven(1), { claimedAt: day(0) }, "claimed"],
    ["out of the pool, with a status unknown to us", {}, { claimedAt: day(0), ...ASKED }, "claimed"],
  ])("%s", (_what, observed, ledger, phase) => {
    expect(phaseOf(NOW, stateOf(observed, ledger))).toBe(phase);
  });

  const anyState = fc
    .record({
      status: fc.constantFrom(undefined, "VERIFIED", "NOT_VERIFIED", "EXPIRED", "OTHER"),
      age: fc.constantFrom(undefined, 0, 44, 45, 89, 90, 200),
      ledger: fc.constantFrom<Ledger>({}, ASKED, TRIED, { codeAttempt: 1 }, { claimedAt: day(0) }),
      verification: fc.constantFrom(undefined, SMS),
    })
    .map(({ status, age, ledger, verification }) => {
      const times = age === undefined ? {} : { ...proven(age), codeVerificationStatus: undefined };
      const observed = { ...times, ...(status === undefined ? {} : { codeVerificationStatus: status }) };
      return stateOf(observed, ledger, verification === undefined ? {} : { verification });
    });

  test("every mixture of values has one, with an advice without blanks, and only what is listed is known", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const phase = phaseOf(NOW, state);
        expect(Object.keys(PRE_VERIFIED_PHASES)).toContain(phase);
        expect(nextActionOf(NOW, state)).toMatch(/\.\)?$/);
        expect(nextActionOf(NOW, state)).not.toMatch(/undefined|\{attempt\}|\{number\}/);
        const { codeVerificationStatus: status } = state.observed;
        const isKnown = status !== undefined && status !== "OTHER";
        expect(phase === "unknown").toBe(!isKnown && state.ledger.claimedAt === undefined);
      }),
    );
  });
});

describe("what is next", () => {
  const verify = (code: string): Step => ({ do: "verifyCode", property: "verification", code });
  const request: Step = { do: "requestCode", property: "verification" };
  const [ours, theirs] = ["5506914307651", "5506914307652"];

  test.each<[string, State, Partial<PreVerifiedPhoneNumberInputs>, Step | undefined]>([
    ["no verification is declared", stateOf(UNPROVEN), {}, undefined],
    ["a first code", stateOf(UNPROVEN), { verification: SMS }, request],
    ["a code that is waited for", stateOf(UNPROVEN, ASKED), { verification: SMS }, undefined],
    ["its code", stateOf(UNPROVEN, ASKED), { verification: { ...SMS, code: "123830" } }, verify("123830")],
    ["a code that was tried", stateOf(UNPROVEN, TRIED), { verification: { ...SMS, code: "123830" } }, undefined],
    ["a raised attempt", stateOf(UNPROVEN, TRIED), { verification: { ...SMS, attempt: 2 } }, request],
    ["a raised attempt too early", stateOf(proven(44), ASKED), { verification: { ...SMS, attempt: 2 } }, undefined],
    [
      "a raised attempt in the window",
      stateOf(proven(45), { codeAttempt: 1 }),
      { verification: { ...SMS, attempt: 2 } },
      request,
    ],
    ["the window alone", stateOf(proven(45), { codeAttempt: 1 }), { verification: SMS }, undefined],
    ["an unknown status", stateOf({}), { verification: SMS, sharedWith: [ours] }, undefined],
    [
      "one that was claimed",
      stateOf(UNPROVEN, { claimedAt: day(0) }),
      { verification: SMS, sharedWith: [ours] },
      undefined,
    ],
    ["a partner", stateOf(proven(0)), { sharedWith: [ours] }, { do: "share", partners: [ours] }],
    ["a partner of somebody else's", stateOf({ ...proven(0), partners: [theirs] }), {}, undefined],
    [
      "a partner of ours that is declared no more",
      stateOf({ ...proven(0), partners: [ours, theirs] }, {}, { sharedWith: [ours] }),
      { sharedWith: [] },
      { do: "unshare", partners: [ours] },
    ],
    [
      "a partner that somebody unshared before us",
      stateOf({ ...proven(0), partners: [] }, {}, { sharedWith: [ours] }),
      {},
      undefined,
    ],
  ])("%s", (_what, state, declared, step) => {
    expect(plan(NOW, state, { ...LEAST, ...declared })).toEqual(step);
  });
});

const ids = fc.subarray(["5506914307651", "5506914307652", "5506914307653"]);
const parts = fc.record({
  observed: fc.constantFrom(UNPROVEN, proven(0), proven(50), proven(91)),
  ledger: fc.constantFrom<Ledger>({}, ASKED, TRIED, { codeAttempt: 1 }, { claimedAt: day(0) }),
  partners: ids,
  own: fc.option(ids, { nil: undefined }),
  verification: fc.constantFrom(undefined, SMS, { ...SMS, attempt: 2 }),
});
const states = parts.map(({ observed, ledger, partners, own, verification }) =>
  stateOf({ ...observed, partners }, ledger, {
    ...(own === undefined ? {} : { sharedWith: own.filter((id) => partners.includes(id)) }),
    ...(verification === undefined ? {} : { verification }),
  }),
);
const programs = fc
  .record({
    verification: fc.constantFrom(undefined, SMS, { ...SMS, attempt: 2 }),
    sharedWith: fc.option(ids, { nil: undefined }),
  })
  .map(({ verification, sharedWith }) => ({
    ...LEAST,
    ...(verification === undefined ? {} : { verification }),
    ...(sharedWith === undefined ? {} : { sharedWith }),
  }));

test("steps lead to what is declared: then nothing is left to do, to say or to note", () => {
  fc.assert(
    fc.property(states, programs, (before, program) => {
      let state = withDeclared(NOW, before, program);
      for (let steps = 0; ; steps += 1) {
        const step = plan(NOW, state, program);
        if (step === undefined) break;
        expect(steps).toBeLessThan(4);
        state = withDeclared(NOW, done(state, step, attemptOf(program)), program);
      }
      expect([isSettled(NOW, state, program), isNoted(NOW, state, program)]).toEqual([true, true]);
      expect(echoOf(NOW, state)).toEqual(program);
    }),
  );
});

function attemptOf({ verification }: PreVerifiedPhoneNumberInputs): number {
  return verification?.attempt ?? 1;
}

function done(state: State, step: Step, attempt: number): State {
  const { observed, ledger } = state;
  const partners = observed.partners ?? [];
  switch (step.do) {
    case "requestCode":
      return { ...state, ledger: { ...ledger, codeRequestedAt: day(0), codeAttempt: attempt } };
    case "verifyCode":
      return { ...state, observed: { ...observed, ...proven(0) } };
    case "share":
      return { ...state, observed: { ...observed, partners: [...partners, ...step.partners] } };
    case "unshare":
      return { ...state, observed: { ...observed, partners: partners.filter((id) => !step.partners.includes(id)) } };
  }
}

test("a preview shows no change exactly where an up would neither call nor write anything", () => {
  fc.assert(
    fc.property(states, programs, (state, program) => {
      const context = { now: () => NOW, say: () => undefined, holders: new Holders() };
      const stored = readState(state.id, outputsOf(NOW, state));
      const { changes } = comparePreVerifiedPhoneNumber(context, state.id, outputsOf(NOW, state), program);
      const idle = plan(NOW, stored, program) === undefined;
      const writes =
        JSON.stringify(outputsOf(NOW, withDeclared(NOW, stored, program))) !== JSON.stringify(outputsOf(NOW, stored));
      expect(changes === false).toBe(idle && !writes);
    }),
  );
});

test("a code that was given back is waited for no more, by whomever it was", () => {
  const asked = stateOf(UNPROVEN, TRIED);
  const node = {
    id: asked.id,
    code_verification_status: "VERIFIED",
    code_verification_time: "2026-11-23T12:00:00+0000",
  };
  expect(refreshed(asked, node, undefined).ledger).toEqual({ codeAttempt: 1, codeTried: TRIED.codeTried });
  const before = { ...node, code_verification_time: "2026-10-01T12:00:00+0000" };
  expect(refreshed(asked, before, undefined).ledger).toEqual(TRIED);
});

test.each<[string, Parameters<typeof observedOf>[0], Observed]>([
  [
    "times of Graph's form",
    {
      id: "1",
      code_verification_time: "2026-11-23T12:00:00+0000",
      verification_expiry_time: "2027-02-20T14:00:00+0200",
    },
    { codeVerificationTime: "2026-11-23T12:00:00.000Z", verificationExpiresAt: "2027-02-20T12:00:00.000Z" },
  ],
  [
    "no end: 90 days after the proof",
    { id: "1", code_verification_time: "2026-11-23T12:00:00+0000" },
    { codeVerificationTime: "2026-11-23T12:00:00.000Z", verificationExpiresAt: "2027-02-21T12:00:00.000Z" },
  ],
  ["what is no time", { id: "1", code_verification_time: "soon", verification_expiry_time: "" }, {}],
])("%s", (_what, node, observed) => {
  expect(observedOf(node)).toEqual(observed);
});

test.each<Step>([
  { do: "requestCode", property: "verification" },
  { do: "verifyCode", property: "verification", code: "123830" },
])("a call of $do that never left leaves no trace", async (step) => {
  const { client } = scriptedClient(Array.from({ length: 4 }, () => new TransportError("ECONNREFUSED", false)));
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const found = stateOf(UNPROVEN, TRIED);
  let kept = found;
  const run = {
    context: { now: () => NOW, salt: () => "new", say, warn: say },
    api: new PreVerifiedNumbers(client),
    declared: { ...LEAST, verification: { ...SMS, attempt: 2 } },
  };
  const failure = take(run, step, found, (state) => {
    kept = state;
  });
  await expect(failure).rejects.toThrow("it never reached Graph");
  expect(kept).toEqual(found);
  expect(said).toEqual([]);
});
