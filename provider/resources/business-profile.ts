/** BusinessProfile: what customers see of a number in WhatsApp, as a user declares it. */
import * as pulumi from "@pulumi/pulumi";
import type { BusinessVertical } from "../schemas/words.ts";
import { keepOutputsOutOfDebugLog } from "./debug-log.ts";
import { describedPicture } from "./picture.ts";
import { providerText } from "./provider-text.ts";
import { pauseStackTraces } from "./stack-traces.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:BusinessProfile";
const PROVIDER = providerText("businessProfile");

/**
 * What a program declares of a profile. What is not declared is not managed: it is read, and never changed. An argument
 * that is taken out of the program is left as it is at Meta.
 */
export interface BusinessProfileArgs {
  /**
   * The number: its numeric id, as text, as `id` of a PhoneNumber. Another one has another profile: the resource is
   * replaced.
   */
  readonly phoneNumberId: pulumi.Input<string>;
  /**
   * The WhatsApp Business Account of the number: its numeric id, as text. With it the number is read together with all
   * others of its account, and one that was deleted leaves the stack. Needed where `waba:allowedWabaIds` is set. Default:
   * not known, and the number is read by its id.
   */
  readonly wabaId?: pulumi.Input<string> | undefined;
  /** The line below the name: 1 to 139 characters. Meta takes no empty one. */
  readonly about?: pulumi.Input<string> | undefined;
  /** At most 256 characters. Empty text takes it away. */
  readonly address?: pulumi.Input<string> | undefined;
  /** At most 512 characters. Empty text takes it away. */
  readonly description?: pulumi.Input<string> | undefined;
  /** An email address of at most 128 characters. Empty text takes it away. */
  readonly email?: pulumi.Input<string> | undefined;
  /**
   * What the business does, in one of Meta's words: OTHER, AUTO, BEAUTY, APPAREL, EDU, ENTERTAIN, EVENT_PLAN, FINANCE,
   * GROCERY, GOVT, HOTEL, HEALTH, NONPROFIT, PROF_SERVICES, RETAIL, TRAVEL, RESTAURANT, ALCOHOL, ONLINE_GAMBLING,
   * PHYSICAL_GAMBLING, OTC_DRUGS, NOT_A_BIZ, UNDEFINED. One that was set can only become another one.
   */
  readonly vertical?: pulumi.Input<BusinessVertical> | undefined;
  /** At most two http or https addresses of at most 256 characters. An empty list takes them away. */
  readonly websites?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * The profile picture: the path of a JPEG or PNG, or `new pulumi.asset.FileAsset(path)`. A path starts at the folder that
   * the program runs in. It is uploaded when its SHA-256 is another one than that of the file we set last, and when Meta
   * shows no picture. Which picture it shows Graph does not tell: one that somebody else set is not noticed, and an adopted
   * profile gets the declared one.
   */
  readonly picture?: pulumi.Input<string | pulumi.asset.FileAsset> | undefined;
  /** What `pulumi destroy` does: `retain` leaves the profile as it is, without any call. Meta deletes none. Default `retain`. */
  readonly onDelete?: pulumi.Input<"retain"> | undefined;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/** The file of a picture. */
export interface BusinessProfilePicture {
  /** As declared. */
  readonly path: string;
  /** Of its bytes, in lower-case hex. */
  readonly sha256: string;
  /** By its first bytes. */
  readonly fileType: "image/jpeg" | "image/png";
}

/** What narrows down `BusinessProfile.get`. */
export interface BusinessProfileState {
  /** The name of the credential whose token is used. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/**
 * The business profile of a number, as customers see it in WhatsApp. Every number has one, so it is adopted: what is not
 * declared stays as it is. All that differs is set by one call. The profile of a number that lives on the WhatsApp Business
 * app is changed there: a warning says so, and nothing is written.
 *
 * Its id is Graph's path, as `1972385232742141/whatsapp_business_profile`.
 *
 * @example
 * const profile = new waba.BusinessProfile("support", {
 *   phoneNumberId: support.id,
 *   about: "Succulent specialists!",
 *   email: "hello@luckyshrub.com",
 *   vertical: "RETAIL",
 *   websites: ["https://www.luckyshrub.com/"],
 *   picture: "logo.png",
 * });
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles
 */
export class BusinessProfile extends pulumi.CustomResource {
  /** The number. */
  declare readonly phoneNumberId: pulumi.Output<string>;
  declare readonly wabaId: pulumi.Output<string | undefined>;
  /** As Meta shows it, declared or not. */
  declare readonly about: pulumi.Output<string | undefined>;
  /** As Meta shows it, declared or not. */
  declare readonly address: pulumi.Output<string | undefined>;
  /** As Meta shows it, declared or not. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** As Meta shows it, declared or not. */
  declare readonly email: pulumi.Output<string | undefined>;
  /** As Meta shows it, declared or not. */
  declare readonly vertical: pulumi.Output<string | undefined>;
  /** As Meta shows them, declared or not. */
  declare readonly websites: pulumi.Output<string[] | undefined>;
  /** The file that was set last, while it is declared and Meta shows a picture. */
  declare readonly picture: pulumi.Output<BusinessProfilePicture | undefined>;
  declare readonly onDelete: pulumi.Output<"retain" | undefined>;
  declare readonly credential: pulumi.Output<string | undefined>;

  /** Whether Meta shows a picture, whoever set it. */
  declare readonly hasPicture: pulumi.Output<boolean>;
  /** Whether the number lives on the WhatsApp Business app: then nothing is written here. */
  declare readonly livesOnApp: pulumi.Output<boolean>;
  /** The number as people write it. */
  declare readonly displayPhoneNumber: pulumi.Output<string | undefined>;

  /** The arguments of the profile that the program declares. */
  declare readonly managed: pulumi.Output<string[] | undefined>;
  /** The Graph that it was read from. */
  declare readonly baseUrl: pulumi.Output<string>;
  /** The form of these outputs: a newer version of this package reads older ones. */
  declare readonly schemaVersion: pulumi.Output<number>;

  /** Reads a profile that is managed elsewhere, by the id of its number. A number that the token does not see is an error. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: BusinessProfileState,
    opts?: pulumi.CustomResourceOptions,
  ): BusinessProfile {
    return new BusinessProfile(name, (state ?? {}) as BusinessProfileArgs, { ...opts, id });
  }

  /** True for a BusinessProfile, also one of another copy of this package. */
  static override isInstance(value: unknown): value is BusinessProfile {
    return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === TYPE;
  }

  constructor(name: string, args: BusinessProfileArgs, opts: pulumi.CustomResourceOptions = {}) {
    keepOutputsOutOfDebugLog();
    const picture = args.picture === undefined ? {} : { picture: describedPicture(args.picture) };
    const traces = pauseStackTraces();
    try {
      super(TYPE, name, { ...OUTPUTS, ...args, ...picture, __provider: PROVIDER }, opts);
    } catch (error) {
      throw traces.traced(error, BusinessProfile);
    } finally {
      traces.resume();
    }
  }
}

type Output = Exclude<keyof BusinessProfile, keyof pulumi.CustomResource | "phoneNumberId">;

/** Pulumi fills in only what the constructor names, so every output but the required arg is named here. */
const OUTPUTS: { readonly [Name in Output]: undefined } = {
  wabaId: undefined,
  about: undefined,
  address: undefined,
  description: undefined,
  email: undefined,
  vertical: undefined,
  websites: undefined,
  picture: undefined,
  onDelete: undefined,
  credential: undefined,
  hasPicture: undefined,
  livesOnApp: undefined,
  displayPhoneNumber: undefined,
  managed: undefined,
  baseUrl: undefined,
  schemaVersion: undefined,
};
