/** GET and POST /{PNID}/whatsapp_business_profile */
import { createHash } from "node:crypto";
import { BUSINESS_VERTICALS } from "../../provider/schemas/words.ts";
import { project, readFields } from "../calls/fields.ts";
import { isWebAddress, optionalText, type Params, requiredWord } from "../calls/params.ts";
import { PROFILE_LENGTHS, PROFILE_WEBSITES_MAX } from "../limits.ts";
import { PROFILE_NODE } from "../nodes/profile.ts";
import type { Random } from "../random.ts";
import type { BusinessProfile } from "../records/profile.ts";
import { invalidParam } from "../refusals/request.ts";
import { noPicture } from "../refusals/upload.ts";
import type { UploadBook } from "../uploads.ts";
import { type NumberOperation, SUCCESS } from "./operation.ts";

export const readProfile: NumberOperation = (_state, params, context) => {
  const profile = context.number.profile ?? {};
  const drawPictureUrl = () => pictureUrl(profile.profile_picture_handle, context.random);
  const fields = readFields(params, PROFILE_NODE);
  const { id: _, ...shown } = project(
    { id: context.number.id, profile, drawPictureUrl },
    fields,
    PROFILE_NODE,
    context,
  );
  return { data: [{ ...shown, messaging_product: "whatsapp" }] };
};

/** Parameters that are left out stay as they were; all are right before one takes effect. */
export const updateProfile: NumberOperation = (state, params, { number, uploads }) => {
  requiredWord(params, "messaging_product", ["whatsapp"]);
  const current = number.profile ?? {};
  const profile: BusinessProfile = {
    about: readAbout(params) ?? current.about,
    address: cleared(boundedText(params, "address"), current.address),
    description: cleared(boundedText(params, "description"), current.description),
    email: cleared(readEmail(params), current.email),
    profile_picture_handle: cleared(readPicture(params, uploads), current.profile_picture_handle),
    vertical: readVertical(params, current.vertical),
    websites: readWebsites(params) ?? current.websites,
  };
  state.putNumber({
    ...number,
    profile: { ...profile, websites: profile.websites?.length === 0 ? undefined : profile.websites },
  });
  return SUCCESS;
};

/** I: empty text unsets. D for `about`: it cannot be emptied. */
function cleared(given: string | undefined, current: string | undefined): string | undefined {
  return given === "" ? undefined : (given ?? current);
}

function boundedText(params: Params, name: "about" | "address" | "description" | "email"): string | undefined {
  const value = optionalText(params, name);
  if (value === undefined) return undefined;
  const max = PROFILE_LENGTHS[name];
  if ([...value].length > max) throw invalidParam(name, `must have at most ${max} characters`, value);
  return value;
}

function readAbout(params: Params): string | undefined {
  const about = boundedText(params, "about");
  if (about?.trim() === "") throw invalidParam("about", `must have 1 to ${PROFILE_LENGTHS.about} characters`, about);
  return about;
}

function readEmail(params: Params): string | undefined {
  const email = boundedText(params, "email");
  if (email === undefined || email === "" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email;
  throw invalidParam("email", "must be an email address", email);
}

/** D: empty text is taken. T: a vertical that was set cannot be set back to empty. */
function readVertical(params: Params, current: string | undefined): string | undefined {
  const vertical = optionalText(params, "vertical");
  if (vertical === undefined || (vertical === "" && current === undefined)) return current;
  if (BUSINESS_VERTICALS.some((word) => word === vertical)) return vertical;
  throw invalidParam("vertical", `must be one of {${BUSINESS_VERTICALS.join(", ")}}`, vertical);
}

function readPicture(params: Params, uploads: UploadBook): string | undefined {
  const handle = optionalText(params, "profile_picture_handle");
  if (handle === undefined || handle === "" || uploads.typeOf(handle)?.startsWith("image/")) return handle;
  throw noPicture(handle);
}

/** A list, or one address as text (I); an empty list unsets. */
function readWebsites(params: Params): string[] | undefined {
  const value = params.get("websites");
  if (value === undefined || value === null) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : value === "" ? [] : [value];
  if (list.length > PROFILE_WEBSITES_MAX) {
    throw invalidParam("websites", `must have at most ${PROFILE_WEBSITES_MAX} entries`, value);
  }
  return list.map((website, index) => {
    if (typeof website === "string" && website.length <= PROFILE_LENGTHS.website && isWebAddress(website))
      return website;
    throw invalidParam(`websites[${index}]`, `must be a URL of at most ${PROFILE_LENGTHS.website} characters`, website);
  });
}

function pictureUrl(handle: string | undefined, random: Random): string | undefined {
  if (handle === undefined) return undefined;
  const picture = createHash("sha256").update(handle).digest("hex").slice(0, 32);
  return `https://pps.whatsapp.net/v/t61.24694-24/${picture}_n.jpg?oh=${random.token(24)}`;
}
