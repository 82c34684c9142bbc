import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConfigError, type Environment, readSettings } from "../../provider/config.ts";

const settings = (env: Environment, config: Record<string, string> = {}) => readSettings(env, (key) => config[key]);
const NAMED = JSON.stringify({ acme: { accessToken: "from-json", appSecret: "s" }, byEnv: { accessTokenEnv: "ACME" } });

test("defaults to Meta's address and a version that lives", () => {
  expect(settings({})).toMatchObject({
    baseUrl: "https://graph.facebook.com",
    apiVersion: "v25.0",
    allowedWabaIds: undefined,
  });
});

test.each<[string, Environment, Record<string, string>, string, string]>([
  ["the environment before config", { WABA_ACCESS_TOKEN: "e" }, { "waba:accessToken": "c" }, "e", "WABA_ACCESS_TOKEN"],
  ["config", {}, { "waba:accessToken": "c" }, "c", "waba:accessToken"],
  ["the variable that config names", { ACME: "a" }, { "waba:accessTokenEnv": "ACME" }, "a", "ACME"],
  [
    "config, when the variable is empty",
    { WABA_ACCESS_TOKEN: "" },
    { "waba:accessToken": "c" },
    "c",
    "waba:accessToken",
  ],
])("takes the token from %s and says so", (_what, env, config, token, source) => {
  const credential = settings(env, config).credential(undefined);
  expect(credential.accessToken).toBe(token);
  expect(credential.source).toContain(source);
});

test("named credentials come from config, file and environment, the environment last", () => {
  const file = join(mkdtempSync(join(tmpdir(), "waba-test-")), "credentials.json");
  writeFileSync(file, JSON.stringify({ acme: { accessToken: "from-file" }, file: { accessToken: "f" } }));
  const env = { WABA_CREDENTIALS_FILE: file, WABA_CREDENTIALS: NAMED, ACME: "by-env" };
  const read = settings(env, {
    "waba:credentials": JSON.stringify({ acme: { accessToken: "c" }, config: { accessToken: "cfg" } }),
  });
  expect(read.credential("acme")).toMatchObject({ accessToken: "from-json", appSecret: "s" });
  expect(read.credential("byEnv").accessToken).toBe("by-env");
  expect(read.credential("file").accessToken).toBe("f");
  expect(read.credential("config").accessToken).toBe("cfg");
});

test.each<[string, () => unknown, RegExp]>([
  ["no token at all", () => settings({}).credential(undefined), /pulumi config set --secret waba:accessToken/],
  [
    "a name that is not configured",
    () => settings({ WABA_CREDENTIALS: NAMED }).credential("other"),
    /"other"; configured are: acme, byEnv/,
  ],
  [
    "a variable that is not set",
    () => settings({ WABA_CREDENTIALS: NAMED }).credential("byEnv"),
    /variable ACME, which is not set/,
  ],
  [
    "credentials that are not JSON",
    () => settings({ WABA_CREDENTIALS: "acme=t0ken" }).credential("acme"),
    /WABA_CREDENTIALS is not JSON/,
  ],
  [
    "credentials of another form",
    () => settings({ WABA_CREDENTIALS: '{"acme":"t0ken"}' }).credential("acme"),
    /right form \(acme\)/,
  ],
  [
    "a file that is not there",
    () => settings({ WABA_CREDENTIALS_FILE: "/nowhere/c.json" }).credential("acme"),
    /cannot be read/,
  ],
  ["an address that is none", () => settings({ WABA_BASE_URL: "graph" }), /must be an http or https address/],
  ["a version that is none", () => settings({}, { "waba:apiVersion": "25" }), /must look like v25\.0/],
  [
    "allowed accounts that are none",
    () => settings({ WABA_ALLOWED_WABA_IDS: "acme" }),
    /account ids, separated by commas/,
  ],
])("%s is a clear error without the secret", (_what, read, message) => {
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/t0ken/);
});

test.each(["1111111, 2222222", '["1111111","2222222"]', "1111111 2222222"])(
  "reads allowed accounts from %j",
  (text) => {
    expect(settings({ WABA_ALLOWED_WABA_IDS: text }).allowedWabaIds).toEqual(new Set(["1111111", "2222222"]));
  },
);

test("the present configuration, where it is handed over, counts instead of the recorded one", () => {
  const env = { WABA_STACK_CONFIG: JSON.stringify({ "waba:accessToken": "present" }) };
  const recorded = (key: string) => ({ "waba:accessToken": "recorded", "waba:allowedWabaIds": "1" })[key];
  const settings = readSettings(env, recorded);
  expect(settings.credential(undefined).accessToken).toBe("present");
  expect(settings.allowedWabaIds).toBeUndefined();
  expect(readSettings({ ...env, WABA_ACCESS_TOKEN: "own" }, recorded).credential(undefined).accessToken).toBe("own");
  for (const wrong of ["{", "[]", '{"a":1}']) {
    expect(() => readSettings({ WABA_STACK_CONFIG: wrong }, recorded)).toThrow(
      /WABA_STACK_CONFIG is not of the right form/,
    );
  }
});
