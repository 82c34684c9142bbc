import fc from "fast-check";
import { expect, test } from "vitest";
import { evidenceOf, type Fact, GROUNDS } from "../../../provider/lifecycle/evidence.ts";
import { type Intent, isRegistered, phaseOf } from "../../../provider/lifecycle/phase.ts";
import { PHASES, type Phase } from "../../../provider/lifecycle/phases.ts";
import type { Ledger, Observed, State } from "../../../provider/schemas/phone-number-state.ts";
import {
  CODE_VERIFICATION_STATUSES,
  NAME_STATUSES,
  NUMBER_STATUSES,
  PLATFORM_TYPES,
} from "../../../provider/schemas/words.ts";
import { ago, NOW, registered } from "../../support/states.ts";

interface Case {
  readonly state: State;
  readonly intent: Intent;
}

const NAMES = ["John's Cake Shop", "Lucky Shrub"];
const tenAttempts = Array.from({ length: 10 }, (_, hour) => ago({ hours: hour + 1 }));
const refusal = { step: "register", of: "EXPIRED APPROVED -", at: ago({ hours: 1 }), code: "133006", times: 1 };
const request = (outcome?: "APPROVED" | "DECLINED" | "EXPIRED") => [
  { name: "Lucky Shrub", at: ago({ days: 2 }), ...(outcome === undefined ? {} : { outcome }) },
];

/** What else each fact could be. */
const OTHERWISE: Record<Fact, readonly unknown[]> = {
  status: [...NUMBER_STATUSES, undefined],
  platformType: [...PLATFORM_TYPES, undefined],
  codeVerificationStatus: [...CODE_VERIFICATION_STATUSES, undefined],
  isOnBizApp: [true, undefined],
  nameStatus: [...NAME_STATUSES, undefined],
  newNameStatus: [...NAME_STATUSES, undefined],
  newDisplayName: [...NAMES, undefined],
  certificate: ["certificate", undefined],
  newCertificate: ["certificate", undefined],
  isPinEnabled: [true, false, undefined],
  verifiedName: [...NAMES, undefined],
  registeredName: [...NAMES, undefined],
  restoredAt: [ago({ hours: 1 }), undefined],
  clientAskedAt: [ago({ minutes: 5 }), undefined],
  codeRequestedAt: [ago({ minutes: 5 }), undefined],
  codeTriedAt: [ago({ minutes: 1 }), undefined],
  nameRequests: [[], request(), request("APPROVED"), request("DECLINED"), request("EXPIRED")],
  registerRefused: [[refusal], undefined],
  registerAttempts: [[], tenAttempts],
  register: [true, false],
  pinDeclared: [true, false],
  onPremisesDeclared: [true, false],
  embeddedSignupFinishedAt: [ago({ days: 20 }), undefined],
};
const FACTS = Object.keys(OTHERWISE) as Fact[];

function withFact({ state, intent }: Case, fact: Fact, value: unknown): Case {
  const set = (part: "observed" | "ledger", key: string) => {
    const { [key]: _old, ...rest } = state[part] as Record<string, unknown>;
    return { intent, state: { ...state, [part]: value === undefined ? rest : { ...rest, [key]: value } } };
  };
  switch (fact) {
    case "register":
      return { state, intent: { ...intent, register: value === true } };
    case "pinDeclared":
      return { state, intent: { ...intent, hasPin: value === true } };
    case "onPremisesDeclared":
      return { state, intent: { ...intent, onPremises: value === true } };
    case "embeddedSignupFinishedAt":
      return { state, intent: { ...intent, signupFinishedAt: value as string | undefined } };
    case "registerAttempts":
      return { intent, state: { ...state, ledger: { ...state.ledger, attempts: attempts(value as string[]) } } };
    case "registerRefused":
      return set("ledger", "refusals");
    case "registeredName":
    case "restoredAt":
    case "clientAskedAt":
    case "codeRequestedAt":
    case "codeTriedAt":
    case "nameRequests":
      return set("ledger", fact satisfies keyof Ledger);
    default:
      return set("observed", fact satisfies keyof Observed);
  }
}

function attempts(register: string[]): Ledger["attempts"] {
  return { register, deregister: [] };
}

const phaseIn = ({ state, intent }: Case) => phaseOf(NOW, state, intent);

/** The facts of a phase that, each changed alone, make a number for which `holds`. */
function flippers(it: Case, phase: Phase, holds = (other: Case) => phaseIn(other) !== phase): Fact[] {
  return GROUNDS[phase].facts.filter((fact) => OTHERWISE[fact].some((value) => holds(withFact(it, fact, value))));
}

/** All facts of a phase changed together, to what a working number, a new one, a banned one or one on a client has. */
function changedTogether(it: Case, phase: Phase): Case[] {
  const facts: readonly Fact[] = GROUNDS[phase].facts;
  return [0, 1, 2, 3].map((at) => facts.reduce<Case>((changed, fact) => withFact(changed, fact, usual(fact, at)), it));
}
const USUAL: Partial<Record<Fact, readonly unknown[]>> = {
  status: ["CONNECTED", "PENDING", "BANNED", "CONNECTED"],
  platformType: ["CLOUD_API", "NOT_APPLICABLE", "CLOUD_API", "ON_PREMISE"],
  codeVerificationStatus: ["VERIFIED", "NOT_VERIFIED", "VERIFIED", "VERIFIED"],
  nameStatus: ["APPROVED", "APPROVED", "PENDING_REVIEW", "APPROVED"],
  newNameStatus: [undefined, "PENDING_REVIEW", undefined, undefined],
};
function usual(fact: Fact, at: number): unknown {
  return (USUAL[fact] ?? [OTHERWISE[fact].at(-1), OTHERWISE[fact][0], OTHERWISE[fact].at(-1), OTHERWISE[fact].at(-1)])[
    at
  ];
}

/** Whose words are listed, and a word that is not. */
const LISTED = ["status", "platformType", "codeVerificationStatus", "nameStatus", "newNameStatus"] as const;
const NEW_WORD = "SOMETHING_NEW";

/** Mostly what a registered number has: pure chance would never leave the first rules. */
const mostly = <T>(often: readonly T[], rarely: readonly T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...often) }, { weight: 1, arbitrary: fc.constantFrom(...rarely) });
const USUALLY: Partial<Record<Fact, readonly unknown[]>> = {
  status: ["CONNECTED", "PENDING"],
  platformType: ["CLOUD_API", "NOT_APPLICABLE"],
  clientAskedAt: [undefined],
  onPremisesDeclared: [false],
  isOnBizApp: [undefined],
  register: [true],
  embeddedSignupFinishedAt: [undefined],
  registerAttempts: [[]],
};
const aCase: fc.Arbitrary<Case> = fc
  .tuple(...FACTS.map((fact) => mostly(USUALLY[fact] ?? OTHERWISE[fact], [...OTHERWISE[fact], ...unlisted(fact)])))
  .map((values) =>
    FACTS.reduce<Case>((it, fact, at) => withFact(it, fact, values[at]), {
      state: registered(),
      intent: { register: true, hasPin: true },
    }),
  );

function unlisted(fact: Fact): unknown[] {
  return LISTED.some((name) => name === fact) ? [NEW_WORD] : [];
}

/** The order of the rules: one that comes before can hold for any number, whatever its evidence was. */
const RULES: readonly (readonly (Phase | "says too little" | "client's code")[])[] = [
  ["unknown"],
  ["migrated"],
  ["blocked"],
  ["on-phone", "coexistence"],
  ["other-platform"],
  ["says too little"],
  // A client's code is waited for whatever became of the registration.
  ["client's code"],
  ["contested"],
  ["signup-expired"],
  ["needs-verification", "code-sent", "code-rejected"],
  ["verified"],
  ["name-not-provisioned", "name-declined", "name-expired", "name-in-review"],
  ["attempts-exhausted"],
  ["needs-pin", "needs-certificate"],
  ["deregistered", "ready-to-register", "re-register-due"],
];
/** Of a registered number the name is asked for last. */
function rank(it: Case): number {
  const phase = phaseIn(it);
  const isLast =
    isRegistered(it.state.observed, it.intent.onPremises) && (phase === "registered" || phase.startsWith("name-"));
  return isLast ? RULES.length : RULES.findIndex((rule) => rule.includes(ruleOf(it, phase)));
}

/** Two phases have two rules each. */
function ruleOf({ state: { observed }, intent }: Case, phase: Phase): (typeof RULES)[number][number] {
  if (phase === "unknown" && !LISTED.some((name) => observed[name] === NEW_WORD)) return "says too little";
  return intent.onPremises && phase.startsWith("code-") ? "client's code" : phase;
}

test("in every state, the rule of its phase no longer holds once what is named as its evidence changes", () => {
  fc.assert(
    fc.property(aCase, (it) => {
      const phase = phaseIn(it);
      const another = (other: Case) =>
        phaseIn(other) !== phase &&
        // The rules before it that a declared registration opens again are next to it.
        (phase === "verified" ||
          rank(other) >= rank(it) ||
          isRegistered(other.state.observed, other.intent.onPremises) !==
            isRegistered(it.state.observed, it.intent.onPremises));
      return flippers(it, phase, another).length > 0 || changedTogether(it, phase).some(another);
    }),
    { numRuns: 3000, seed: 1 },
  );
});

test("no evidence is decoration: each fact that a phase names flips it alone in some state", () => {
  const seen = Object.fromEntries(Object.keys(PHASES).map((phase) => [phase, new Set<string>()]));
  for (const it of fc.sample(aCase, { numRuns: 6000, seed: 2 })) {
    const phase = phaseIn(it);
    for (const fact of flippers(it, phase)) seen[phase]?.add(fact);
  }
  for (const [phase, { facts }] of Object.entries(GROUNDS))
    expect([phase, [...(seen[phase] ?? [])].sort()]).toEqual([phase, [...facts].sort()]);
});

test("evidence is told by value and by who says it; a certificate is a secret, and only its presence is told", () => {
  const state = registered({
    observed: { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub", newCertificate: "secret bytes" },
  });
  const intent = { register: true, hasPin: true };
  expect(evidenceOf(NOW, state, intent, "re-register-due")).toEqual([
    { field: "newNameStatus", value: "APPROVED", source: "graph" },
    { field: "newDisplayName", value: "Lucky Shrub", source: "graph" },
    { field: "newCertificate", value: true, source: "graph" },
    { field: "verifiedName", value: "John's Cake Shop", source: "graph" },
    { field: "registeredName", value: "John's Cake Shop", source: "stack" },
  ]);
});

test("a status that Graph does not show is evidence too", () => {
  const state = registered({ observed: { platformType: undefined } as never });
  expect(evidenceOf(NOW, state, { register: true, hasPin: true }, "unknown")).toContainEqual({
    field: "platformType",
    value: null,
    source: "graph",
  });
});
