import * as pulumi from "@pulumi/pulumi";
import { expect, expectTypeOf, test } from "vitest";
import { PhoneNumber, type PhoneNumberArgs } from "../../../provider/index.ts";
import { providerText } from "../../../provider/resources/provider-text.ts";
import { type Registered, recordRegistered, value } from "../../support/registered.ts";

const registered = recordRegistered("1972385232742141", () => ({ phase: "registered", certificate: "cert" }));

const ARGS: PhoneNumberArgs = {
  wabaId: "102290129340398",
  phoneNumber: pulumi.output("+16315551111"),
  pin: "123456",
  verification: { method: "SMS", language: "en", code: "123830" },
};
const CALLBACK = { callbackUrl: "https://example.org/hook", verifyToken: "a verify token" };
const CLIENT = { baseUrl: "https://wa.example.com:9090", token: "the client's token", method: "sms" } as const;

test("registers Pulumi's dynamic type with the constant text, and its outputs can be read", async () => {
  const number = new PhoneNumber("support", ARGS);
  expect(await value(number.phase)).toBe("registered");
  expect(await value(number.id)).toBe("1972385232742141");
  expect(registered.at(-1)).toMatchObject({
    type: "pulumi-nodejs:dynamic/waba:PhoneNumber",
    name: "support",
    inputs: { __provider: providerText("phoneNumber"), wabaId: "102290129340398", phoneNumber: "+16315551111" },
  });
});

test("a PIN, a code, a verify token and a client's token are secrets, also as plain strings", async () => {
  const number = new PhoneNumber("secrets", { ...ARGS, webhook: CALLBACK, onPremises: CLIENT });
  expect(await pulumi.isSecret(number.webhook)).toBe(true);
  expect(await pulumi.isSecret(number.onPremises)).toBe(true);
  expect(await value(number.onPremises)).toEqual(CLIENT);
  expect(await pulumi.isSecret(number.pin)).toBe(true);
  expect(await pulumi.isSecret(number.verification)).toBe(true);
  expect(await pulumi.isSecret(number.phoneNumber)).toBe(false);
});

test("get reads by the id alone", async () => {
  const number = PhoneNumber.get("existing", "5555555555");
  expect(await value(number.id)).toBe("5555555555");
  const { inputs, id } = registered.at(-1) as Registered;
  expect(id).toBe("5555555555");
  expect(inputs).toEqual({ __provider: providerText("phoneNumber") });
});

test("isInstance knows its own", () => {
  expect(PhoneNumber.isInstance(new PhoneNumber("own", ARGS))).toBe(true);
  expect(PhoneNumber.isInstance(new pulumi.ComponentResource("a:b:C", "other"))).toBe(false);
  expect(PhoneNumber.isInstance(undefined)).toBe(false);
});

test("types: literal unions, inputs everywhere, and no secret code among the outputs", () => {
  expectTypeOf<PhoneNumberArgs["adopt"]>().toEqualTypeOf<pulumi.Input<"ifExists" | "never" | "require"> | undefined>();
  expectTypeOf<PhoneNumber["registered"]>().toEqualTypeOf<pulumi.Output<boolean>>();
  expectTypeOf<PhoneNumberArgs>().toHaveProperty("wabaId");
  // @ts-expect-error wabaId is required
  const incomplete: PhoneNumberArgs = { phoneNumber: "+16315551111" };
  expect(incomplete).toBeDefined();
});
