/** What a user reads of args that cannot be right: short, and with the name of what is wrong. */
import { expect, test } from "vitest";
import { readSettings } from "../../../provider/config.ts";
import { checkBusinessProfile } from "../../../provider/lifecycle/business-profile/check.ts";
import type { Checked } from "../../../provider/lifecycle/check.ts";
import { checkPhoneNumber } from "../../../provider/lifecycle/phone-number/check.ts";
import { checkPhoneNumberSettings } from "../../../provider/lifecycle/phone-number-settings/check.ts";
import { checkPreVerifiedPhoneNumber } from "../../../provider/lifecycle/pre-verified-phone-number/check.ts";
import { checkWebhookSubscription } from "../../../provider/lifecycle/webhook-subscription/check.ts";
import { declaredIn as profileIn } from "../../../provider/schemas/business-profile-inputs.ts";
import { declaredIn as settingsIn } from "../../../provider/schemas/phone-number-settings-inputs.ts";
import { declaredIn as preVerifiedIn } from "../../../provider/schemas/pre-verified-phone-number-inputs.ts";
import { declaredIn as subscriptionIn } from "../../../provider/schemas/webhook-subscription-inputs.ts";
import { DECLARED } from "../../support/states.ts";

const settings = () => readSettings({ WABA_ACCESS_TOKEN: "t" }, () => undefined);
const WABA = "102290129340398";
const ID = "1972385232742141";
const BUSINESS = "506914307656634";
const CLIENT = { baseUrl: "https://wa.example.com", method: "sms", token: "t" };
const HOOK = { callbackUrl: "https://example.com/hook", verifyToken: "t" };

const checkNumber = (news: object) => checkPhoneNumber(settings, { ...DECLARED, ...news });
const checkPreVerified = (news: object) =>
  checkPreVerifiedPhoneNumber(settings, { businessId: BUSINESS, phoneNumber: "+16315551111", ...news });
const checkSubscription = (news: object) => checkWebhookSubscription(settings, { wabaId: WABA, ...news });
const checkProfile = (news: object) => checkBusinessProfile(settings, { phoneNumberId: ID, ...news });
const checkSettings = (news: object) => checkPhoneNumberSettings(settings, { phoneNumberId: ID, ...news });

const hours = (more: object = {}) => ({
  status: "ENABLED",
  timezoneId: "Europe/Berlin",
  weeklyOperatingHours: [{ dayOfWeek: "MONDAY", openTime: "0900", closeTime: "1700", ...more }],
});
const CLIENT_OR_CLOUD = "a number is registered with the client or with the Cloud API";
const A_ZONE = 'must be a time zone of the IANA database, as "Europe/Berlin"';

test.each<[Checked, string]>([
  [checkSettings({ calling: { status: "ON" } }), 'calling: status must be "ENABLED" or "DISABLED"'],
  [checkSettings({ calling: {} }), "calling: must not be empty"],
  [
    checkSettings({ calling: { callHours: { ...hours(), timezoneId: "Mars/X" } } }),
    `calling: callHours.timezoneId ${A_ZONE}`,
  ],
  [
    checkSettings({ calling: { callHours: hours({ openTime: "9:00" }) } }),
    'calling: callHours.weeklyOperatingHours[0].openTime must be a time of day, as "0930"',
  ],
  [
    checkProfile({ websites: ["https://a.example", "b"] }),
    "websites: [1] must be an http or https address of at most 256 characters",
  ],
  [
    checkPreVerified({ sharedWith: ["x"] }),
    'sharedWith: [0] must be the numeric id of a business portfolio, 5 to 20 digits as text: "506914307656634"',
  ],
  [
    checkPreVerified({ sharedWith: [BUSINESS] }),
    "sharedWith: names the business that has the number: Meta shares only with another one",
  ],
  [
    checkNumber({ migrate: { fromWabaId: DECLARED.wabaId } }),
    "migrate: must name the account that has the number now, not this one",
  ],
])("names what has parts in the reason, so that the engine prints none of them: %#", ({ failures }, reason) => {
  expect(failures).toEqual([{ property: "", reason }]);
});

test.each([
  ["register", { register: false }],
  ["webhook", { webhook: HOOK }],
  ["dataLocalizationRegion", { dataLocalizationRegion: "DE" }],
  ["onDelete", { onDelete: "deregister" }],
])("%s and onPremises: the reason says which two exclude each other", (property, more) => {
  const { failures } = checkNumber({ onPremises: CLIENT, ...more });
  expect(failures).toEqual([
    { property: "", reason: `${property} and onPremises exclude each other: ${CLIENT_OR_CLOUD}` },
  ]);
});

test("preVerifiedId and migrate: the reason says which two exclude each other", () => {
  const { failures } = checkNumber({ migrate: { fromWabaId: "999999" }, preVerifiedId: "1971623530254178" });
  expect(failures[0]).toEqual({
    property: "",
    reason: "preVerifiedId and migrate exclude each other: declare where the number comes from once",
  });
});

test.each([
  ["wabaId", checkSubscription({ wabaId: "999" })],
  ["phoneNumberId", checkProfile({ phoneNumberId: "1" })],
  ["preVerifiedId", checkNumber({ preVerifiedId: "1" })],
  ["businessId", checkPreVerified({ businessId: "1".repeat(21) })],
])("%s of another length is told how many digits it has", (property, { failures }) => {
  expect(failures).toEqual([
    { property, reason: expect.stringMatching(/^must be the numeric id of .*, 5 to 20 digits/) },
  ]);
});

const A_CALLBACK = /^callbackUrl must be an https address/;
test.each(["http://example.com/hook", "http://10.0.0.1/hook", "ftp://localhost/hook", "https:/", "example.com"])(
  "%s is no address that Meta calls",
  (callbackUrl) => {
    const { failures } = checkSubscription({ ...HOOK, callbackUrl });
    expect(failures).toEqual([{ property: "callbackUrl", reason: expect.stringMatching(/^must be an https address/) }]);
    const [failure] = checkNumber({ webhook: { ...HOOK, callbackUrl } }).failures;
    expect(failure?.reason.replace("webhook: ", "")).toMatch(A_CALLBACK);
  },
);

test.each(["https://example.com", "http://127.0.0.1:8080/hook", "http://localhost/hook", "http://[::1]:1/"])(
  "%s is one, or on this machine",
  (callbackUrl) => {
    expect(checkSubscription({ ...HOOK, callbackUrl }).failures).toEqual([]);
    expect(checkNumber({ webhook: { ...HOOK, callbackUrl } }).failures).toEqual([]);
  },
);

const zone = (timezoneId: unknown) => checkSettings({ calling: { callHours: { ...hours(), timezoneId } } }).failures;

test("zones are told by all of their names", () => {
  const names = [...Intl.supportedValuesOf("timeZone"), "UTC", "GMT", "US/Eastern", "Asia/Calcutta", "Etc/GMT+5"];
  expect(names.filter((name) => zone(name).length > 0)).toEqual([]);
});

test.each(["Mars/X", "", "Europe", "+01:00", "-0500", "Berlin", 60])("%j is no time zone", (name) => {
  expect(zone(name)).toEqual([{ property: "", reason: `calling: callHours.timezoneId ${A_ZONE}` }]);
});

test.each<[(inputs: Record<string, unknown>) => object, Record<string, unknown>]>([
  [subscriptionIn, { wabaId: WABA, ...HOOK, callbackUrl: "http://example.com/hook" }],
  [settingsIn, { phoneNumberId: ID, calling: { callHours: { ...hours(), timezoneId: "Mars/X" } } }],
  [profileIn, { phoneNumberId: ID, vertical: "SPACE" }],
  [preVerifiedIn, { businessId: "1", phoneNumber: "+16315551111" }],
])("inputs of a stack that an older version let through are read as they are: %#", (declaredIn, inputs) => {
  expect(declaredIn({ ...inputs, __provider: "text" })).toEqual(inputs);
});
