/** Refusals of one-time codes. */
import { managed } from "./refusal.ts";

export const alreadyVerified = () =>
  managed(136024, undefined, "Request code error", "Already verified", "This phone number is already verified.");
export const codeRequestedTooOften = () =>
  managed(136024, 2388367, "Request code error", "Too many codes", "A code was requested too many times. Wait.");
export const codeNotAvailable = () =>
  managed(136024, 2388091, "Request code error", "Could not send the code", "Wait 1 hour, then try again.");
export const wrongCode = () =>
  managed(136025, 2388093, "Verify code error", "Code not verified", "The code is wrong or has expired.");
export const tooManyWrongCodes = () =>
  managed(136025, 2388093, "Verify code error", "Too many guesses", "Wrong codes too many times. Wait 12 hours.");
