/** What a program may declare for a PreVerifiedPhoneNumber, after `check`. Every message is shown behind the property's name. */
import { z } from "zod";
import { businessId, credential } from "./common-inputs.ts";
import { declaredBy } from "./declared.ts";
import { phoneNumber, verification } from "./phone-number-inputs.ts";
import { CODE_METHODS } from "./words.ts";

/** Source: Meta's SDK specification. */
const PRE_VERIFIED_CODE_METHODS = [...CODE_METHODS, "IVR"] as const;
export type CodeMethod = (typeof PRE_VERIFIED_CODE_METHODS)[number];

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

export function declaredIn(inputs: Readonly<Record<string, unknown>>) {
  return declaredBy(preVerifiedPhoneNumberInputs, inputs);
}
