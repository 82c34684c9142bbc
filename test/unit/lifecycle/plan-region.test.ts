import { expect, test } from "vitest";
import { type Declared, plan, type Step } from "../../../provider/lifecycle/phone-number/plan.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, DECLARED, NOW, registered, unregistered } from "../../support/states.ts";

const SMS = { method: "SMS", language: "en" } as const;
const DE: Declared = { ...DECLARED, dataLocalizationRegion: "DE" };
const ALLOWED: Declared = { ...DE, allowReregister: true };
const SET: Partial<Step> = { do: "setRegion", property: "dataLocalizationRegion", region: "DE" };
const DEREGISTER: Step = { do: "deregister", property: "dataLocalizationRegion" };
const REFUSE: Partial<Step> = { do: "refuse", property: "dataLocalizationRegion" };
const lost = { status: "DISCONNECTED", platformType: "NOT_APPLICABLE" };
const stored = (region: string) => ({ echo: { dataLocalizationRegion: region } });
const calls = (count: number, hours = 1) => Array.from({ length: count }, () => ago({ hours }));
const spent = (register: string[], deregister: string[] = []) =>
  registered({ ledger: { attempts: { register, deregister } } });
const healthy = (canSendMessage: string) =>
  registered({ observed: { healthStatus: { canSendMessage, entities: [] } } });
const named = (nameStatus: string | undefined) => registered({ observed: { nameStatus } as State["observed"] });

const TABLE: [string, State, Declared, Partial<Step> | undefined][] = [
  ["before the first registration", unregistered(), DE, SET],
  ["before a registration that was lost is restored", registered({ observed: lost }), DE, SET],
  ["another one before a registration", unregistered(stored("BR")), DE, SET],
  [
    "not the one that is set: the number is registered",
    unregistered(stored("DE")),
    DE,
    { do: "register", why: "first" },
  ],
  [
    "not the one that is set: a registration that we took back is made anew",
    registered({ observed: lost, ledger: { deregisteredAt: ago({ minutes: 1 }) }, ...stored("DE") }),
    ALLOWED,
    { do: "register", why: "region" },
  ],
  ["none that is not declared", unregistered(stored("BR")), DECLARED, { do: "register" }],
  [
    "nothing before the number is verified: a code goes first",
    unregistered({ observed: { codeVerificationStatus: "NOT_VERIFIED" } }),
    { ...DE, verification: SMS },
    { do: "requestCode" },
  ],
  [
    "nothing before the first name may be used",
    unregistered({ observed: { nameStatus: "PENDING_REVIEW" } }),
    DE,
    undefined,
  ],
  ["nothing without a PIN", unregistered(), { dataLocalizationRegion: "DE" }, undefined],
  [
    "nothing without an attempt",
    unregistered({ ledger: { attempts: { register: calls(10), deregister: [] } } }),
    DE,
    undefined,
  ],
  ["nothing on a number that shall not be registered", unregistered(), { ...DE, register: false }, undefined],
  [
    "nothing on a contested number",
    registered({ observed: lost, ledger: { restoredAt: ago({ hours: 1 }) } }),
    ALLOWED,
    undefined,
  ],
  ["nothing on the app", registered({ observed: { isOnBizApp: true } }), ALLOWED, undefined],
  ["nothing on a banned number", registered({ observed: { status: "BANNED" } }), ALLOWED, undefined],

  ["a refusal on a registered number", registered(), DE, REFUSE],
  ["a refusal, where it is forbidden by name", registered(), { ...DE, allowReregister: false }, REFUSE],
  ["a refusal, where the number has another one", registered(stored("BR")), DE, REFUSE],
  ["nothing, where the number has it", registered(stored("DE")), DE, undefined],
  ["nothing, where the number has it and may be taken back", registered(stored("DE")), ALLOWED, undefined],
  ["nothing, where none is declared", registered(stored("BR")), { ...DECLARED, allowReregister: true }, undefined],

  ["the end of the registration", registered(), ALLOWED, DEREGISTER],
  ["the end of the registration in another region", registered(stored("BR")), ALLOWED, DEREGISTER],
  ["the end of a flagged number's registration", registered({ observed: { status: "FLAGGED" } }), ALLOWED, DEREGISTER],
  ["nothing, without a PIN to come back with", registered(), { ...ALLOWED, pin: undefined } as Declared, undefined],
  ["the end, with one registration left to come back", spent(calls(9)), ALLOWED, DEREGISTER],
  ["nothing, without a registration left to come back", spent(calls(10)), ALLOWED, undefined],
  ["the end, where the tenth fell out just now", spent([...calls(9), ...calls(1, 72)]), ALLOWED, DEREGISTER],
  ["the end, with one deregistration left", spent([], calls(9)), ALLOWED, DEREGISTER],
  ["nothing, without a deregistration left", spent([], calls(10)), ALLOWED, undefined],
  ["the end, under a name without review", named("AVAILABLE_WITHOUT_REVIEW"), ALLOWED, DEREGISTER],
  ["the end, where Graph shows no name status", named(undefined), ALLOWED, DEREGISTER],
  ["nothing, under a declined name", named("DECLINED"), ALLOWED, undefined],
  [
    "not the end, under an expired name: it is asked for again",
    named("EXPIRED"),
    ALLOWED,
    { do: "requestDisplayName" },
  ],
  ["nothing, under a name in review", named("PENDING_REVIEW"), ALLOWED, undefined],
  ["nothing, under no name", named("NONE"), ALLOWED, undefined],
  ["the end, of a number that may send", healthy("AVAILABLE"), ALLOWED, DEREGISTER],
  ["the end, of a number that may send little", healthy("LIMITED"), ALLOWED, DEREGISTER],
  ["nothing, where Meta blocked the number or its account", healthy("BLOCKED"), ALLOWED, undefined],
  [
    "the end, under a declined name where an approved one waits",
    registered({ observed: { nameStatus: "DECLINED", newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub" } }),
    { ...ALLOWED, displayName: "Lucky Shrub" },
    DEREGISTER,
  ],
];

test.each(TABLE)("another storage region: %s", (_what, state, declared, step) => {
  const planned = plan(NOW, state, declared);
  if (step === undefined) expect(planned).toBeUndefined();
  else expect(planned).toMatchObject(step);
});

test.each([
  [undefined, "in its default place"],
  ["BR", "in BR"],
])("the refusal says where the messages are (%s) and what to declare", (region, place) => {
  const step = plan(NOW, region === undefined ? registered() : registered(stored(region)), DE);
  const reason = step?.do === "refuse" ? step.reason : "";
  expect(reason).toContain(`Meta stores its messages ${place}, and moves them to DE only while`);
  expect(reason).toContain("allowReregister: true");
});

test("while Graph refuses the region, nothing that comes after it is done", () => {
  const refused = [{ step: "setRegion", of: "DE", at: ago({ minutes: 9 }), code: "100", times: 2 }];
  const state = unregistered({ ledger: { refusals: refused } });
  expect(plan(NOW, state, DE)).toBeUndefined();
  expect(plan(NOW, state, { ...DE, dataLocalizationRegion: "BR" })).toMatchObject({ do: "setRegion", region: "BR" });
  expect(plan(NOW, state, DECLARED)).toMatchObject({ do: "register" });
});

test("while Graph refuses the deregistration, the rest goes on", () => {
  const refused = [{ step: "deregister", of: "", at: ago({ minutes: 9 }), code: "133000", times: 2 }];
  const state = registered({ ledger: { refusals: refused } });
  expect(plan(NOW, state, ALLOWED)).toBeUndefined();
  expect(plan(NOW, state, { ...ALLOWED, displayName: "Lucky Shrub" })).toMatchObject({ do: "requestDisplayName" });
});
