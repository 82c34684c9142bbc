/** What a program may declare for a BusinessProfile, after `check`. Lengths are those of Meta's guide, in characters. */
import { z } from "zod";
import { credential, phoneNumberId, wabaId } from "./common-inputs.ts";
import { declaredBy } from "./declared.ts";
import { BUSINESS_VERTICALS } from "./words.ts";

const ABOUT_MAX = 139;
const ADDRESS_MAX = 256;
/** Meta's OpenAPI file says 256: the larger one is Graph's to refuse. */
const DESCRIPTION_MAX = 512;
const EMAIL_MAX = 128;
const WEBSITE_MAX = 256;
const WEBSITES_MAX = 2;

const AN_EMAIL = `must be an email address of at most ${EMAIL_MAX} characters, or empty`;
const A_WEBSITE = `must be an http or https address of at most ${WEBSITE_MAX} characters`;
const A_VERTICAL = `must be one of ${BUSINESS_VERTICALS.join(", ")}`;
const PICTURE_TYPES = ["image/jpeg", "image/png"] as const;
const A_PICTURE = 'must be the path of a file, as "logo.png"';
const NO_FILE = "names no file that can be read: a path starts at the folder that the program runs in";
const NO_PICTURE = "must be a JPEG or a PNG: the file holds neither";

/** Spaces around a text are no part of it: what Graph makes of them nobody has published. */
function upTo(max: number) {
  const reason = `must be text of at most ${max} characters`;
  return z
    .string(reason)
    .trim()
    .refine((text) => [...text].length <= max, reason);
}

/** What the program found at the path, see resources/picture.ts. */
const picture = z
  .strictObject(
    { path: z.string(A_PICTURE).min(1, A_PICTURE), sha256: z.string().optional(), fileType: z.string().optional() },
    A_PICTURE,
  )
  .transform(({ path, sha256, fileType }, context) => {
    const type = PICTURE_TYPES.find((one) => one === fileType);
    if (sha256 !== undefined && type !== undefined) return { path, sha256, fileType: type };
    context.addIssue({ code: "custom", message: `${sha256 === undefined ? NO_FILE : NO_PICTURE} (${path})` });
    return z.NEVER;
  });
export type Picture = z.infer<typeof picture>;

export const businessProfileInputs = z.strictObject({
  phoneNumberId,
  wabaId: wabaId.optional(),
  about: upTo(ABOUT_MAX)
    .refine((text) => text !== "", "must not be empty: Meta takes no empty one")
    .optional(),
  address: upTo(ADDRESS_MAX).optional(),
  description: upTo(DESCRIPTION_MAX).optional(),
  email: z
    .string(AN_EMAIL)
    .trim()
    .refine((text) => [...text].length <= EMAIL_MAX && /^$|^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), AN_EMAIL)
    .optional(),
  vertical: z.enum(BUSINESS_VERTICALS, { error: A_VERTICAL }).optional(),
  websites: z
    .array(
      z
        .string(A_WEBSITE)
        .refine(
          (text) => [...text].length <= WEBSITE_MAX && /^https?:\/\//i.test(text) && URL.canParse(text),
          A_WEBSITE,
        ),
      `must be a list of at most ${WEBSITES_MAX} addresses`,
    )
    .max(WEBSITES_MAX, `must be a list of at most ${WEBSITES_MAX} addresses`)
    .optional(),
  picture: picture.optional(),
  onDelete: z.literal("retain", { error: 'must be "retain": a profile cannot be deleted' }).optional(),
  credential: credential.optional(),
});

/** What a program declares, checked and in normal form. */
export type BusinessProfileInputs = z.infer<typeof businessProfileInputs>;

export function declaredIn(inputs: Readonly<Record<string, unknown>>) {
  return declaredBy(businessProfileInputs, inputs);
}
