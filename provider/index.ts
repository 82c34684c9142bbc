/** What a program imports: `import * as waba from "pulumi-waba"`. */
export {
  type GetPhoneNumberArgs,
  type GetPhoneNumberOutputArgs,
  getPhoneNumber,
  getPhoneNumberOutput,
} from "./functions/get-phone-number.ts";
export {
  type GetPhoneNumbersArgs,
  type GetPhoneNumbersOutputArgs,
  type GetPhoneNumbersResult,
  getPhoneNumbers,
  getPhoneNumbersOutput,
} from "./functions/get-phone-numbers.ts";
export {
  type GetPreVerifiedPhoneNumbersArgs,
  type GetPreVerifiedPhoneNumbersNumber,
  type GetPreVerifiedPhoneNumbersOutputArgs,
  type GetPreVerifiedPhoneNumbersResult,
  getPreVerifiedPhoneNumbers,
  getPreVerifiedPhoneNumbersOutput,
} from "./functions/get-pre-verified-phone-numbers.ts";
export type { GetPhoneNumberResult } from "./functions/phone-number-result.ts";
export { pinFrom } from "./functions/pin-from.ts";
export type { Phase } from "./lifecycle/phases.ts";
export type { PreVerifiedPhase } from "./lifecycle/pre-verified-phone-number/phases.ts";
export {
  BusinessProfile,
  type BusinessProfileArgs,
  type BusinessProfilePicture,
  type BusinessProfileState,
} from "./resources/business-profile.ts";
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
  type PhoneNumberCallAudio,
  type PhoneNumberCallHours,
  type PhoneNumberCallIcons,
  type PhoneNumberCalling,
  type PhoneNumberCallVideo,
  type PhoneNumberHoliday,
  type PhoneNumberOperatingHours,
  PhoneNumberSettings,
  type PhoneNumberSettingsArgs,
  type PhoneNumberSettingsState,
  type PhoneNumberSip,
  type PhoneNumberSipServer,
  type PhoneNumberStorageConfiguration,
  type PhoneNumberUserIdentityChange,
} from "./resources/phone-number-settings.ts";
export {
  PreVerifiedPhoneNumber,
  type PreVerifiedPhoneNumberArgs,
  type PreVerifiedPhoneNumberState,
  type PreVerifiedPhoneNumberVerification,
} from "./resources/pre-verified-phone-number.ts";
export {
  WebhookSubscription,
  type WebhookSubscriptionArgs,
  type WebhookSubscriptionState,
} from "./resources/webhook-subscription.ts";
