/** What a program may declare for a WebhookSubscription, after `check`. Every message is shown behind the property's name. */
import { z } from "zod";
import { callbackUrl, credential, verifyToken, wabaId } from "./common-inputs.ts";
import { declaredBy } from "./declared.ts";

export const webhookSubscriptionInputs = z.strictObject({
  wabaId,
  callbackUrl: callbackUrl.optional(),
  verifyToken: verifyToken.optional(),
  onDelete: z.enum(["retain", "unsubscribe"], { error: 'must be "retain" or "unsubscribe"' }).optional(),
  credential: credential.optional(),
});

/** What a program declares, checked and in normal form. */
export type WebhookSubscriptionInputs = z.infer<typeof webhookSubscriptionInputs>;

export function declaredIn(inputs: Readonly<Record<string, unknown>>) {
  return declaredBy(webhookSubscriptionInputs, inputs);
}
