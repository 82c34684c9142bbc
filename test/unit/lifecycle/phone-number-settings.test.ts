import fc from "fast-check";
import { expect, test } from "vitest";
import { Holders } from "../../../provider/lifecycle/holders.ts";
import { comparePhoneNumberSettings } from "../../../provider/lifecycle/phone-number-settings/compare.ts";
import { echoOf, isSettled, withDeclared } from "../../../provider/lifecycle/phone-number-settings/echo.ts";
import { idOf, phoneNumberIdIn } from "../../../provider/lifecycle/phone-number-settings/identity.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number-settings/outputs.ts";
import { plan, type Step } from "../../../provider/lifecycle/phone-number-settings/plan.ts";
import type { PhoneNumberSettingsInputs } from "../../../provider/schemas/phone-number-settings-inputs.ts";
import { type Observed, readState, type State } from "../../../provider/schemas/phone-number-settings-state.ts";

type Declared = Partial<PhoneNumberSettingsInputs>;
type DeclaredCalling = NonNullable<Declared["calling"]>;
type Hours = NonNullable<DeclaredCalling["callHours"]>;
type Day = Hours["weeklyOperatingHours"][number];

const NUMBER = "1972385232742141";
const ON = { enableIdentityKeyCheck: true };
const OFF = { enableIdentityKeyCheck: false };
const NONE_STORED = { status: "NO_STORAGE_ENABLED", retentionMinutes: 60 } as const;
const USUAL = { status: "IN_COUNTRY_STORAGE_DISABLED" } as const;
const MONDAY: Day = { dayOfWeek: "MONDAY", openTime: "0900", closeTime: "1800" };
const FRIDAY: Day = { ...MONDAY, dayOfWeek: "FRIDAY" };
const HOURS: Hours = { status: "ENABLED", timezoneId: "UTC", weeklyOperatingHours: [MONDAY, FRIDAY] };
const SERVER = { hostname: "a.b" };

function stateOf(observed: Partial<Observed>): State {
  return {
    id: idOf(NUMBER),
    observed: { registered: false, livesOnApp: false, ...observed },
    ledger: { managed: [], managedCalling: [] },
    echo: { phoneNumberId: NUMBER },
    baseUrl: "https://graph.facebook.com",
  };
}

const wants = (args: Declared): PhoneNumberSettingsInputs => ({ phoneNumberId: NUMBER, ...args });
const hours = (change: Partial<Hours> = {}) => ({ callHours: { ...HOURS, ...change } });

test.each<[string, Partial<Observed>, Declared, Step | undefined]>([
  ["nothing declared", { calling: { status: "ENABLED" }, userIdentityChange: ON }, {}, undefined],
  ["the check on", {}, { userIdentityChange: ON }, { do: "setUserIdentityChange", userIdentityChange: ON }],
  ["the check off, and unset", {}, { userIdentityChange: OFF }, undefined],
  [
    "the check off, and on",
    { userIdentityChange: ON },
    { userIdentityChange: OFF },
    { do: "setUserIdentityChange", userIdentityChange: OFF },
  ],
  [
    "no storage",
    {},
    { storageConfiguration: NONE_STORED },
    { do: "setStorageConfiguration", storageConfiguration: NONE_STORED },
  ],
  [
    "no storage of a registered number",
    { registered: true },
    { storageConfiguration: NONE_STORED },
    { do: "refuseStorage", storageConfiguration: NONE_STORED },
  ],
  [
    "no storage, and a region",
    { storageConfiguration: { status: "IN_COUNTRY_STORAGE_ENABLED", dataLocalizationRegion: "DE" } },
    { storageConfiguration: NONE_STORED },
    { do: "setStorageConfiguration", storageConfiguration: NONE_STORED },
  ],
  ["the usual storage, and unset", { registered: true }, { storageConfiguration: USUAL }, undefined],
  [
    "the usual storage, in the words of Meta's file",
    { registered: true, storageConfiguration: { status: "default" } },
    { storageConfiguration: USUAL },
    undefined,
  ],
  ["calling off, and unset", {}, { calling: { status: "DISABLED" } }, undefined],
  ["calling on, in another case", { calling: { status: "enabled" } }, { calling: { status: "ENABLED" } }, undefined],
  [
    "only the part that differs",
    { calling: { status: "ENABLED", callIconVisibility: "DEFAULT" } },
    { calling: { status: "ENABLED", callIconVisibility: "DISABLE_ALL" } },
    { do: "setCalling", calling: { callIconVisibility: "DISABLE_ALL" } },
  ],
  [
    "countries in another order",
    { calling: { callIcons: { restrictToUserCountries: ["DE", "BR"] } } },
    { calling: { callIcons: { restrictToUserCountries: ["BR", "DE"] } } },
    undefined,
  ],
  ["no country, and unset", {}, { calling: { callIcons: { restrictToUserCountries: [] } } }, undefined],
  ["hours, and unset", {}, { calling: hours() }, { do: "setCalling", calling: hours() }],
  [
    "hours in another order, with no holiday",
    { calling: hours({ weeklyOperatingHours: [FRIDAY, MONDAY], holidaySchedule: [] }) },
    { calling: hours() },
    undefined,
  ],
  [
    "hours of another zone",
    { calling: hours({ timezoneId: "Europe/Berlin" }) },
    { calling: hours() },
    { do: "setCalling", calling: hours() },
  ],
  [
    "hours, and a holiday that is not declared",
    { calling: hours({ holidaySchedule: [{ date: "2026-12-24", startTime: "0000", endTime: "2359" }] }) },
    { calling: hours() },
    { do: "setCalling", calling: hours() },
  ],
  [
    "a server without its port",
    { calling: { sip: { status: "ENABLED", servers: [{ ...SERVER, port: 5061 }] } } },
    { calling: { sip: { status: "ENABLED", servers: [SERVER] } } },
    undefined,
  ],
  [
    "a server of another port",
    { calling: { sip: { status: "ENABLED", servers: [{ ...SERVER, port: 5062 }] } } },
    { calling: { sip: { status: "ENABLED", servers: [SERVER] } } },
    { do: "setCalling", calling: { sip: { status: "ENABLED", servers: [SERVER] } } },
  ],
  [
    "a SIP that is off, with servers",
    { calling: { sip: { status: "DISABLED", servers: [SERVER] } } },
    { calling: { sip: { status: "DISABLED" } } },
    undefined,
  ],
  [
    "keys by the name of Meta's file",
    { calling: { srtpKeyExchangeProtocol: "SDES-SRTP" } },
    { calling: { srtpKeyExchangeProtocol: "SDES" } },
    undefined,
  ],
  [
    "all of it: the check first",
    {},
    { userIdentityChange: ON, storageConfiguration: NONE_STORED, calling: { status: "ENABLED" } },
    { do: "setUserIdentityChange", userIdentityChange: ON },
  ],
  [
    "storage and calling: the storage first",
    {},
    { storageConfiguration: NONE_STORED, calling: { status: "ENABLED" } },
    { do: "setStorageConfiguration", storageConfiguration: NONE_STORED },
  ],
  [
    "storage of a registered number, and calling: calling first",
    { registered: true },
    { storageConfiguration: NONE_STORED, calling: { status: "ENABLED" } },
    { do: "setCalling", calling: { status: "ENABLED" } },
  ],
  [
    "all of it on the app",
    { livesOnApp: true },
    { userIdentityChange: ON, storageConfiguration: NONE_STORED, calling: { status: "ENABLED" } },
    undefined,
  ],
])("the plan for %s", (_what, observed, declared, step) => {
  expect(plan(stateOf(observed), wants(declared))).toEqual(step);
});

const switches = fc.constantFrom("ENABLED" as const, "DISABLED" as const);
const callings = fc.record(
  {
    status: switches,
    callIconVisibility: fc.constantFrom("DEFAULT" as const, "DISABLE_ALL" as const),
    callIcons: fc.record({ restrictToUserCountries: fc.shuffledSubarray(["BR", "DE", "IN"]) }),
    callHours: fc.record({
      status: switches,
      timezoneId: fc.constantFrom("UTC", "Europe/Berlin"),
      weeklyOperatingHours: fc.shuffledSubarray([MONDAY, FRIDAY]),
    }),
    srtpKeyExchangeProtocol: fc.constantFrom("DTLS" as const, "SDES" as const),
    sip: fc.constantFrom<NonNullable<DeclaredCalling["sip"]>>(
      { status: "DISABLED" },
      { status: "DISABLED", servers: [SERVER] },
      { status: "ENABLED", servers: [SERVER] },
      { status: "ENABLED", servers: [{ ...SERVER, port: 5061, requestUriUserParams: {} }] },
    ),
    audio: fc.record({ additionalCodecs: fc.shuffledSubarray(["PCMA" as const, "PCMU" as const]) }),
    video: fc.record({ status: switches }),
  },
  { requiredKeys: [] },
);
const programs = fc
  .record(
    {
      calling: callings.filter((calling) => Object.keys(calling).length > 0),
      storageConfiguration: fc.constantFrom(NONE_STORED, USUAL),
      userIdentityChange: fc.constantFrom(ON, OFF),
    },
    { requiredKeys: [] },
  )
  .map((args) => wants(args));
const states = fc
  .tuple(programs, fc.boolean(), fc.boolean(), programs)
  .map(([{ calling, storageConfiguration, userIdentityChange }, registered, livesOnApp, before]) => {
    const shown = { calling, storageConfiguration, userIdentityChange };
    const set = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
    return withDeclared(stateOf({ ...set, registered, livesOnApp }), before);
  });

/** As the calls leave it, and whether it ended with a refusal. */
function taken(state: State, declared: PhoneNumberSettingsInputs): { after: State; refused: boolean; calls: string[] } {
  const calls: string[] = [];
  let after = withDeclared(state, declared);
  for (let step = plan(after, declared); step !== undefined; step = plan(after, declared)) {
    if (step.do === "refuseStorage") return { after, refused: true, calls };
    if (calls.includes(step.do)) throw new Error(`${step.do} twice`);
    calls.push(step.do);
    const { do: _what, ...set } = step;
    const calling = "calling" in set ? { calling: { ...after.observed.calling, ...set.calling } } : {};
    after = { ...after, observed: { ...after.observed, ...set, ...calling } };
  }
  return { after: withDeclared(after, declared), refused: false, calls };
}

test("the steps end, each once; then no diff is left, the outputs are read back the same, and hold what is declared", () => {
  fc.assert(
    fc.property(states, programs, (state, declared) => {
      const { after, refused } = taken(state, declared);
      const outputs = outputsOf(after);
      expect(outputsOf(readState(after.id, outputs))).toEqual(outputs);
      const holders = new Holders();
      const difference = comparePhoneNumberSettings({ holders }, after.id, outputs, { ...declared });
      expect(difference).toEqual(refused ? {} : { changes: false });
      expect(isSettled(after, declared)).toBe(true);
      if (!refused && !after.observed.livesOnApp) expect(echoOf(after)).toEqual(declared);
    }),
  );
});

test("storage is refused only of a registered number, and set only of one that is not", () => {
  fc.assert(
    fc.property(states, programs, (state, declared) => {
      const { refused, calls } = taken(state, declared);
      expect(refused && !state.observed.registered).toBe(false);
      expect(calls.includes("setStorageConfiguration") && state.observed.registered).toBe(false);
    }),
  );
});

test("a preview shows no change exactly where an up would neither call nor write anything", () => {
  fc.assert(
    fc.property(states, programs, (state, declared) => {
      const difference = comparePhoneNumberSettings({ holders: new Holders() }, state.id, outputsOf(state), {
        ...declared,
      });
      const stored = readState(state.id, outputsOf(state));
      const idle = plan(stored, declared) === undefined && isSettled(stored, declared);
      expect(difference.changes === false).toBe(idle);
    }),
  );
});

test("inputs that a refresh hands back are what the program declares, and only that", () => {
  fc.assert(
    fc.property(states, programs, (state, declared) => {
      const echoed = echoOf(withDeclared(state, declared));
      expect(Object.keys(declared)).toEqual(expect.arrayContaining(Object.keys(echoed)));
      expect(Object.keys(declared.calling ?? {})).toEqual(expect.arrayContaining(Object.keys(echoed.calling ?? {})));
    }),
  );
});

test("where Graph shows nothing of what is declared, it shows as off, or as Meta's default; hours as none", () => {
  const calling = { status: "ENABLED", callIconVisibility: "DISABLE_ALL", ...hours() } as const;
  const program = wants({ calling, storageConfiguration: NONE_STORED, userIdentityChange: ON });
  expect(echoOf(withDeclared(stateOf({}), program))).toEqual({
    phoneNumberId: NUMBER,
    calling: { status: "DISABLED", callIconVisibility: "DEFAULT" },
    storageConfiguration: USUAL,
    userIdentityChange: OFF,
  });
});

test.each([
  [idOf(NUMBER), NUMBER],
  [NUMBER, NUMBER],
  [`${NUMBER}/whatsapp_business_profile`, undefined],
  [`${NUMBER}/settings/1`, undefined],
  ["cakes", undefined],
])("the id %s is of the number %s", (id, number) => {
  expect(phoneNumberIdIn(id)).toBe(number);
});
