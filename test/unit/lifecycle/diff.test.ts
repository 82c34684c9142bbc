import { expect, test } from "vitest";
import { diffPhoneNumber } from "../../../provider/lifecycle/phone-number/diff.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered } from "../../support/states.ts";

const lost = { status: "PENDING", platformType: "NOT_APPLICABLE" };
const BY_INPUTS = {};
const NONE = { changes: false };
const ADOPTED = registered();

function diff(state: State, news: Record<string, unknown>) {
  const said: string[] = [];
  const olds = { ...outputsOf(NOW, state), __provider: "old text" };
  const result = diffPhoneNumber(
    NOW,
    state.id,
    olds,
    { ...news, __provider: "new text" },
    { say: (line) => said.push(line), warn: (line) => said.push(`warning: ${line}`), inRefresh: false },
  );
  return { result, said };
}

const TABLE: [string, State, Record<string, unknown>, object][] = [
  ["nothing changed", ADOPTED, DECLARED, NONE],
  ["the id is added", ADOPTED, { ...DECLARED, phoneNumberId: ADOPTED.id }, NONE],
  [
    "the digits are dropped for the id",
    ADOPTED,
    { ...DECLARED, phoneNumber: undefined, phoneNumberId: ADOPTED.id },
    NONE,
  ],
  ["other digits", ADOPTED, { ...DECLARED, phoneNumber: "+16315559999" }, { replaces: ["phoneNumber"] }],
  ["another id", ADOPTED, { ...DECLARED, phoneNumberId: "77777777" }, { replaces: ["phoneNumberId"] }],
  ["another account", ADOPTED, { ...DECLARED, wabaId: "99999999" }, BY_INPUTS],
  ["another name", ADOPTED, { ...DECLARED, displayName: "Lucky Shrub" }, BY_INPUTS],
  ["a name that is not known yet", ADOPTED, { ...DECLARED, displayName: UNKNOWN }, BY_INPUTS],
  ["a PIN that is not known yet", ADOPTED, { ...DECLARED, pin: UNKNOWN }, BY_INPUTS],
  ["an id that is not known yet, with the same digits", ADOPTED, { ...DECLARED, phoneNumberId: UNKNOWN }, BY_INPUTS],
  [
    "an id that is not known yet, alone",
    ADOPTED,
    { ...DECLARED, phoneNumber: undefined, phoneNumberId: UNKNOWN },
    { replaces: ["phoneNumberId"] },
  ],
  ["the PIN of an adopted number", ADOPTED, { ...DECLARED, pin: "999999" }, NONE],
  ["the name is no longer declared: it leaves the state", ADOPTED, { ...DECLARED, displayName: undefined }, BY_INPUTS],
  [
    "the known PIN is no longer declared: it leaves the state",
    registered({ echo: { pin: "123456" } }),
    { ...DECLARED, pin: undefined },
    BY_INPUTS,
  ],
  ["a PIN is declared for the first time", registered({ pinDeclared: false }), DECLARED, BY_INPUTS],
  ["a refresh left out a PIN that was never used", ADOPTED, { ...DECLARED, pin: undefined }, NONE],
  ["another credential", ADOPTED, { ...DECLARED, credential: "acme" }, BY_INPUTS],
  ["another way to adopt", ADOPTED, { ...DECLARED, adopt: "require" }, BY_INPUTS],
  ["registering is switched off", ADOPTED, { ...DECLARED, register: false }, BY_INPUTS],
  [
    "registering is declared as it is by default: the state says so",
    ADOPTED,
    { ...DECLARED, register: true },
    BY_INPUTS,
  ],
  [
    "a lost registration, with register declared",
    registered({ observed: lost, echo: { register: true } }),
    { ...DECLARED, register: true },
    BY_INPUTS,
  ],
];

test.each(TABLE)("diff: %s", (_what, state, news, expected) => {
  expect(diff(state, news).result).toEqual(expected);
});

test("a lost registration that no declared arg shows is a change with a line that says why", () => {
  const { result, said } = diff(registered({ observed: lost, echo: { pin: "123456" } }), DECLARED);
  expect(result).toEqual({ changes: true });
  expect(said).toEqual([
    "Number +1 631-555-1111 (1972385232742141): Meta shows that it must be registered again; pulumi up does so.",
  ]);
});

test("an approved name shows as a change of the name, against the one that is registered", () => {
  const state = registered({
    observed: { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub", verifiedName: "Lucky Shrub" },
    ledger: { nameRequests: [{ name: "Lucky Shrub", at: ago({ days: 2 }) }] },
  });
  expect(outputsOf(NOW, state).displayName).toBe("John's Cake Shop");
  expect(diff(state, { ...DECLARED, displayName: "Lucky Shrub" }).result).toEqual(BY_INPUTS);
});

test("after a refresh was accepted, the same state is no change", () => {
  const state = registered({
    observed: { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub", verifiedName: "Lucky Shrub" },
    ledger: { nameRequests: [{ name: "Lucky Shrub", at: ago({ days: 2 }) }] },
  });
  expect(diff(state, { ...DECLARED, displayName: "John's Cake Shop" }).result).toEqual(NONE);
});
