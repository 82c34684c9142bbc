/** How Graph shows a business profile: flat, what is unset left out, and `messaging_product` always. */
import { GUIDE, OPENAPI } from "../known.ts";
import type { BusinessProfile } from "../records/profile.ts";
import type { FieldSpec, NodeType } from "./node.ts";

export interface ProfileSubject {
  readonly id: string;
  readonly profile: BusinessProfile;
  /** Asked for when the picture is shown, as every answer has another one. */
  readonly drawPictureUrl: () => string | undefined;
}

function kept(name: Exclude<keyof BusinessProfile, "profile_picture_handle">): FieldSpec<ProfileSubject> {
  return { marks: "D", source: "Meta's guide: business profiles", read: ({ profile }) => profile[name] };
}

export const PROFILE_NODE: NodeType<ProfileSubject> = {
  name: "WhatsAppBusinessProfile",
  /** O: without `fields` all of them come. */
  defaults: ["about", "address", "description", "email", "profile_picture_url", "websites", "vertical"],
  fields: {
    about: kept("about"),
    address: kept("address"),
    description: kept("description"),
    email: kept("email"),
    messaging_product: { marks: "D R", source: GUIDE, note: "comes unasked", read: () => "whatsapp" },
    profile_picture_url: {
      marks: "D O",
      source: OPENAPI,
      note: "another address at every read, as the signature in it changes; no picture is served there",
      read: ({ drawPictureUrl }) => drawPictureUrl(),
    },
    vertical: kept("vertical"),
    websites: kept("websites"),
  },
};
