import { expect, test } from "vitest";
import { fingerprint } from "../../../provider/lifecycle/name.ts";
import {
  hasHappened,
  openRegistration,
  settleRegistration,
  withoutRegistration,
  withRegistration,
} from "../../../provider/lifecycle/phone-number/registration.ts";
import type { Ledger, Observed, State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

const AT = NOW.toISOString();
const [BEFORE, LATER] = ["2026-11-01T00:00:00+0000", "2026-11-23T12:00:00+0000"];
const CAKE = "John's Cake Shop";
const LUCKY = "Lucky Shrub";
const works: Observed = { status: "CONNECTED", platformType: "CLOUD_API" };
const waiting: Observed = { newNameStatus: "APPROVED", newDisplayName: LUCKY };
const asked = [{ name: LUCKY, at: ago({ days: 2 }) }];
const lost: Observed = { status: "DISCONNECTED", platformType: "NOT_APPLICABLE" };

type Why = NonNullable<Ledger["registering"]>["why"];
const opened = (state: State, why: Why = "first", pin = "123456") => openRegistration(state, { at: AT, why, pin });

test("a registration is noted before its call, with the time of the one before", () => {
  const state = opened(registered({ observed: { lastOnboardedTime: BEFORE } }), "name");
  expect(state.ledger.registering).toEqual({ at: AT, why: "name", lastOnboardedTime: BEFORE, newPin: true });
  expect(opened(unregistered()).ledger.registering).toEqual({ at: AT, why: "first", newPin: true });
});

test.each([
  ["the PIN that we did not know is forgotten again", {}, undefined],
  ["the PIN that we knew is known", { pin: "123456" }, "123456"],
  ["the PIN that was another one is not known", { pin: "111111" }, undefined],
])("when Graph did not do it, %s", (_what, echo, pin) => {
  const before = registered({ echo });
  const open = opened(before);
  expect(open.echo.pin).toBe("123456");
  const after = withoutRegistration(open);
  expect(after.echo.pin).toBe(pin);
  expect(after.ledger).toEqual(before.ledger);
});

test("when it is made, name, certificate, PIN and the end of the move are known", () => {
  const ledger = { nameRequests: asked, deregisteredAt: ago({ minutes: 1 }) };
  const open = opened(registered({ observed: waiting, ledger }), "name");
  const after = withRegistration(open, { ...works, verifiedName: LUCKY, certificate: "new" });
  expect(after.ledger).toMatchObject({
    registeredName: LUCKY,
    certificateFingerprint: fingerprint("new"),
    pinState: "set",
    nameRequests: [{ name: LUCKY, outcome: "APPROVED" }],
  });
  for (const key of ["registering", "deregisteredAt", "restoredAt"]) expect(after.ledger).not.toHaveProperty(key);
  expect(after.echo.pin).toBe("123456");
});

test.each<[Why, string | undefined]>([
  ["first", undefined],
  ["lost", AT],
  ["name", undefined],
  ["region", undefined],
])("a registration for %s restores: %s", (why, restoredAt) => {
  expect(withRegistration(opened(registered({ observed: lost }), why), works).ledger.restoredAt).toBe(restoredAt);
});

test.each<[string, Observed, string]>([
  ["the new name", { verifiedName: LUCKY }, LUCKY],
  ["the name from before: the read is older", { verifiedName: CAKE }, LUCKY],
  ["a third name", { verifiedName: "Eve's Cakes" }, "Eve's Cakes"],
])("a read after it that shows %s", (_what, shown, name) => {
  const open = opened(registered({ observed: waiting, ledger: { nameRequests: asked } }), "name");
  expect(withRegistration(open, { ...works, ...shown }).ledger.registeredName).toBe(name);
});

test("without a name that waits, it is registered under the one in use", () => {
  expect(withRegistration(opened(unregistered()), { ...works, verifiedName: CAKE }).ledger.registeredName).toBe(CAKE);
});

const open = opened(
  registered({ observed: { ...waiting, lastOnboardedTime: BEFORE }, ledger: { nameRequests: asked } }),
);
test.each<[string, State, Observed, boolean]>([
  ["a newer time", open, { ...works, ...waiting, lastOnboardedTime: LATER }, true],
  ["a newer time, although it was lost since", open, { ...lost, lastOnboardedTime: LATER }, true],
  ["the same time, and the name still waits", open, { ...works, ...waiting, lastOnboardedTime: BEFORE }, false],
  ["no time, and the name still waits", open, { ...works, ...waiting }, false],
  ["the same time, and no name waits", open, { ...works, verifiedName: CAKE, lastOnboardedTime: BEFORE }, true],
  ["that it works at last", opened(unregistered()), { ...works, verifiedName: CAKE }, true],
  ["that it does not work yet", opened(unregistered()), { status: "PENDING", platformType: "NOT_APPLICABLE" }, false],
])("a call without an answer, and a read that shows %s: made %#", (_what, state, observed, made) => {
  expect(hasHappened(state, { ...state, observed })).toBe(made);
  const settled = settleRegistration(state, observed);
  expect(settled.ledger).not.toHaveProperty("registering");
  expect(settled.ledger.pinState).toBe(made ? "set" : "unknown");
  expect(settled.echo.pin).toBe(made ? "123456" : undefined);
});

test.each<[string, Observed, Observed, string]>([
  ["it took the name that waited", waiting, { lastOnboardedTime: LATER, verifiedName: LUCKY }, LUCKY],
  [
    "the name changed at the approval",
    { ...waiting, verifiedName: LUCKY },
    { lastOnboardedTime: LATER, verifiedName: LUCKY },
    LUCKY,
  ],
  ["the name waits again", waiting, { lastOnboardedTime: LATER, verifiedName: LUCKY, ...waiting }, CAKE],
  ["a certificate waits", waiting, { lastOnboardedTime: LATER, verifiedName: LUCKY, newCertificate: "c" }, CAKE],
  ["no name waited", {}, { lastOnboardedTime: LATER, verifiedName: LUCKY }, CAKE],
  ["the time is the same", waiting, { lastOnboardedTime: BEFORE, verifiedName: LUCKY }, CAKE],
  ["it does not work", waiting, { ...lost, lastOnboardedTime: LATER, verifiedName: LUCKY }, CAKE],
])("a registration that nobody told us of, where %s", (_what, before, shown, name) => {
  const state = registered({ observed: { ...before, lastOnboardedTime: BEFORE } });
  expect(settleRegistration(state, { ...works, ...shown }).ledger.registeredName).toBe(name);
});

test.each<[string, Observed, boolean]>([
  ["newer", { ...works, lastOnboardedTime: LATER }, true],
  ["older than our deregistration", { ...works, lastOnboardedTime: BEFORE }, false],
  ["of a number that does not work", { ...lost, lastOnboardedTime: LATER }, false],
])("a registration that is %s ends our move to another region: %s", (_what, shown, ends) => {
  const ledger = { deregisteredAt: ago({ minutes: 5 }) };
  const state = registered({ observed: { ...lost, lastOnboardedTime: BEFORE }, ledger });
  expect("deregisteredAt" in settleRegistration(state, shown).ledger).toBe(!ends);
});

test("a read that shows nothing new changes nothing", () => {
  const state = registered({ observed: { lastOnboardedTime: BEFORE } });
  expect(settleRegistration(state, { ...works, lastOnboardedTime: BEFORE })).toBe(state);
});
