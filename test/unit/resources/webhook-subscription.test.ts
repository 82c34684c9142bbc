import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { WebhookSubscription, type WebhookSubscriptionArgs } from "../../../provider/index.ts";
import { providerText } from "../../../provider/resources/provider-text.ts";
import { type Registered, recordRegistered, value } from "../../support/registered.ts";

const ID = "102290129340398/670843887433847";
const registered = recordRegistered(ID, ({ callbackUrl }) => ({
  appId: "670843887433847",
  overrideCallbackUri: callbackUrl,
}));

const ARGS: WebhookSubscriptionArgs = {
  wabaId: pulumi.output("102290129340398"),
  callbackUrl: "https://example.org/hook",
  verifyToken: "my-token",
};

test("registers Pulumi's dynamic type with its constant text, and its outputs can be read", async () => {
  const webhooks = new WebhookSubscription("webhooks", ARGS);
  expect(await value(webhooks.id)).toBe(ID);
  expect(await value(webhooks.appId)).toBe("670843887433847");
  expect(await value(webhooks.overrideCallbackUri)).toBe("https://example.org/hook");
  expect(registered.at(-1)).toMatchObject({
    type: "pulumi-nodejs:dynamic/waba:WebhookSubscription",
    name: "webhooks",
    inputs: { __provider: providerText("webhookSubscription"), wabaId: "102290129340398" },
  });
});

test("the verify token is a secret, also as a plain string; the address is none", async () => {
  const webhooks = new WebhookSubscription("secrets", ARGS);
  expect(await pulumi.isSecret(webhooks.verifyToken)).toBe(true);
  expect(await pulumi.isSecret(webhooks.callbackUrl)).toBe(false);
});

test("get reads by the id alone", async () => {
  const webhooks = WebhookSubscription.get("existing", "102290129340398", { credential: "acme" });
  expect(await value(webhooks.id)).toBe("102290129340398");
  const { inputs, id } = registered.at(-1) as Registered;
  expect(id).toBe("102290129340398");
  expect(inputs).toEqual({ __provider: providerText("webhookSubscription"), credential: "acme" });
});

test("isInstance knows its own", () => {
  expect(WebhookSubscription.isInstance(new WebhookSubscription("own", ARGS))).toBe(true);
  expect(WebhookSubscription.isInstance(new pulumi.ComponentResource("a:b:C", "other"))).toBe(false);
  expect(WebhookSubscription.isInstance(undefined)).toBe(false);
});
