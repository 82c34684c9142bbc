import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_ATTEMPTS } from "../../../provider/lifecycle/attempts.ts";
import { codeHash } from "../../../provider/lifecycle/codes.ts";
import { type Declared, plan, type Step } from "../../../provider/lifecycle/phone-number/plan.ts";
import type { Ledger, Observed, State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const LUCKY = { ...DECLARED, displayName: "Lucky Shrub" };
const SMS = { method: "SMS", language: "en" } as const;
const notVerified: Observed = { codeVerificationStatus: "NOT_VERIFIED" };
const asked = { codeRequestedAt: ago({ minutes: 3 }), codeAttempt: 1 };
const inReview = { newNameStatus: "PENDING_REVIEW", newDisplayName: "Lucky Shrub" };
const approved: Observed = { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub", verifiedName: "Lucky Shrub" };
const lost: Observed = { status: "PENDING", platformType: "NOT_APPLICABLE" };
const luckyAsked = [{ name: "Lucky Shrub", at: ago({ days: 2 }) }];
const tenNames = Array.from({ length: 10 }, (_, day) => ({
  name: `Name ${day}`,
  at: ago({ days: 20 - day }),
  outcome: "APPROVED" as const,
}));

type Expected = Partial<Step> | undefined;
const TABLE: [string, State, Declared, Expected][] = [
  ["nothing, when all is as declared", registered(), DECLARED, undefined],
  ["nothing, when nothing is declared", registered(), {}, undefined],
  [
    "a code, for a number that is not verified",
    unregistered({ observed: notVerified }),
    { verification: SMS },
    { do: "requestCode" },
  ],
  ["no code, when none is declared", unregistered({ observed: notVerified }), DECLARED, undefined],
  [
    "no second code, for the same declaration",
    unregistered({ observed: notVerified, ledger: asked }),
    { verification: SMS },
    undefined,
  ],
  [
    "another code, when the attempt is raised",
    unregistered({ observed: notVerified, ledger: asked }),
    { verification: { ...SMS, attempt: 2 } },
    { do: "requestCode" },
  ],
  [
    "the code, when it is declared",
    unregistered({ observed: notVerified, ledger: asked }),
    { verification: { ...SMS, code: "123830" } },
    { do: "verifyCode", code: "123830" },
  ],
  [
    "first the declared code, for a number that somebody else may have had it sent to",
    unregistered({ observed: notVerified }),
    { verification: { ...SMS, code: "123830" } },
    { do: "verifyCode", code: "123830" },
  ],
  [
    "not the code that was tried",
    unregistered({
      observed: notVerified,
      ledger: { ...asked, codeTried: codeHash("salt", "123830"), codeTriedAt: ago({ minutes: 1 }) },
    }),
    { verification: { ...SMS, code: "123830" } },
    undefined,
  ],
  ["no code for a verified number", unregistered(), { register: false, verification: SMS }, undefined],
  ["the first registration", unregistered(), DECLARED, { do: "register", why: "first", setPinFirst: false }],
  [
    "our PIN first, where the number has one",
    unregistered({ observed: { isPinEnabled: true } }),
    DECLARED,
    { do: "register", setPinFirst: true },
  ],
  ["no registration without a PIN", unregistered(), {}, undefined],
  ["no registration when it is not wanted", unregistered(), { ...DECLARED, register: false }, undefined],
  [
    "no registration before the first name is approved",
    unregistered({ observed: { nameStatus: "PENDING_REVIEW" } }),
    DECLARED,
    undefined,
  ],
  [
    "the lost registration",
    registered({ observed: lost }),
    DECLARED,
    { do: "register", why: "lost", property: "register" },
  ],
  [
    "not the registration that was lost twice",
    registered({ observed: lost, ledger: { restoredAt: ago({ hours: 1 }) } }),
    DECLARED,
    undefined,
  ],
  ["the name, when another one is declared", registered(), LUCKY, { do: "requestDisplayName", name: "Lucky Shrub" }],
  [
    "nothing, while the name is in review",
    registered({ observed: inReview, ledger: { nameRequests: luckyAsked } }),
    LUCKY,
    undefined,
  ],
  [
    "nothing, while Graph does not show our request",
    registered({ ledger: { nameRequests: luckyAsked } }),
    LUCKY,
    undefined,
  ],
  [
    "nothing, while somebody else's request for the name is in review",
    registered({ observed: inReview }),
    LUCKY,
    undefined,
  ],
  [
    "a refusal, while another name is in review",
    registered({ observed: inReview }),
    { ...DECLARED, displayName: "Third Name" },
    { do: "refuse" },
  ],
  [
    "nothing, when the name was declined",
    registered({
      observed: { newNameStatus: "DECLINED", newDisplayName: "Lucky Shrub" },
      ledger: { nameRequests: luckyAsked },
    }),
    LUCKY,
    undefined,
  ],
  [
    "nothing, when the name was declined and Graph forgot",
    registered({ ledger: { nameRequests: [{ name: "Lucky Shrub", at: ago({ days: 9 }), outcome: "DECLINED" }] } }),
    LUCKY,
    undefined,
  ],
  ["no eleventh name in 30 days", registered({ ledger: { nameRequests: tenNames } }), LUCKY, undefined],
  [
    "the registration with the approved name",
    registered({ observed: approved, ledger: { nameRequests: luckyAsked } }),
    LUCKY,
    { do: "register", why: "name", property: "displayName" },
  ],
  [
    "the registration, where the name changes only with it",
    registered({ observed: { ...approved, verifiedName: "John's Cake Shop" }, ledger: { nameRequests: luckyAsked } }),
    LUCKY,
    { do: "register", why: "name" },
  ],
  [
    "the registration, where Graph shows no certificate and no new name",
    registered({ observed: { verifiedName: "Lucky Shrub" }, ledger: { nameRequests: luckyAsked } }),
    LUCKY,
    { do: "register", why: "name" },
  ],
  [
    "the declared name again, when somebody else had another one approved",
    registered({ observed: approved }),
    DECLARED,
    { do: "requestDisplayName" },
  ],
  [
    "the registration with an approved name, when none is declared",
    registered({ observed: approved }),
    { pin: "123456" },
    { do: "register", why: "name" },
  ],
  [
    "nothing, when the approved name is already registered and Graph still shows it",
    registered({ observed: approved, ledger: { registeredName: "Lucky Shrub" } }),
    LUCKY,
    undefined,
  ],
  [
    "the name again, when it was not registered in time",
    registered({
      observed: { newNameStatus: "EXPIRED", newDisplayName: "Lucky Shrub", verifiedName: "Lucky Shrub" },
      ledger: { nameRequests: luckyAsked.map((r) => ({ ...r, outcome: "EXPIRED" as const })) },
    }),
    LUCKY,
    { do: "requestDisplayName" },
  ],
  ["the PIN, when it is rotated", registered({ echo: { pin: "111111" } }), DECLARED, { do: "setPin", pin: "123456" }],
  [
    "the PIN, also while a name is in review",
    registered({ observed: { newNameStatus: "PENDING_REVIEW" }, echo: { pin: "111111" } }),
    DECLARED,
    { do: "setPin" },
  ],
  [
    "not the PIN of a number that is not registered: it goes with the registration",
    unregistered({ observed: { nameStatus: "PENDING_REVIEW" }, echo: { pin: "111111" } }),
    DECLARED,
    undefined,
  ],
  ["not the PIN of an adopted number", registered(), DECLARED, undefined],
  ["nothing on the app", unregistered({ observed: { isOnBizApp: true } }), { ...LUCKY, verification: SMS }, undefined],
  ["nothing on a banned number", registered({ observed: { status: "BANNED" } }), LUCKY, undefined],
  ["nothing on a number in an unknown state", registered({ observed: { status: "SLEEPING" } }), LUCKY, undefined],
];

test.each(TABLE)("plans %s", (_what, state, declared, step) => {
  const planned = plan(NOW, state, declared);
  if (step === undefined) expect(planned).toBeUndefined();
  else expect(planned).toMatchObject(step);
});

const times = fc.array(
  fc.integer({ min: 0, max: 100 }).map((hours) => ago({ hours })),
  { maxLength: 14 },
);
const observed = fc.record(
  {
    status: fc.constantFrom("CONNECTED", "PENDING", "DISCONNECTED", "BANNED", "FLAGGED", "MIGRATED", "NEW"),
    platformType: fc.constantFrom("CLOUD_API", "NOT_APPLICABLE", "ON_PREMISE"),
    codeVerificationStatus: fc.constantFrom("VERIFIED", "NOT_VERIFIED", "EXPIRED"),
    nameStatus: fc.constantFrom("APPROVED", "PENDING_REVIEW", "DECLINED", "EXPIRED", "NONE"),
    newNameStatus: fc.constantFrom("APPROVED", "PENDING_REVIEW", "DECLINED", "EXPIRED", "NONE"),
    newDisplayName: fc.constantFrom("Lucky Shrub", "Third Name"),
    verifiedName: fc.constantFrom("John's Cake Shop", "Lucky Shrub"),
    isOnBizApp: fc.boolean(),
    isPinEnabled: fc.boolean(),
  },
  { requiredKeys: [] },
);
const declared = fc.record(
  {
    displayName: fc.constantFrom("John's Cake Shop", "Lucky Shrub", "Third Name"),
    pin: fc.constantFrom("123456", "111111"),
    register: fc.boolean(),
    verification: fc.constant({ ...SMS, code: "123830" }),
  },
  { requiredKeys: [] },
);

test("never plans both ways: with a client nothing of the Cloud API's registration, without one nothing of a client's", () => {
  const onPremises = { baseUrl: "https://wa.example.com", method: "sms", token: "t" } as const;
  const ofCloudApi = ["register", "requestCode", "verifyCode", "setPin", "setRegion", "deregister", "setWebhook"];
  const ofClient = ["registerWithClient", "verifyWithClient"];
  const planned = new Set<string>();
  fc.assert(
    fc.property(observed, declared, fc.boolean(), fc.boolean(), (any, wanted, withClient, wasRegistered) => {
      const { register: _always, ...args } = wanted;
      const ledger = wasRegistered ? {} : { registeredName: undefined, clientAskedAt: ago({ hours: 1 }) };
      const state = registered({
        observed: { certificate: "c", ...any } as Observed,
        ledger: ledger as Partial<Ledger>,
      });
      const step = plan(NOW, state, { ...args, ...(withClient ? { onPremises } : {}) } as Declared);
      if (step === undefined) return;
      planned.add(step.do);
      expect(withClient ? ofCloudApi : ofClient).not.toContain(step.do);
    }),
    { numRuns: 2000 },
  );
  expect([...planned]).toEqual(expect.arrayContaining([...ofClient, "register"]));
});

test("never plans a write to a number on the app, a banned one, or one in an unknown state", () => {
  const untouchable = fc.constantFrom<Observed>(
    { isOnBizApp: true },
    { platformType: "ON_PREMISE", status: "DISCONNECTED" },
    { status: "BANNED" },
    { status: "MIGRATED" },
    { status: "SOMETHING_NEW" },
  );
  fc.assert(
    fc.property(observed, untouchable, declared, (any, fixed, wanted) => {
      const state = registered({ observed: { ...any, ...fixed } as Observed });
      expect(plan(NOW, state, wanted as Declared)).toBeUndefined();
    }),
    { seed: 1 },
  );
});

test("never plans an eleventh registration in 72 hours, and none without a PIN", () => {
  let planned = 0;
  fc.assert(
    fc.property(observed, times, declared, (any, register, wanted) => {
      const state = registered({ observed: any as Observed, ledger: { attempts: { register, deregister: [] } } });
      const step = plan(NOW, state, wanted as Declared);
      if (step?.do !== "register") return;
      planned += 1;
      expect(wanted.pin).toBe(step.pin);
      expect(register.filter((at) => NOW.getTime() - Date.parse(at) < 72 * 3_600_000).length).toBeLessThan(
        MAX_ATTEMPTS,
      );
    }),
    { seed: 1, numRuns: 2_000 },
  );
  expect(planned).toBeGreaterThan(20);
});

const nameRequest = fc.record({
  name: fc.constantFrom("John's Cake Shop", "Lucky Shrub", "Third Name"),
  at: fc.integer({ min: 0, max: 40 }).map((days) => ago({ days })),
  outcome: fc.constantFrom<"APPROVED" | "DECLINED" | "EXPIRED">("APPROVED", "DECLINED", "EXPIRED"),
});

test("never asks for a name that is in review, declined, or in use and registered", () => {
  let planned = 0;
  fc.assert(
    fc.property(observed, declared, fc.array(nameRequest, { maxLength: 3 }), (any, wanted, nameRequests) => {
      const state = registered({ observed: any as Observed, ledger: { nameRequests } });
      const step = plan(NOW, state, wanted as Declared);
      if (step?.do !== "requestDisplayName") return;
      planned += 1;
      expect(nameRequests.some(({ name, outcome }) => name === step.name && outcome === "DECLINED")).toBe(false);
      const inUse = step.name === state.observed.verifiedName && step.name === state.ledger.registeredName;
      const waiting = any.newNameStatus === "APPROVED" || any.newNameStatus === "EXPIRED";
      const expired = any.nameStatus === "EXPIRED";
      expect(inUse && !waiting && !expired).toBe(false);
      const sameText = any.newDisplayName === step.name;
      expect(sameText && ["PENDING_REVIEW", "DECLINED"].includes(any.newNameStatus ?? "")).toBe(false);
    }),
    { seed: 1, numRuns: 2_000 },
  );
  expect(planned).toBeGreaterThan(20);
});
