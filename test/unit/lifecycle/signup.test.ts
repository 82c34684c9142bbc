import { expect, test } from "vitest";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import { type Declared, plan } from "../../../provider/lifecycle/phone-number/plan.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const SMS = { method: "SMS", language: "en" } as const;
const signedUp = (time: Parameters<typeof ago>[0]): Declared => ({ ...DECLARED, embeddedSignupFinishedAt: ago(time) });
const JUST_BEFORE = { days: 13, hours: 23, minutes: 59 };
const notVerified = unregistered({ observed: { codeVerificationStatus: "NOT_VERIFIED" } });
const lost = registered({ observed: { status: "PENDING", platformType: "NOT_APPLICABLE" } });

test.each<[string, State, Declared, string | undefined]>([
  ["a minute before the end", unregistered(), signedUp(JUST_BEFORE), "register"],
  ["at the end of 14 days", unregistered(), signedUp({ days: 14 }), undefined],
  ["long after", unregistered(), signedUp({ days: 60 }), undefined],
  ["after a new signup", unregistered(), signedUp({ days: 1 }), "register"],
  ["no code is sent after the end", notVerified, { ...signedUp({ days: 14 }), verification: SMS }, undefined],
  ["a code is sent before the end", notVerified, { ...signedUp(JUST_BEFORE), verification: SMS }, "requestCode"],
  [
    "no region is set after the end",
    unregistered(),
    { ...signedUp({ days: 14 }), dataLocalizationRegion: "DE" },
    undefined,
  ],
  [
    "no name is asked for after the end",
    unregistered(),
    { ...signedUp({ days: 14 }), displayName: "Lucky Shrub" },
    undefined,
  ],
  ["a number that was registered once has met it", lost, signedUp({ days: 60 }), "register"],
  [
    "a number that works has met it",
    registered(),
    { ...signedUp({ days: 60 }), displayName: "Lucky Shrub" },
    "requestDisplayName",
  ],
  [
    "a number that shall not be registered has none",
    unregistered(),
    { ...signedUp({ days: 60 }), register: false, displayName: "Lucky Shrub" },
    "requestDisplayName",
  ],
])("the deadline of embedded signup: %s", (_what, state, declared, step) => {
  expect(plan(NOW, state, declared)?.do).toBe(step);
});

const at = { embeddedSignupFinishedAt: ago({ days: 3 }) };
test.each<[string, State, string | undefined]>([
  ["a number that waits", unregistered({ echo: at }), ago({ days: -11 })],
  [
    "a number that waits after its end",
    unregistered({ echo: { embeddedSignupFinishedAt: ago({ days: 20 }) } }),
    ago({ days: 6 }),
  ],
  ["a number of which nobody said when", unregistered(), undefined],
  ["a number that works", registered({ echo: at }), undefined],
  ["a number that was registered once", { ...lost, echo: { ...lost.echo, ...at } }, undefined],
  ["a number that shall not be registered", unregistered({ echo: { ...at, register: false } }), undefined],
])("registerBy of %s is %s", (_what, state, registerBy) => {
  expect(outputsOf(NOW, state).registerBy).toBe(registerBy);
});
