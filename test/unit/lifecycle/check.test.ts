import fc from "fast-check";
import { expect, test } from "vitest";
import { readSettings } from "../../../provider/config.ts";
import { checkPhoneNumber } from "../../../provider/lifecycle/phone-number/check.ts";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.ts";
import { DECLARED } from "../../support/states.ts";

const configured = () => readSettings({ WABA_ACCESS_TOKEN: "t" }, () => undefined);
const check = (news: Record<string, unknown>, settings = configured) => checkPhoneNumber(settings, news);
const failing = (news: Record<string, unknown>, settings = configured) =>
  check(news, settings).failures.map(({ property, reason }) => property || `(${reason.split(":")[0]})`);

test("takes what is right, and leaves out what is not declared", () => {
  expect(check({ ...DECLARED, register: undefined, __provider: "text" })).toEqual({ inputs: DECLARED, failures: [] });
});

test.each([
  ["phoneNumber", "+1 (631) 555-1111", "+16315551111"],
  ["phoneNumber", "+1.631.555.1111", "+16315551111"],
  ["displayName", "  Lucky Shrub ", "Lucky Shrub"],
  [
    "verification",
    { method: "SMS", language: "en_US", code: "123-830" },
    { method: "SMS", language: "en_US", code: "123830" },
  ],
])("brings %s %j into its normal form", (property, given, normal) => {
  expect(check({ ...DECLARED, [property]: given }).inputs[property]).toEqual(normal);
});

const SECRET = ["pin", "verification", "displayNmae"];

test.each([
  ["wabaId", "my-account"],
  ["wabaId", 102290129340398],
  ["phoneNumber", "6315551111"],
  ["phoneNumber", "+0315551111"],
  ["phoneNumber", "+1631555111122334455"],
  ["phoneNumber", "+2105551111"],
  ["phoneNumberId", "abc"],
  ["displayName", "ab"],
  ["pin", 123456],
  ["pin", "12345"],
  ["pin", "12345a"],
  ["register", "yes"],
  ["adopt", "always"],
  ["verification", { method: "PIGEON", language: "en" }],
  ["verification", { method: "SMS" }],
  ["verification", { method: "SMS", language: "english", code: "1", attempt: 0 }],
  ["verification", "123830"],
  ["verification", { method: "SMS", language: "en", attempt: 0 }],
  ["credential", ""],
  ["displayNmae", "a typing mistake"],
])("refuses %s %j with one line that names it", (property, value) => {
  expect(failing({ ...DECLARED, [property]: value })).toEqual([SECRET.includes(property) ? `(${property})` : property]);
});

test("says everything that is wrong at once", () => {
  const noToken = () => readSettings({}, () => undefined);
  const properties = failing({ wabaId: "x", pin: "1" }, noToken);
  expect(properties.toSorted()).toEqual(["(pin)", "credential", "phoneNumber", "wabaId"]);
});

test("a missing token is answered with the command that sets it", () => {
  const { failures } = check(DECLARED, () => readSettings({}, () => undefined));
  expect(failures).toHaveLength(1);
  expect(failures[0]?.property).toBe("credential");
  expect(failures[0]?.reason).toContain("pulumi config set --secret waba:accessToken");
});

test("an account that is not allowed is refused, and an unknown one is left to create", () => {
  const settings = () => readSettings({ WABA_ACCESS_TOKEN: "t", WABA_ALLOWED_WABA_IDS: "111111" }, () => undefined);
  expect(failing(DECLARED, settings)).toEqual(["wabaId"]);
  expect(failing({ ...DECLARED, wabaId: "111111" }, settings)).toEqual([]);
  expect(failing({ ...DECLARED, wabaId: UNKNOWN }, settings)).toEqual([]);
});

test("the value of a secret in the wrong form stands in no message, and the engine is not led to print it", () => {
  const { failures } = check({
    ...DECLARED,
    pin: "98765x",
    verification: { method: "SMS", language: "en", code: "55x555" },
  });
  expect(failures).toHaveLength(2);
  expect(JSON.stringify(failures)).not.toMatch(/98765x|55x555/);
  expect(failures.map(({ property }) => property)).toEqual(["", ""]);
});

const value = fc.oneof(fc.string(), fc.constant(UNKNOWN), fc.boolean(), fc.integer(), fc.constant({ code: UNKNOWN }));
const news = fc.dictionary(
  fc.constantFrom(...Object.keys(DECLARED), "verification", "adopt", "register", "other"),
  value,
);

test("never throws, lets unknown values through untouched, and checks its own answer to itself", () => {
  fc.assert(
    fc.property(news, (given) => {
      const { inputs, failures } = check(given);
      for (const [key, item] of Object.entries(given)) if (item === UNKNOWN) expect(inputs[key]).toBe(UNKNOWN);
      if (failures.length === 0) expect(check(inputs)).toEqual({ inputs, failures });
    }),
    { seed: 1, numRuns: 1_000 },
  );
  const once = check({ ...DECLARED, phoneNumber: "+1 631 555 1111" });
  expect(check(once.inputs)).toEqual(once);
});

const CLIENT = { baseUrl: "https://WA.example.com:9090/", token: "client-token", method: "sms" };
const withClient = (client: object, more: object = {}) =>
  check({ wabaId: "102290129340398", phoneNumber: "+16315551111", onPremises: client, ...more });

test("an on-premises client is taken in one spelling, whatever the order of its keys", () => {
  const { inputs, failures } = withClient({ method: "sms", token: "client-token", baseUrl: CLIENT.baseUrl });
  expect(failures).toEqual([]);
  expect(JSON.stringify(inputs.onPremises)).toBe(
    '{"baseUrl":"https://wa.example.com:9090","method":"sms","token":"client-token"}',
  );
});

test.each([
  "http://wa.example.com",
  "https://user:client-token@wa.example.com",
  "https://wa.example.com/v1",
  "https://wa.example.com?token=client-token",
  "ftp://localhost",
  "wa.example.com",
])("%s is no address of a client, and the failure repeats nothing", (baseUrl) => {
  const { failures } = withClient({ ...CLIENT, baseUrl });
  expect(failures).toEqual([{ property: "", reason: expect.stringMatching(/^onPremises: baseUrl must be the https/) }]);
  expect(failures[0]?.reason).not.toContain("client-token");
});

test.each(["http://localhost:9090", "http://127.0.0.1:9090", "http://[::1]:9090"])("%s is this machine", (baseUrl) => {
  expect(withClient({ ...CLIENT, baseUrl }).failures).toEqual([]);
});

test.each([{ token: "two\nlines" }, { token: "" }, { method: "SMS" }, { pigeon: true }])("not %j", (part) => {
  expect(withClient({ ...CLIENT, ...part }).failures).toHaveLength(1);
});

test.each([
  { register: false },
  { webhook: { callbackUrl: "https://example.com/hook", verifyToken: "t" } },
  { dataLocalizationRegion: "DE" },
  { onDelete: "deregister" },
])("with a client, %j is refused", (more) => {
  const { failures } = withClient(CLIENT, more);
  expect(failures.map(({ reason }) => reason).join()).toContain("onPremises exclude each other");
});
