import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { PhoneNumberSettings, type PhoneNumberSettingsArgs } from "../../../provider/index.ts";
import { providerText } from "../../../provider/resources/provider-text.ts";
import { type Registered, recordRegistered, value } from "../../support/registered.ts";

const ID = "1972385232742141/settings";
const registered = recordRegistered(ID, () => ({ registered: true }));

const ARGS: PhoneNumberSettingsArgs = {
  phoneNumberId: pulumi.output("1972385232742141"),
  calling: { status: pulumi.output("ENABLED" as const), sip: { status: "DISABLED" } },
};

test("registers Pulumi's dynamic type with its constant text, and its outputs can be read", async () => {
  const settings = new PhoneNumberSettings("support", ARGS);
  expect(await value(settings.id)).toBe(ID);
  expect(await value(settings.registered)).toBe(true);
  expect(await value(settings.calling)).toEqual({ status: "ENABLED", sip: { status: "DISABLED" } });
  expect(registered.at(-1)).toMatchObject({
    type: "pulumi-nodejs:dynamic/waba:PhoneNumberSettings",
    name: "support",
    inputs: { __provider: providerText("phoneNumberSettings"), phoneNumberId: "1972385232742141" },
  });
});

test("get reads by the id alone", async () => {
  const settings = PhoneNumberSettings.get("existing", ID, { credential: "acme" });
  expect(await value(settings.id)).toBe(ID);
  const { inputs, id } = registered.at(-1) as Registered;
  expect(id).toBe(ID);
  expect(inputs).toEqual({ __provider: providerText("phoneNumberSettings"), credential: "acme" });
});

test("isInstance knows its own", () => {
  expect(PhoneNumberSettings.isInstance(new PhoneNumberSettings("own", ARGS))).toBe(true);
  expect(PhoneNumberSettings.isInstance(new pulumi.ComponentResource("a:b:C", "other"))).toBe(false);
  expect(PhoneNumberSettings.isInstance(undefined)).toBe(false);
});
