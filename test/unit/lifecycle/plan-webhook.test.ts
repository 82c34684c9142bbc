import { expect, test } from "vitest";
import { type Declared, plan } from "../../../provider/lifecycle/phone-number/plan.ts";
import type { Echo, Observed, State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const URLS: Record<string, string> = { A: "https://a.example/hook", B: "https://b.example/hook" };

/**
 * Every combination of an address that is declared, one that we hold to be set, and one that Graph shows. `Aa` is the
 * address A with the token a; `A` alone is an address that somebody else set, or that Graph shows; `-` is none.
 */
const COMBINATIONS = `
declared ours shown step
-        -    -     -
-        -    A     -
-        A    -     -
-        A    A     -
-        A    B     -
-        Aa   -     -
-        Aa   A     remove
-        Aa   B     -
Aa       -    -     set
Aa       -    A     -
Aa       -    B     set
Aa       A    -     set
Aa       A    A     -
Aa       A    B     set
Aa       Aa   -     set
Aa       Aa   A     -
Aa       Aa   B     set
Aa       Ab   -     set
Aa       Ab   A     set
Aa       Ab   B     set
Aa       Ba   -     set
Aa       Ba   A     -
Aa       Ba   B     set
`;

const ROWS = COMBINATIONS.trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(/ +/) as [string, string, string, string]);

function echoOf(text: string): NonNullable<Echo["webhook"]> {
  const [address = "", token] = text;
  return { callbackUrl: URLS[address] ?? "", ...(token === undefined ? {} : { verifyToken: token }) };
}

function number(ours: string, shown: string, make: typeof registered = registered): State {
  const echo: Echo = ours === "-" ? {} : { webhook: echoOf(ours) };
  const observed: Observed = shown === "-" ? {} : { webhookConfiguration: { phoneNumber: URLS[shown] } };
  return make({ echo, observed });
}

function declaring(text: string, more: Partial<Declared> = {}): Declared {
  const { callbackUrl, verifyToken = "" } = echoOf(text);
  return { ...DECLARED, ...(text === "-" ? {} : { webhook: { callbackUrl, verifyToken } }), ...more };
}

const WORDS: Record<string, string | undefined> = { "-": undefined, set: "setWebhook", remove: "removeWebhook" };

test.each(ROWS)("declared %s, ours %s, shown %s: %s", (declared, ours, shown, step) => {
  const planned = plan(NOW, number(ours, shown), declaring(declared));
  expect(planned?.do).toBe(WORDS[step]);
  if (planned?.do === "setWebhook") expect(planned.webhook).toEqual(echoOf(declared));
});

test("a number that is to be registered gets its webhook after that", () => {
  const first = plan(NOW, number("-", "-", unregistered), declaring("Aa"));
  expect(first).toMatchObject({ do: "register" });
  const { pin: _none, ...withoutPin } = declaring("Aa");
  expect(plan(NOW, number("-", "-", unregistered), withoutPin)).toBeUndefined();
});

test("a number that shall not be registered gets it at once", () => {
  const planned = plan(NOW, number("-", "-", unregistered), declaring("Aa", { register: false }));
  expect(planned).toMatchObject({ do: "setWebhook" });
});

test("ours is removed from a number that is not registered any more", () => {
  const state = number("Aa", "A", unregistered);
  const { pin: _none, ...withoutPin } = declaring("-");
  expect(plan(NOW, state, withoutPin)).toMatchObject({ do: "removeWebhook" });
});

test("the address of the account or the app is none of the number", () => {
  const webhookConfiguration = { whatsappBusinessAccount: URLS.A, application: URLS.A } as Record<string, string>;
  const state = registered({ observed: { webhookConfiguration } });
  expect(plan(NOW, state, declaring("Aa"))).toMatchObject({ do: "setWebhook" });
});

test("a name and a PIN go before the webhook", () => {
  const state = registered({ echo: { pin: "111111" } });
  const steps = [
    plan(NOW, state, declaring("Aa", { displayName: "Lucky Shrub" }))?.do,
    plan(NOW, state, declaring("Aa"))?.do,
    plan(NOW, registered(), declaring("Aa"))?.do,
  ];
  expect(steps).toEqual(["requestDisplayName", "setPin", "setWebhook"]);
});

test.each([
  ["the same address, at once", "Aa", 0, undefined],
  ["the same address with another token, at once", "Ab", 0, "setWebhook"],
  ["the same address, after nearly ten minutes", "Aa", 9, undefined],
  ["the same address, after ten minutes", "Aa", 10, "setWebhook"],
  ["another address, at once", "Ba", 0, "setWebhook"],
])("after Meta could not verify A: %s", (_what, declared, minutes, step) => {
  const refusals = [{ step: "setWebhook", of: URLS.A ?? "", at: ago({ minutes }), code: "2200", times: 1 }];
  const ledger = { refusals, webhookTokenRefused: "a" };
  expect(plan(NOW, registered({ ledger }), declaring(declared))?.do).toBe(step);
});

test.each<[string, Observed]>([
  ["on the app", { isOnBizApp: true }],
  ["banned", { status: "BANNED" }],
  ["moved away", { status: "MIGRATED" }],
])("a number that is %s gets none, and keeps ours", (_what, observed) => {
  expect(plan(NOW, registered({ observed }), declaring("Aa"))).toBeUndefined();
  const { echo, observed: shown } = number("Aa", "A");
  expect(plan(NOW, registered({ echo, observed: { ...shown, ...observed } }), declaring("-"))).toBeUndefined();
});
