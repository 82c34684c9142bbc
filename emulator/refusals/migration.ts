/**
 * Refusals of a migration between accounts. D for the subcodes and for which reason has which; all 2388103 differ in
 * their texts only. I for code 100 around them, and for the reasons that Meta tells in prose without a subcode.
 */
import { managed } from "./refusal.ts";

const cannotMigrate = (title: string, userMessage: string) =>
  managed(100, 2388103, "Invalid parameter", title, userMessage);

export const nothingToMigrate = () =>
  cannotMigrate("Add this number directly", "This phone number can be added directly; it needs no migration.");
export const otherBusiness = () =>
  cannotMigrate("Different business", "The source and the destination account must belong to the same business.");
export const sourceNotApproved = () =>
  cannotMigrate("Source account not set up", "The account that this phone number is registered with is not approved.");
export const destinationNotApproved = () =>
  cannotMigrate(
    "Account not approved",
    "Your WhatsApp account must be approved before it can take over phone numbers.",
  );
export const noPaymentAccount = () =>
  cannotMigrate("No payment account", "Your WhatsApp account has no payment method.");
export const noWebhooks = () =>
  cannotMigrate("Cannot migrate phone number", "Subscribe your app to the webhooks of the destination account first.");
export const nameNotApproved = () =>
  cannotMigrate("Name not approved", "The display name must be approved, and no change of it may be in review.");
export const migrationRunning = () =>
  cannotMigrate("Migration in progress", "This phone number is already being migrated to another account.");
export const testNumber = () => cannotMigrate("Test number", "Test numbers cannot be migrated.");
export const numberOnBusinessApp = () =>
  cannotMigrate("Number on the app", "Numbers that are used with the WhatsApp Business app cannot be migrated.");
export const twoStepIsOn = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot create certificate",
    "Two-step verification must be turned off for this phone number before it is migrated.",
  );
