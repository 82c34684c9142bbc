/** What a program imports: `import * as waba from "pulumi-waba"`. */
export type { Phase } from "./lifecycle/phases.ts";
export {
  PhoneNumber,
  type PhoneNumberArgs,
  type PhoneNumberHealthStatus,
  type PhoneNumberNameRequest,
  type PhoneNumberState,
  type PhoneNumberVerification,
  type PhoneNumberWebhookConfiguration,
} from "./resources/phone-number.ts";
