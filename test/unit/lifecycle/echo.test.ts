import { expect, test } from "vitest";
import { echoOf, withDeclared } from "../../../provider/lifecycle/phone-number/echo.ts";
import { firstState, refreshed } from "../../../provider/lifecycle/phone-number/observe.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import type { PhoneNumberNode } from "../../../provider/schemas/graph.ts";
import { type Ledger, type Observed, readState } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const SMS = { method: "SMS", language: "en" } as const;
const NOT_VERIFIED = { codeVerificationStatus: "NOT_VERIFIED" };
const NODE: PhoneNumberNode = {
  id: "1972385232742141",
  display_phone_number: "+1 631-555-1111",
  verified_name: "John's Cake Shop",
  code_verification_status: "VERIFIED",
  name_status: "APPROVED",
  status: "CONNECTED",
  platform_type: "CLOUD_API",
};
const MEETING = { now: () => NOW, settings: { baseUrl: "https://graph.example" } };
const PENDING = { status: "PENDING", platform_type: "NOT_APPLICABLE" };

test.each<[string, Observed, Partial<Ledger>, boolean]>([
  ["nothing happened", NOT_VERIFIED, {}, false],
  ["no code could be sent", NOT_VERIFIED, { codeAttempt: 2 }, false],
  ["the code of an earlier attempt was sent", NOT_VERIFIED, { codeAttempt: 1, codeRequestedAt: ago({}) }, false],
  ["a code was sent as declared", NOT_VERIFIED, { codeAttempt: 2, codeRequestedAt: ago({}) }, true],
  ["the number is verified", {}, {}, true],
  ["the number works", { status: "CONNECTED", platformType: "CLOUD_API", ...NOT_VERIFIED }, {}, true],
])("verification is echoed only once it was achieved: when %s", (_what, observed, ledger, echoed) => {
  const verification = { ...SMS, attempt: 2 };
  const echo = echoOf(unregistered({ observed, ledger, echo: { verification } }));
  expect(echo.verification).toEqual(echoed ? verification : undefined);
});

test("a code is never echoed", () => {
  const state = withDeclared(NOW, registered(), { ...DECLARED, verification: { ...SMS, code: "123830" } });
  expect(echoOf(state).verification).toEqual(SMS);
  expect(JSON.stringify(outputsOf(NOW, state))).not.toContain("123830");
});

test.each([
  ["that works", registered({ echo: { register: false } }), "registered"],
  ["that is verified", unregistered({ echo: { register: false } }), "verified"],
])("register: false is remembered by a read of a number %s", (_what, state, phase) => {
  const outputs = outputsOf(NOW, state);
  expect(outputs).toMatchObject({ register: false, phase });
  expect(readState(state.id, outputs).echo.register).toBe(false);
});

test("register: true is echoed only while the number works", () => {
  expect(echoOf(registered({ echo: { register: true } })).register).toBe(true);
  expect(echoOf(unregistered({ echo: { register: true } }))).not.toHaveProperty("register");
});

test("a number that works is taken to be registered under the name it shows", () => {
  expect(firstState(MEETING, NODE).ledger.registeredName).toBe("John's Cake Shop");
  expect(firstState(MEETING, { ...NODE, ...PENDING }).ledger).not.toHaveProperty("registeredName");
});

test.each<[string, Partial<PhoneNumberNode>]>([
  ["by its status", { new_name_status: "APPROVED", new_display_name: "Lucky Shrub" }],
  ["by its status, with the name in use already", { new_name_status: "APPROVED", verified_name: "Lucky Shrub" }],
  ["by its certificate", { new_certificate: "new" }],
])("an approved name at adoption, seen %s, is not taken to be registered", (_what, shown) => {
  const state = firstState(MEETING, { ...NODE, ...shown });
  expect(state.ledger).not.toHaveProperty("registeredName");
  expect(outputsOf(NOW, withDeclared(NOW, state, DECLARED)).phase).toBe("re-register-due");
});

test("a read does not overwrite the name that we registered", () => {
  const state = refreshed(NOW, registered(), { ...NODE, verified_name: "Eve's Cakes" });
  expect(state.ledger.registeredName).toBe("John's Cake Shop");
});

test("attempts leave the state 72 hours after they were made", () => {
  const recent = [ago({ hours: 71 }), ago({})];
  const attempts = { register: [ago({ hours: 73 }), ...recent], deregister: [ago({ hours: 72 }), ...recent] };
  const { ledger } = refreshed(NOW, registered({ ledger: { attempts } }), NODE);
  expect(ledger.attempts).toEqual({ register: recent, deregister: recent });
});

test("the last sight of a review moves once a day, so that a refresh shows no change for it", () => {
  const inReview = { ...NODE, new_name_status: "PENDING_REVIEW" };
  const first = refreshed(NOW, registered(), inReview);
  const after = (hours: number) => new Date(NOW.getTime() + hours * 60 * 60 * 1000);
  expect(refreshed(after(23), first, inReview).ledger.nameReviewLastSeenAt).toBe(NOW.toISOString());
  expect(refreshed(after(24), first, inReview).ledger.nameReviewLastSeenAt).toBe(after(24).toISOString());
});

test("the last sight of a review is kept when it is over", () => {
  const first = refreshed(NOW, registered(), { ...NODE, new_name_status: "PENDING_REVIEW" });
  expect(first.ledger.nameReviewLastSeenAt).toBe(NOW.toISOString());
  const later = refreshed(new Date(NOW.getTime() + 1), first, NODE);
  expect(later.ledger.nameReviewLastSeenAt).toBe(NOW.toISOString());
});
