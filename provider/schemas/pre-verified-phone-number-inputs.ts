/** What a program may declare for a PreVerifiedPhoneNumber, after `check`. Every message is shown behind the property's name. */
import { z } from "zod";
import { credential } from "./common-inputs.ts";
import { phoneNumber, verification } from "./phone-number-inputs.ts";
import { CODE_METHODS } from "./words.ts";

const A_BUSINESS_ID = 'must be the numeric id of a business portfolio, as text: "506914307656634"';

/** Source: Meta's SDK specification. */
const PRE_VERIFIED_CODE_METHODS = [...CODE_METHODS, "IVR"] as const;
export type CodeMethod = (typeof PRE_VERIFIED_CODE_METHODS)[number];

const businessId = z.string(A_BUSINESS_ID).regex(/^\d{5,20}$/, A_BUSINESS_ID);
export const codeMethod = z.enum(PRE_VERIFIED_CODE_METHODS, { error: "must be SMS, VOICE or IVR" });

export const preVerifiedPhoneNumberInputs = z.strictObject({
  businessId,
  phoneNumber,
  verification: verification.extend({ method: codeMethod }).optional(),
  sharedWith: z
    .array(businessId, "must be a list of the ids of businesses")
    .refine((ids) => new Set(ids).size === ids.length, "names a business twice")
    .optional(),
  onDelete: z.enum(["retain", "delete"], { error: 'must be "retain" or "delete"' }).optional(),
  credential: credential.optional(),
});

/** What a program declares, checked and in normal form. */
export type PreVerifiedPhoneNumberInputs = z.infer<typeof preVerifiedPhoneNumberInputs>;

/** Inputs that `check` let through, with everything known. Pulumi's own keys are left behind. */
export function declaredIn({ __provider: _text, ...inputs }: Readonly<Record<string, unknown>>) {
  return preVerifiedPhoneNumberInputs.parse(inputs);
}
