/** A number's business profile, as customers see it in WhatsApp. Source: Meta's guide "Business profiles". */
import { businessProfile, success } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";
import type { Call } from "./errors.ts";
import { type UploadFile, upload } from "./uploads.ts";

const FIELDS = "about,address,description,email,vertical,websites,profile_picture_url";

export interface ProfileFields {
  readonly about?: string | undefined;
  readonly address?: string | undefined;
  readonly description?: string | undefined;
  readonly email?: string | undefined;
  readonly vertical?: string | undefined;
  readonly websites?: readonly string[] | undefined;
}

/** As Graph shows it: what is unset is left out. Of the picture it shows an address that is another at each read. */
export interface Profile extends ProfileFields {
  readonly hasPicture: boolean;
}

export class BusinessProfiles {
  readonly #client: GraphClient;
  readonly #labelOf: (id: string) => string;

  /** @param labelOf how messages name a number */
  constructor(client: GraphClient, labelOf: (id: string) => string) {
    this.#client = client;
    this.#labelOf = labelOf;
  }

  async get(id: string): Promise<Profile> {
    const { data } = await this.#client.get(
      this.#on(id, "read the business profile"),
      `/${id}/whatsapp_business_profile`,
      { fields: FIELDS },
      businessProfile,
    );
    const [{ profile_picture_url: address = "", ...fields } = {}] = data;
    return { ...fields, hasPicture: address !== "" };
  }

  /** Sets what is given, in one call; empty text and an empty list unset. Twice has one effect. */
  async update(id: string, fields: ProfileFields, pictureHandle?: string): Promise<void> {
    const picture = pictureHandle === undefined ? {} : { profile_picture_handle: pictureHandle };
    const params = { messaging_product: "whatsapp", ...fields, ...picture };
    const call = this.#on(id, "set the business profile");
    await this.#client.post({ call, path: `/${id}/whatsapp_business_profile`, params, repeatable: true }, success);
  }

  /** The handle of a picture, for `update`. */
  async uploadPicture(id: string, picture: UploadFile): Promise<string> {
    return upload(this.#client, this.#on(id, "upload the profile picture"), picture);
  }

  #on(id: string, what: string): Call {
    return { what, on: this.#labelOf(id) };
  }
}
