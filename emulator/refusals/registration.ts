/** Refusals of register, deregister and the PIN. */
import { SECOND } from "../limits.ts";
import { badRequest, GraphRefusal, managed } from "./refusal.ts";

export const onBusinessApp = () =>
  new GraphRefusal({
    status: 400,
    code: 100,
    message: "Register endpoint is not available for SMB businesses.",
  });
/** I: what these two answer for a number on the app was never published. */
export const deregisterOnBusinessApp = () =>
  badRequest(100, "Deregister endpoint is not available for SMB businesses.");
export const pinOnBusinessApp = () => badRequest(100, "The two-step PIN cannot be set for SMB businesses.");
export const accountLocked = () =>
  new GraphRefusal({
    status: 403,
    code: 131031,
    message: "(#131031) Business account has been locked",
    details: "The account has been restricted or disabled for violating a platform policy.",
  });
export const pinMismatch = () =>
  badRequest(133005, "Two step verification PIN mismatch", { details: "The PIN is not the one that was set." });
export const pinGuessedTooOften = (wait: number) =>
  badRequest(133008, "Too many two step verification PIN guesses", { details: waitFor(wait) });
export const pinGuessedTooFast = (wait: number) =>
  badRequest(133009, "Two step verification PIN guessed too fast", { details: waitFor(wait) });
const waitFor = (milliseconds: number) => `Wait ${Math.ceil(milliseconds / SECOND)} seconds before trying again.`;
export const needsVerification = () =>
  badRequest(133006, "Phone number re-verification needed", {
    details: "Verify the number with a code before registering it.",
  });
export const nameNotProvisioned = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot Create Certificate",
    "Your display name could not be processed. Please edit your display name and try again.",
  );
/** D for the text; I for the code, which is not published. */
export const tooManyNumbers = () =>
  managed(
    100,
    undefined,
    "Invalid parameter",
    "Too many phone numbers",
    "You have already linked the maximum number of phone numbers allowed for this Business Account.",
  );
/** I: what a register call after the 14 days answers is not published. */
export const signupLapsed = () =>
  badRequest(100, "The phone number was not registered within 14 days of the embedded signup. Repeat the signup.");
export const deregisterIncomplete = () =>
  new GraphRefusal({
    status: 500,
    code: 133000,
    message: "(#133000) Incomplete deregistration",
    details: "A previous deregistration did not complete. Deregister the number again before registering it.",
  });
/** I: which codes these two have when they are registered. */
export const numberMigrated = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot Create Certificate",
    "This phone number has moved to another WhatsApp Business Account.",
  );
export const numberDeleted = () => badRequest(33, "The phone number was deleted.");
export const notRegistered = () =>
  badRequest(133010, "Account not registered", { details: "The phone number is not registered with the Cloud API." });
export const tooManyCalls = (call: "register" | "deregister", until: string) =>
  badRequest(133016, `Account ${call} rate limit exceeded`, {
    details: `Too many ${call} calls for this phone number. It is blocked until ${until}.`,
  });
export const regionIsFixed = () =>
  badRequest(100, "data_localization_region cannot be changed while the number is registered.");
/** I for the code: Meta's guide says that the two exclude each other. */
export const regionExcludesRetention = () =>
  badRequest(100, "data_localization_region cannot be used when the storage is set to NO_STORAGE_ENABLED.");
