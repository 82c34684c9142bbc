/**
 * What a program may declare for a PhoneNumber, after `check`: the one form in which inputs are compared and stored.
 * Every message here is shown to the user behind the name of the property.
 */
import { z } from "zod";
import { isSafe } from "./addresses.ts";
import { callingCodeOf } from "./calling-codes.ts";
import { callbackUrl, credential, phoneNumberId, preVerifiedId, verifyToken, wabaId } from "./common-inputs.ts";
import { CLIENT_CODE_METHODS, CODE_METHODS, DATA_LOCALIZATION_REGIONS } from "./words.ts";

const E164 = /^\+[1-9]\d{6,14}$/;
const PUNCTUATION = /[\s().-]/g;

const A_NUMBER = 'must be an international number with its country code, as text: "+16315551111"';
const A_PIN = 'must be 6 digits, as text: "048261"';
const A_LANGUAGE = 'must be a language, as "en" or "en_US"';
const A_CODE = "must be the 6 digits of the text message or call, as text";
const A_CLIENT_URL =
  "must be the https address of the on-premises client, without a path, a name or a password; http on this machine alone";
const A_TIME = 'must be a time in ISO form with its zone, as text: "2026-11-23T12:00:00Z"';
const A_TIMEOUT = "must be whole seconds, from 1 to 1800";

export { phoneNumberId };
export const phoneNumber = z
  .string(A_NUMBER)
  .transform((text) => text.replace(PUNCTUATION, ""))
  .refine((text) => E164.test(text), { error: A_NUMBER, abort: true })
  .refine((text) => callingCodeOf(text.slice(1)) !== undefined, {
    error: "begins with a country calling code that is not assigned",
  });
export const displayName = z
  .string("must be text")
  .trim()
  .min(3, "must have at least 3 characters: Meta refuses shorter display names")
  .max(512, "must have at most 512 characters");
/** Sent as text: a number would lose its leading zeros. The value stands in no message. */
export const pin = z.string(A_PIN).regex(/^\d{6}$/, A_PIN);

export const verification = z.strictObject({
  method: z.enum(CODE_METHODS, { error: "must be SMS or VOICE" }),
  language: z.string(A_LANGUAGE).regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, A_LANGUAGE),
  code: z
    .string(A_CODE)
    .transform((text) => text.replace(/[\s-]/g, ""))
    .refine((text) => /^\d{6}$/.test(text), A_CODE)
    .optional(),
  attempt: z.int("must be a whole number").min(1, "must be 1 or more").optional(),
});

/** The account that has the number now. */
export const migrate = z.strictObject({ fromWabaId: wabaId });

export const webhook = z.strictObject({ callbackUrl, verifyToken });

/** Certificate, PIN and token go there: never in clear over a network. */
function isClientUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const { username, password, pathname, search, hash } = url;
  if (username !== "" || password !== "" || pathname !== "/" || search !== "" || hash !== "") return false;
  return isSafe(url);
}

export const onPremises = z.strictObject({
  baseUrl: z
    .string(A_CLIENT_URL)
    .refine(isClientUrl, { error: A_CLIENT_URL, abort: true })
    .transform((text) => new URL(text).origin),
  method: z.enum(CLIENT_CODE_METHODS, { error: "must be sms or voice" }),
  /** The value stands in no message. */
  token: z.string("must be text").regex(/^[\x21-\x7e]+$/, "must be a token of printable characters without spaces"),
});

/** In UTC with milliseconds, so that two spellings of one moment are no change. */
export const embeddedSignupFinishedAt = z.iso
  .datetime({ offset: true, error: A_TIME })
  .transform((text) => new Date(text).toISOString());

export const phoneNumberInputs = z.strictObject({
  wabaId,
  phoneNumber: phoneNumber.optional(),
  phoneNumberId: phoneNumberId.optional(),
  displayName: displayName.optional(),
  pin: pin.optional(),
  register: z.boolean("must be true or false").optional(),
  adopt: z.enum(["ifExists", "never", "require"], { error: 'must be "ifExists", "never" or "require"' }).optional(),
  verification: verification.optional(),
  migrate: migrate.optional(),
  preVerifiedId: preVerifiedId.optional(),
  dataLocalizationRegion: z
    .enum(DATA_LOCALIZATION_REGIONS, { error: `must be one of ${DATA_LOCALIZATION_REGIONS.join(", ")}` })
    .optional(),
  allowReregister: z.boolean("must be true or false").optional(),
  webhook: webhook.optional(),
  embeddedSignupFinishedAt: embeddedSignupFinishedAt.optional(),
  onPremises: onPremises.optional(),
  onDelete: z.enum(["retain", "deregister"], { error: 'must be "retain" or "deregister"' }).optional(),
  waitFor: z.enum(["none", "registered"], { error: 'must be "none" or "registered"' }).optional(),
  waitTimeoutSeconds: z.int(A_TIMEOUT).min(1, A_TIMEOUT).max(1800, A_TIMEOUT).optional(),
  credential: credential.optional(),
});

/** What a program declares, checked and in normal form. */
export type PhoneNumberInputs = z.infer<typeof phoneNumberInputs>;

/** Inputs that `check` let through, with everything known. Pulumi's own keys are left behind. */
export function declaredIn({ __provider: _text, ...inputs }: Readonly<Record<string, unknown>>): PhoneNumberInputs {
  return inputs as PhoneNumberInputs;
}
