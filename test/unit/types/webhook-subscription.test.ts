/** What a program's compiler knows of WebhookSubscription. Checked by tsc: vitest runs this file and proves nothing by it. */
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, test } from "vitest";
import type { PhoneNumber, WebhookSubscription, WebhookSubscriptionArgs } from "../../../provider/index.ts";
import type { WebhookSubscriptionInputs } from "../../../provider/schemas/webhook-subscription-inputs.ts";
import type { Echo, Ledger, Observed } from "../../../provider/schemas/webhook-subscription-state.ts";

test("args are those that check knows, each a value or another resource's output", () => {
  expectTypeOf<keyof WebhookSubscriptionArgs>().toEqualTypeOf<keyof WebhookSubscriptionInputs>();
  expectTypeOf<WebhookSubscriptionInputs>().toExtend<WebhookSubscriptionArgs>();
  expectTypeOf<pulumi.Output<string>>().toExtend<WebhookSubscriptionArgs["verifyToken"]>();
  expectTypeOf<{ wabaId: PhoneNumber["wabaId"] }>().toExtend<WebhookSubscriptionArgs>();
  expectTypeOf<WebhookSubscriptionArgs["onDelete"]>().toEqualTypeOf<
    pulumi.Input<"retain" | "unsubscribe"> | undefined
  >();
});

test("what cannot be right does not compile", () => {
  expectTypeOf<{ callbackUrl: string }>().not.toExtend<WebhookSubscriptionArgs>();
  expectTypeOf<{ wabaId: number }>().not.toExtend<WebhookSubscriptionArgs>();
  expectTypeOf<{ wabaId: string; onDelete: "delete" }>().not.toExtend<WebhookSubscriptionArgs>();
  // @ts-expect-error a misspelt arg
  const misspelt: WebhookSubscriptionArgs = { wabaId: "1", calbackUrl: "https://example.org" };
  expectTypeOf(misspelt).toEqualTypeOf<WebhookSubscriptionArgs>();
});

test("every part of the state is an output", () => {
  expectTypeOf<keyof Observed | keyof Ledger | keyof Echo>().toExtend<keyof WebhookSubscription>();
  type Known = Pick<WebhookSubscription, keyof Observed | keyof Ledger | keyof Echo>;
  expectTypeOf<pulumi.Unwrap<Known>>().toExtend<{ [Key in keyof (Observed & Ledger & Echo)]: unknown }>();
  expectTypeOf<WebhookSubscription["appId"]>().toEqualTypeOf<pulumi.Output<string>>();
  expectTypeOf<WebhookSubscription["callbackUrl"]>().toEqualTypeOf<pulumi.Output<string | undefined>>();
  expectTypeOf<WebhookSubscription["refused"]>().toEqualTypeOf<pulumi.Output<Readonly<Refused> | undefined>>();
});

type Refused = NonNullable<Ledger["refused"]>;

test("outputs are read, not written, and get gives one of its own", () => {
  const rename = (webhooks: WebhookSubscription, appId: pulumi.Output<string>) => {
    // @ts-expect-error an output is readonly
    webhooks.appId = appId;
  };
  expectTypeOf(rename).toBeFunction();
  expectTypeOf<typeof WebhookSubscription.get>().returns.toEqualTypeOf<WebhookSubscription>();
  expectTypeOf<typeof WebhookSubscription.isInstance>().guards.toEqualTypeOf<WebhookSubscription>();
});
