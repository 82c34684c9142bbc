import { expect, test } from "vitest";
import { readClass } from "../../../provider/drift/expected.ts";
import { verdictOf } from "../../../provider/drift/verdict.ts";
import { options } from "./resources.ts";

/** The findings of a read that shows `now` where `old` was recorded and `inputs` declared. */
function found(type: string, old: object, now: object, inputs: object = {}) {
  const urn = `urn:pulumi:prod::numbers::pulumi-nodejs:dynamic/waba:${type}::support`;
  const at = (outputs: object) => ({
    urn,
    type: `pulumi-nodejs:dynamic/waba:${type}`,
    id: "1",
    inputs: { ...inputs },
    outputs: { ...outputs },
  });
  return verdictOf({ outcome: "read", old: at(old), now: at(now), isUpdate: false }, options()).findings;
}

const HOOK = "https://a.example/hook";

test.each([
  ["WebhookSubscription", "overrideCallbackUri", HOOK, "https://b.example/hook", {}, "drift"],
  ["WebhookSubscription", "appName", "A", "B", {}, "noise"],
  ["BusinessProfile", "about", "We sell plants", "Hacked", { about: "We sell plants" }, "drift"],
  ["BusinessProfile", "about", "We sell plants", "Hacked", { email: "a@b.example" }, "noise"],
  ["BusinessProfile", "hasPicture", true, false, { picture: { path: "logo.png" } }, "drift"],
  ["BusinessProfile", "hasPicture", true, false, {}, "noise"],
  ["BusinessProfile", "livesOnApp", false, true, {}, "drift"],
  ["PhoneNumberSettings", "displayPhoneNumber", "+1 631-555-1111", "16315551111", {}, "noise"],
  ["PhoneNumberSettings", "registered", true, false, {}, "noise"],
  ["PreVerifiedPhoneNumber", "codeVerificationStatus", "VERIFIED", "NOT_VERIFIED", {}, "drift"],
  ["PreVerifiedPhoneNumber", "codeVerificationTime", undefined, "2026-11-20T12:00:00.000Z", {}, "noise"],
  ["PreVerifiedPhoneNumber", "partners", ["900001"], ["900001", "900002"], {}, "drift"],
  ["PreVerifiedPhoneNumber", "claimedAt", undefined, "2026-11-20T12:00:00.000Z", {}, "drift"],
])("of %s %s from %j to %j, where %j is declared, is told once", (type, property, old, now, inputs, kind) => {
  const findings = found(type, { [property]: old }, { [property]: now }, inputs);
  expect(findings.map((one) => [one.class, one.property, one.old, one.new])).toEqual([[kind, property, old, now]]);
});

test("the parts of settings are told apart, each by whether it is declared", () => {
  const old = { calling: { status: "ENABLED", video: { status: "ENABLED" } } };
  const now = { calling: { status: "DISABLED", video: { status: "DISABLED" } } };
  const findings = found("PhoneNumberSettings", old, now, { calling: { status: "ENABLED" } });
  expect(findings.map((one) => [one.class, one.property])).toEqual([
    ["drift", "calling.status"],
    ["noise", "calling.video"],
  ]);
});

test.each([
  [{ claimedBy: "900000" }, {}],
  [{}, { partners: ["900001"] }],
  [{}, { sharedWith: ["900001"] }],
])("a claim that shows %j of what was recorded as %j is what a pool is for", (shown, recorded) => {
  const findings = found("PreVerifiedPhoneNumber", recorded, {
    ...recorded,
    claimedAt: "2026-11-20T12:00:00.000Z",
    phase: "claimed",
    ...shown,
  });
  expect(new Set(findings.map((one) => one.class))).toEqual(new Set(["noise"]));
});

test.each([
  ["WebhookSubscription", { callbackUrl: HOOK, ownCallbackUrl: HOOK }],
  ["BusinessProfile", { managed: ["about"], picture: { path: "logo.png" } }],
  ["PhoneNumberSettings", { managed: ["calling"], managedCalling: ["status"] }],
  ["PreVerifiedPhoneNumber", { codeTried: "a", codeAttempt: 2, phoneNumberId: "1", sharedWith: ["900001"] }],
])("our own records of %s tell nothing", (type, outputs) => {
  expect(found(type, {}, outputs)).toEqual([]);
});

test.each([
  ["renewal-due", "action", "2026-12-20T12:00:00.000Z"],
  ["expired", "action", undefined],
  ["needs-verification", "action", undefined],
  ["code-rejected", "action", undefined],
  ["code-sent", "pending", undefined],
])("a pre-verified number that is %s stands as %s, by %s", (phase, kind, deadline) => {
  const outputs = { phase, nextAction: "Run pulumi up.", verificationExpiresAt: "2026-12-20T12:00:00.000Z" };
  const [one, ...others] = found("PreVerifiedPhoneNumber", outputs, outputs);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ class: kind, property: "phase", nextAction: "Run pulumi up." });
  expect(one?.deadline).toBe(deadline);
});

test("an expiry is told once, with the change that shows it", () => {
  const old = { codeVerificationStatus: "VERIFIED", phase: "renewal-due" };
  const findings = found("PreVerifiedPhoneNumber", old, { codeVerificationStatus: "EXPIRED", phase: "expired" });
  expect(findings.map((one) => [one.class, one.property, one.new])).toEqual([
    ["action", "codeVerificationStatus", "EXPIRED"],
  ]);
});

test.each(["overrideCallbackUri", "vertical", "calling", "calling.sip", "partners", "renewal-due", "expired"])(
  "--class takes %s",
  (name) => {
    expect(readClass(`${name}=noise`)).toEqual([name, "noise"]);
  },
);
