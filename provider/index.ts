/** What a program imports: `import * as waba from "pulumi-waba"`. */
export { pinFrom } from "./functions/pin-from.ts";
export type { Phase } from "./lifecycle/phases.ts";
export {
  PhoneNumber,
  type PhoneNumberArgs,
  type PhoneNumberHealthStatus,
  type PhoneNumberMigrate,
  type PhoneNumberNameRequest,
  type PhoneNumberState,
  type PhoneNumberVerification,
  type PhoneNumberWebhook,
  type PhoneNumberWebhookConfiguration,
} from "./resources/phone-number.ts";
export {
  WebhookSubscription,
  type WebhookSubscriptionArgs,
  type WebhookSubscriptionState,
} from "./resources/webhook-subscription.ts";
