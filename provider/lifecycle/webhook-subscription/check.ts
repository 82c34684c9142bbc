/** Whether what a program declares of a webhook subscription can be right, and its normal form. Pure. */
import type { Settings } from "../../config.ts";
import { webhookSubscriptionInputs } from "../../schemas/webhook-subscription-inputs.ts";
import { type Args, type Checked, checkArgs, type Failure } from "../check.ts";

const ARGS: Args = {
  of: "WebhookSubscription",
  shape: webhookSubscriptionInputs.shape,
  printable: ["wabaId", "callbackUrl", "onDelete", "credential"],
  required: { wabaId: "is required: the id of the WhatsApp Business Account" },
  contradictions,
};

export function checkWebhookSubscription(settings: () => Settings, news: Readonly<Record<string, unknown>>): Checked {
  return checkArgs(ARGS, settings, news);
}

/** Meta wants a token with every address, and keeps none. */
function contradictions({ callbackUrl, verifyToken }: Readonly<Record<string, unknown>>): Failure[] {
  if ((callbackUrl === undefined) === (verifyToken === undefined)) return [];
  const reason =
    callbackUrl === undefined
      ? "is required with verifyToken: which address does Meta verify by it?"
      : "needs verifyToken: Meta sends it along while it verifies the address";
  return [{ property: "callbackUrl", reason }];
}
