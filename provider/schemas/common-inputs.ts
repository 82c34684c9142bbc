/** Args that several resources have in common, in the one form in which inputs are compared and stored. */
import { z } from "zod";

const A_WABA_ID = 'must be the numeric id of a WhatsApp Business Account, as text: "102290129340398"';
const A_CALLBACK_URL = "must be an https address of at most 200 characters";
const A_CREDENTIAL = "must be the name of a credential of the configuration";

export const wabaId = z.string(A_WABA_ID).regex(/^\d{5,20}$/, A_WABA_ID);
const A_NUMBER_ID = 'must be the numeric id of a phone number, as text: "1972385232742141"';
export const phoneNumberId = z.string(A_NUMBER_ID).regex(/^\d{5,20}$/, A_NUMBER_ID);
/** http is taken too: an emulator's receiver has no certificate. Meta refuses it. */
export const callbackUrl = z
  .string(A_CALLBACK_URL)
  .max(200, A_CALLBACK_URL)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), A_CALLBACK_URL);
/** The value stands in no message. */
export const verifyToken = z.string("must be text").min(1, "must not be empty");
export const credential = z.string(A_CREDENTIAL).min(1, A_CREDENTIAL);
