/** A step whose call never left: the state is as it was before, whatever was noted for the call. */
import { expect, test } from "vitest";
import { readSettings } from "../../../provider/config.ts";
import { Pace } from "../../../provider/graph/pace.ts";
import { Reader } from "../../../provider/graph/reader.ts";
import { type Transport, TransportError } from "../../../provider/graph/transport.ts";
import { createContext } from "../../../provider/lifecycle/context.ts";
import { Holders } from "../../../provider/lifecycle/holders.ts";
import type { Step } from "../../../provider/lifecycle/phone-number/plan.ts";
import { Progress } from "../../../provider/lifecycle/phone-number/progress.ts";
import { take } from "../../../provider/lifecycle/phone-number/steps.ts";
import { SyncError } from "../../../provider/lifecycle/phone-number/sync-error.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

const WABA = "102290129340398";
const HOUR_MS = 60 * 60 * 1000;

interface World {
  readonly pace: Pace;
  pass(ms: number): void;
}

/** How a call does not leave: its error, and how often the network was tried. */
const WAYS: [string, (world: World) => void, RegExp, number][] = [
  ["Meta throttles the account", ({ pace }) => pace.throttled(WABA), /We did not .* Meta throttles it/, 0],
  ["the time of the operation is used up", ({ pass }) => pass(HOUR_MS), /55 s were used up/, 0],
  ["the network is down", () => undefined, /it never reached Graph/, 4],
];

const asked = {
  codeRequestedAt: ago({ minutes: 5 }),
  codeAttempt: 1,
  codeTried: "a:b",
  codeTriedAt: ago({ minutes: 4 }),
};
const attempts = { register: [ago({ hours: 3 })], deregister: [ago({ hours: 2 })] };
const register = { do: "register", property: "pin", pin: "654321", setPinFirst: false, why: "first" } as const;

const STEPS: [State, Exclude<Step, { do: "refuse" }>][] = [
  [unregistered({ ledger: asked }), { do: "requestCode", property: "verification" }],
  [unregistered({ ledger: asked }), { do: "verifyCode", property: "verification", code: "123830" }],
  [unregistered(), { do: "verifyCode", property: "verification", code: "123830" }],
  [unregistered({ ledger: { attempts }, echo: { pin: "123456" } }), register],
  [unregistered({ ledger: { attempts }, echo: { pin: "123456" } }), { ...register, setPinFirst: true }],
  [registered({ ledger: { attempts } }), { do: "deregister", property: "dataLocalizationRegion" }],
  [registered(), { do: "requestDisplayName", property: "displayName", name: "Lucky Shrub" }],
  [registered({ echo: { pin: "123456" } }), { do: "setPin", property: "pin", pin: "654321" }],
];

const TABLE = STEPS.flatMap(([state, step]) =>
  WAYS.map(([why, prepare, message, sent]) => [step.do, why, { state, step, prepare, message, sent }] as const),
);

test.each(TABLE)("%s, and %s: nothing is noted, and nothing said", async (_step, _why, row) => {
  let elapsed = 0;
  let sent = 0;
  const said: string[] = [];
  const transport: Transport = {
    send: async () => {
      sent += 1;
      throw new TransportError("ECONNREFUSED", false);
    },
    close: async () => undefined,
  };
  const clock = () => elapsed;
  const pace = new Pace({ writesPerMinute: 60, elapsed: clock });
  const settings = readSettings({ WABA_ACCESS_TOKEN: "token" }, () => undefined);
  const context = createContext(settings, {
    transport,
    fieldSets: new Map(),
    shares: new Map([["", { pace, reader: new Reader({ strategy: "list", elapsed: clock }) }]]),
    holders: new Holders(),
    effects: { elapsed: clock, random: () => 0.5, sleep: async () => undefined },
    now: () => NOW,
    salt: () => "salt",
    say: (line) => void said.push(line),
    warn: (line) => void said.push(line),
  });
  const api = context.phoneNumbers(undefined);
  api.introduce(row.state.id, "+1 631-555-1111", WABA);
  const pass = (ms: number) => {
    elapsed += ms;
  };
  row.prepare({ pace, pass });

  const declared = { verification: { method: "SMS", language: "en", attempt: 2 } } as const;
  const error = await take(new Progress(context, api, declared, row.state), row.step).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SyncError);
  expect(error).toMatchObject({ message: expect.stringMatching(row.message), state: row.state });
  expect((error as SyncError).state).toEqual(row.state);
  expect(sent).toBe(row.sent);
  expect(said).toEqual([]);
});
