/** Args that several resources have in common, in the one form in which inputs are compared and stored. */
import { z } from "zod";
import { isSafe } from "./addresses.ts";

const A_CALLBACK_URL =
  "must be an https address of at most 200 characters; http on this machine alone, where only an emulator calls it";
const A_CREDENTIAL = "must be the name of a credential of the configuration";

export const wabaId = numericId("a WhatsApp Business Account", "102290129340398");
export const phoneNumberId = numericId("a phone number", "1972385232742141");
export const preVerifiedId = numericId("a pre-verified number", "1971623530254178");
export const businessId = numericId("a business portfolio", "506914307656634");
/** Meta calls https alone, and no loopback; a receiver for an emulator has no certificate. */
export const callbackUrl = z
  .string(A_CALLBACK_URL)
  .max(200, A_CALLBACK_URL)
  .refine((text) => URL.canParse(text) && isSafe(new URL(text)), A_CALLBACK_URL);
/** The value stands in no message. */
export const verifyToken = z.string("must be text").min(1, "must not be empty");
export const credential = z.string(A_CREDENTIAL).min(1, A_CREDENTIAL);

function numericId(of: string, example: string) {
  const reason = `must be the numeric id of ${of}, 5 to 20 digits as text: "${example}"`;
  return z.string(reason).regex(/^\d{5,20}$/, reason);
}
