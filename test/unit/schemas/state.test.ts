import { expect, test } from "vitest";
import { readSettings } from "../../../provider/config.ts";
import { diffPhoneNumber } from "../../../provider/lifecycle/phone-number/diff.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import { SCHEMA_VERSION } from "../../../provider/schemas/migrations.ts";
import { readState } from "../../../provider/schemas/phone-number-state.ts";
import { StateError } from "../../../provider/schemas/stored-state.ts";
import { ago, DECLARED, NOW, registered } from "../../support/states.ts";

const STATE = registered({
  observed: { healthStatus: { canSendMessage: "AVAILABLE", entities: [{ entityType: "WABA", id: "9" }] } },
  ledger: {
    attempts: { register: [ago({ hours: 1 })], deregister: [] },
    nameRequests: [{ name: "Lucky Shrub", at: ago({ days: 1 }), unconfirmed: true }],
    restoredAt: ago({ hours: 2 }),
  },
  echo: { displayName: "Lucky Shrub", pin: "123456", verification: { method: "SMS", language: "en", attempt: 2 } },
});
const OUTPUTS = outputsOf(NOW, STATE);

function failure(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(StateError);
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

test("what was written is read back, and what was derived is not", () => {
  const again = readState(STATE.id, OUTPUTS);
  expect(again).toEqual(STATE);
  expect(JSON.stringify(again)).not.toContain("nextAction");
});

test("a state of before pinDeclared is read", () => {
  const { pinDeclared: _new, ...old } = OUTPUTS;
  expect(readState(STATE.id, old).pinDeclared).toBe(false);
});

test("a state that a newer version wrote is refused, and the newer version is the remedy", () => {
  const newer = { ...OUTPUTS, schemaVersion: SCHEMA_VERSION + 1, attempts: "of another form" };
  const { message } = failure(() => readState(STATE.id, newer));
  expect(message).toContain(
    `number ${STATE.id} was written by a newer pulumi-waba (state version ${SCHEMA_VERSION + 1}`,
  );
  expect(message).toContain("npm install pulumi-waba@latest");
  expect(
    failure(() => diffPhoneNumber(NOW, STATE.id, newer, DECLARED, { say: () => {}, warn: () => {}, inRefresh: false }))
      .message,
  ).toBe(message);
});

test.each<[string, Record<string, unknown>, string]>([
  ["without a ledger", { schemaVersion: 1, id: "1" }, "attempts"],
  ["with attempts that are none", { ...OUTPUTS, attempts: { register: ["yesterday"], deregister: [] } }, "attempts"],
  ["with a name request that is none", { ...OUTPUTS, nameRequests: [{ name: 1 }] }, "nameRequests"],
  ["with a status that is no text", { ...OUTPUTS, status: 5 }, "status"],
  ["with an argument that is none", { ...OUTPUTS, register: "yes" }, "register"],
])("a state %s is refused as not ours, by the key", (_what, outputs, key) => {
  const { message } = failure(() => readState(STATE.id, outputs));
  expect(message).toContain(`number ${STATE.id} is not one that pulumi-waba wrote (`);
  expect(message).toMatch(new RegExp(`\\([^)]*\\b${key}\\b`));
  expect(message).toContain("pulumi stack history");
  expect(message).not.toContain("123456");
});

const config = (env: Record<string, string>, values: Record<string, string> = {}) =>
  readSettings(env, (key) => values[key]).credential(undefined);

test.each([" token\n", "token\r\n", "\ttoken "])("a token %j is taken without what surrounds it", (text) => {
  expect(config({ WABA_ACCESS_TOKEN: text }).accessToken).toBe("token");
  expect(config({}, { "waba:accessToken": text }).accessToken).toBe("token");
  expect(config({ ACME: text }, { "waba:accessTokenEnv": "ACME" }).accessToken).toBe("token");
});

test("a blank token is none", () => {
  expect(config({ WABA_ACCESS_TOKEN: " \n" }, { "waba:accessToken": "c" }).accessToken).toBe("c");
  expect(() => config({ WABA_ACCESS_TOKEN: " " }, { "waba:accessToken": "\n" })).toThrow("no access token");
  expect(() => config({ ACME: "\n" }, { "waba:accessTokenEnv": "ACME" })).toThrow("ACME, which is not set");
});

test("the environment's app secret wins over the configuration's", () => {
  const values = { "waba:accessToken": "c", "waba:appSecret": "from-config" };
  expect(config({ WABA_APP_SECRET: "from-env\n" }, values).appSecret).toBe("from-env");
  expect(config({ WABA_APP_SECRET: " " }, values).appSecret).toBe("from-config");
  expect(config({}, { "waba:accessToken": "c" }).appSecret).toBeUndefined();
  expect(config({ WABA_ACCESS_TOKEN: "e", WABA_APP_SECRET: "s" }, values)).toMatchObject({
    accessToken: "e",
    appSecret: "s",
  });
});
