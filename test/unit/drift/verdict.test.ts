import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLASSES, isTakenApart, rowOf } from "../../../provider/drift/classes.ts";
import { CONDITIONS, PHASE_CONDITIONS } from "../../../provider/drift/conditions.ts";
import { readClass } from "../../../provider/drift/expected.ts";
import { verdictOf } from "../../../provider/drift/verdict.ts";
import { PHASES } from "../../../provider/lifecycle/phases.ts";
import { PRE_VERIFIED_PHASES } from "../../../provider/lifecycle/pre-verified-phone-number/phases.ts";
import * as businessProfile from "../../../provider/schemas/business-profile-state.ts";
import { CALLING_KEYS } from "../../../provider/schemas/number-settings.ts";
import * as phoneNumberSettings from "../../../provider/schemas/phone-number-settings-state.ts";
import * as phoneNumber from "../../../provider/schemas/phone-number-state.ts";
import * as preVerified from "../../../provider/schemas/pre-verified-phone-number-state.ts";
import * as webhookSubscription from "../../../provider/schemas/webhook-subscription-state.ts";
import { findingsOf, number, options, SECRET } from "./resources.ts";

const short = (findings: ReturnType<typeof findingsOf>) =>
  findings.map(({ class: kind, property, old, new: now }) => [kind, property, old, now]);

describe("what a change means", () => {
  test.each([
    ["platformType", "CLOUD_API", "NOT_APPLICABLE", "drift"],
    ["status", "CONNECTED", "BANNED", "drift"],
    ["status", "CONNECTED", "FLAGGED", "drift"],
    ["status", "FLAGGED", "CONNECTED", "noise"],
    ["status", "DISCONNECTED", "CONNECTED", "drift"],
    ["verifiedName", "Lucky Shrub", "Someone Else", "drift"],
    ["newDisplayName", undefined, "Someone Else", "drift"],
    ["newDisplayName", undefined, "Lucky Shrub", "noise"],
    ["newNameStatus", "PENDING_REVIEW", "APPROVED", "action"],
    ["newNameStatus", "NONE", "PENDING_REVIEW", "pending"],
    ["newNameStatus", "PENDING_REVIEW", "NONE", "noise"],
    ["nameStatus", "APPROVED", "DECLINED", "action"],
    ["codeVerificationStatus", "VERIFIED", "EXPIRED", "noise"],
    ["codeVerificationStatus", "VERIFIED", "NOT_VERIFIED", "drift"],
    ["qualityRating", "GREEN", "YELLOW", "noise"],
    ["qualityRating", "GREEN", "RED", "action"],
    ["qualityRating", "RED", "GREEN", "noise"],
    ["messagingLimit", "TIER_250", "TIER_1K", "noise"],
    ["messagingLimit", "TIER_UNLIMITED", "TIER_100K", "action"],
    ["messagingLimit", "TIER_2K", "TIER_250", "action"],
    ["messagingLimit", "TIER_250", "TIER_NEW", "noise"],
    ["displayPhoneNumber", "+1 631-555-1111", "16315551111", "noise"],
    ["displayPhoneNumber", "+1 631-555-1111", "+1 631-555-2222", "drift"],
    ["isOnBizApp", false, true, "drift"],
    ["isPinEnabled", true, false, "noise"],
    ["lastOnboardedTime", "2023-08-22T19:05:53+0000", "2026-08-22T19:05:53+0000", "noise"],
    ["accountMode", "LIVE", "SANDBOX", "drift"],
    ["somethingNew", "a", "b", "noise"],
    ["wabaId", "900000", "900001", "drift"],
  ])("%s from %s to %s is %s", (property, old, now, kind) => {
    expect(short(findingsOf({ [property]: old }, { [property]: now }))).toEqual([[kind, property, old, now]]);
  });

  test.each([
    ["phase", "registered", "verified"],
    ["attempts", { register: ["2026-11-20T12:00:00.000Z"] }, { register: [] }],
    ["certificate", SECRET, undefined],
    ["nextAction", "a", "b"],
    ["nameReviewLastSeenAt", undefined, "2026-11-20T12:00:00.000Z"],
  ])("%s alone tells nothing", (property, old, now) => {
    expect(findingsOf({ [property]: old }, { [property]: now })).toEqual([]);
  });

  test("the parts of an object are told apart, and an address without what may be a key", () => {
    const found = findingsOf(
      { webhookConfiguration: { application: "https://a.example/hook" } },
      {
        webhookConfiguration: { application: "https://a.example/hook", phoneNumber: "https://u:p@b.example/x?token=t" },
      },
    );
    expect(short(found)).toEqual([["drift", "webhookConfiguration.phoneNumber", undefined, "https://b.example/x?…"]]);
  });

  test("a secret is told by its name alone", () => {
    const [found] = findingsOf({}, { somethingNew: { inner: SECRET, plain: "p" } });
    expect(found).toMatchObject({ property: "somethingNew", secret: true });
    expect(found).not.toHaveProperty("new");
  });

  test("a class is overridden by the property, by its first part, and to nothing", () => {
    const health = { healthStatus: { canSendMessage: "LIMITED", entities: [] } };
    const classes = (name: string, kind: "action" | "ignored") => ({ classes: new Map([[name, kind]]) });
    expect(findingsOf({}, health, classes("healthStatus", "action"))[0]?.class).toBe("action");
    expect(findingsOf({}, { status: "BANNED" }, classes("status", "ignored"))).toEqual([]);
    expect(findingsOf({}, { qualityRating: "RED" }, classes("qualityRating", "ignored"))).toEqual([]);
  });
});

describe("what stands", () => {
  const due = { newNameStatus: "APPROVED", phase: "re-register-due", nextAction: "Run pulumi up: again." };

  test("a condition tells the changes that led to it, once, with what mends it and by when", () => {
    const old = {
      newNameStatus: "PENDING_REVIEW",
      phase: "name-in-review",
      nameReviewLastSeenAt: "2026-11-20T12:00:00.000Z",
    };
    const [found, ...others] = findingsOf(old, { ...old, ...due });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      class: "action",
      property: "newNameStatus",
      old: "PENDING_REVIEW",
      new: "APPROVED",
      nextAction: due.nextAction,
      heal: "npx waba heal --only re-register --stack prod",
      deadline: "2026-12-04T12:00:00.000Z",
    });
  });

  test("a name that somebody else asked for is not to be healed: heal would refuse it", () => {
    const theirs = { ...due, newDisplayName: "Theirs", displayName: "Ours", nameRequests: [] };
    const heals = (more: object) =>
      findingsOf({}, { ...theirs, ...more }).some(({ heal }) => heal?.includes("re-register") === true);
    expect(heals({})).toBe(false);
    expect(heals({ displayName: "Theirs" })).toBe(true);
    expect(heals({ nameRequests: [{ name: "Theirs" }] })).toBe(true);
  });

  test("drift tells a thing rather than its condition", () => {
    const now = {
      platformType: "NOT_APPLICABLE",
      status: "DISCONNECTED",
      phase: "deregistered",
      nextAction: "Run pulumi up.",
    };
    const found = findingsOf({}, now);
    expect(found.map(({ property }) => property)).toEqual(["platformType", "status"]);
    for (const one of found) expect(one.heal).toBe("npx waba heal --only registration --stack prod");
    expect(short(findingsOf(now, now))).toEqual([["drift", "phase", "deregistered", "deregistered"]]);
  });

  test("that it is not registered is not told a second time by its health", () => {
    const entity = { entityType: "PHONE_NUMBER", canSendMessage: "BLOCKED", errors: [{ errorCode: 133010 }] };
    const healthStatus = { canSendMessage: "BLOCKED", entities: [entity] };
    expect(findingsOf({}, { healthStatus })).toEqual([]);
  });

  test.each([
    ["2026-11-30T12:00:00.000Z", 1],
    ["2026-11-30T12:00:00.001Z", 0],
    ["2026-11-22T12:00:00.000Z", 1],
  ])("a signup that ends %s is told %i times", (registerBy, times) => {
    const found = findingsOf({ registerBy }, { registerBy });
    expect(found.map(({ class: kind, deadline }) => [kind, deadline])).toEqual(
      Array(times).fill(["action", registerBy]),
    );
  });

  test("a difference that only the engine sees is drift, with the input that differs", () => {
    const old = number({}, { wabaId: "900000", displayName: "A", pin: SECRET });
    const now = number({}, { wabaId: "900000", displayName: "B" });
    const { findings } = verdictOf({ outcome: "read", old, now, isUpdate: true }, options());
    expect(short([...findings])).toEqual([["drift", "displayName", "A", "B"]]);
    expect(findings[0]?.heal).toMatch(/^pulumi up --refresh --stack prod --target '?urn:/);
  });

  test("the same finding has the same key in every run, and another one where it became something else", () => {
    const key = (outputs: object, old: object = {}) => findingsOf(old, outputs)[0]?.key;
    expect(key({ status: "BANNED" })).toBe(key({ status: "BANNED" }, { status: "FLAGGED" }));
    expect(key({ status: "BANNED" })).not.toBe(key({ status: "MIGRATED" }));
    const review = { phase: "name-in-review", newNameStatus: "PENDING_REVIEW" };
    expect(key({ ...review }, { newNameStatus: "NONE" })).toBe(key({ ...review, status: "CONNECTED" }, review));
  });
});

test("whatever the outputs hold, a verdict comes, and a read that shows what was recorded changes nothing", () => {
  const outputs = fc.dictionary(
    fc.constantFrom(...CLASSES.map(({ property }) => property.split(".")[0] ?? "")),
    fc.json(),
  );
  fc.assert(
    fc.property(outputs, outputs, (old, now) => {
      const parsed = (all: Record<string, string>) =>
        Object.fromEntries(Object.entries(all).map(([key, text]) => [key, JSON.parse(text) as unknown]));
      const state = (all: Record<string, string>) => ({ ...number(), outputs: parsed(all) });
      const same = verdictOf({ outcome: "read", old: state(old), now: state(old), isUpdate: false }, options());
      for (const { property, new: shown, old: recorded } of same.findings) {
        expect([property, shown]).toEqual([property, recorded]);
      }
      verdictOf({ outcome: "read", old: state(old), now: state(now), isUpdate: true }, options());
    }),
  );
});

const SHAPES = {
  PhoneNumber: phoneNumber,
  WebhookSubscription: webhookSubscription,
  BusinessProfile: businessProfile,
  PhoneNumberSettings: phoneNumberSettings,
  PreVerifiedPhoneNumber: preVerified,
};

test.each(Object.entries(SHAPES))("every output of %s has its row, and every row its output", (type, schemas) => {
  const declared = ["wabaId", "phoneNumber", "phoneNumberId", "businessId", "onDelete", "credential"];
  const steering = ["adopt", "migrate", "preVerifiedId", "allowReregister", "waitFor", "waitTimeoutSeconds"];
  const args = [...declared, ...steering, "embeddedSignupFinishedAt"];
  const { observed, ledger, echo } = schemas;
  const outputs = [observed, ledger, echo].flatMap(({ shape }) => Object.keys(shape));
  const always = [...outputs, "baseUrl", "schemaVersion"];
  const phases = type === "PhoneNumber" || type === "PreVerifiedPhoneNumber" ? ["phase", "nextAction"] : [];
  const ofNumber = ["registered", "nameInReview", "registerBy", "pinDeclared", "onPremisesDeclared"];
  const derived = [...phases, ...(type === "PhoneNumber" ? ofNumber : [])];
  const isKnown = (property: string) => rowOf(type, property) !== undefined || isTakenApart(type, property);
  expect([...always, ...derived].filter((property) => !args.includes(property) && !isKnown(property))).toEqual([]);
  const rows = CLASSES.filter((row) => row.type === type).map(({ property }) => property);
  const tops = rows.map((property) => property.split(".")[0] ?? "");
  expect(
    tops.filter((property) => ![...always, ...derived, "certificate", "newCertificate", "pin"].includes(property)),
  ).toEqual([]);
  expect(new Set(rows).size).toBe(rows.length);
});

test("every part of calling that can be declared has its row", () => {
  expect(CALLING_KEYS.filter((key) => rowOf("PhoneNumberSettings", `calling.${key}`) === undefined)).toEqual([]);
});

test("every phase is a condition or as it should be", () => {
  const silent = Object.keys({ ...PHASES, ...PRE_VERIFIED_PHASES }).filter((phase) => !(phase in PHASE_CONDITIONS));
  expect(silent.toSorted()).toEqual(["claimed", "coexistence", "registered", "verified"]);
  expect(new Set(CONDITIONS.map(({ name }) => name)).size).toBe(CONDITIONS.length);
});

test("of what could not be read, or is gone, nothing recorded is told as present", () => {
  const old = number();
  const failed = verdictOf({ outcome: "failed", old, said: "no" }, options());
  expect(failed).toMatchObject({ resource: { outcome: "failed", number: "+1 631-555-1111" }, findings: [] });
  expect(failed.resource.phase).toBeUndefined();
  const gone = verdictOf({ outcome: "gone", old }, options());
  expect(gone.findings).toMatchObject([{ class: "drift", old: old.id, message: expect.stringContaining("900000") }]);
  for (const [said, told] of [
    ["action", "action"],
    ["ignored", "noise"],
  ] as const) {
    const classes = new Map([readClass(`gone=${said}`)]);
    expect(verdictOf({ outcome: "gone", old }, { ...options(), classes }).findings).toMatchObject([{ class: told }]);
  }
});
