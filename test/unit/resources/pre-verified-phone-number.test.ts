import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { PreVerifiedPhoneNumber, type PreVerifiedPhoneNumberArgs } from "../../../provider/index.ts";
import { providerText } from "../../../provider/resources/provider-text.ts";
import { type Registered, recordRegistered, value } from "../../support/registered.ts";

const ID = "1971623530254178";
const registered = recordRegistered(ID, () => ({ phase: "code-sent" }));

const ARGS: PreVerifiedPhoneNumberArgs = {
  businessId: pulumi.output("506914307656634"),
  phoneNumber: "+15550783881",
  verification: { method: "IVR", language: "en", code: "123-830" },
  sharedWith: [pulumi.output("1906385232743451")],
};

test("registers Pulumi's dynamic type with its constant text, and its outputs can be read", async () => {
  const pooled = new PreVerifiedPhoneNumber("pooled", ARGS);
  expect(await value(pooled.id)).toBe(ID);
  expect(await value(pooled.phase)).toBe("code-sent");
  expect(await value(pooled.sharedWith)).toEqual(["1906385232743451"]);
  expect(registered.at(-1)).toMatchObject({
    type: "pulumi-nodejs:dynamic/waba:PreVerifiedPhoneNumber",
    name: "pooled",
    inputs: { __provider: providerText("preVerifiedPhoneNumber"), phoneNumber: "+15550783881" },
  });
});

test("the code is a secret, also as a plain string; the number is none", async () => {
  const pooled = new PreVerifiedPhoneNumber("secrets", ARGS);
  expect(await pulumi.isSecret(pooled.verification)).toBe(true);
  expect(await pulumi.isSecret(pooled.phoneNumber)).toBe(false);
});

test("get reads by the id alone", async () => {
  const pooled = PreVerifiedPhoneNumber.get("existing", ID, { credential: "acme" });
  expect(await value(pooled.id)).toBe(ID);
  const { inputs, id } = registered.at(-1) as Registered;
  expect(id).toBe(ID);
  expect(inputs).toEqual({ __provider: providerText("preVerifiedPhoneNumber"), credential: "acme" });
});

test("isInstance knows its own", () => {
  expect(PreVerifiedPhoneNumber.isInstance(new PreVerifiedPhoneNumber("own", ARGS))).toBe(true);
  expect(PreVerifiedPhoneNumber.isInstance(new pulumi.ComponentResource("a:b:C", "other"))).toBe(false);
  expect(PreVerifiedPhoneNumber.isInstance(undefined)).toBe(false);
});
