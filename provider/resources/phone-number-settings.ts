/** PhoneNumberSettings: what is set for a number as a whole, as a user declares it. */
import * as pulumi from "@pulumi/pulumi";
import { keepOutputsOutOfDebugLog } from "./debug-log.ts";
import { providerText } from "./provider-text.ts";
import { pauseStackTraces } from "./stack-traces.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumberSettings";
const PROVIDER = providerText("phoneNumberSettings");

/**
 * What a program declares of a number's settings. What is not declared is not managed: it is read, and never changed. What
 * is taken out of the program is left as it is at Meta.
 */
export interface PhoneNumberSettingsArgs {
  /**
   * The number: its numeric id, as text, as `id` of a PhoneNumber. Another one has other settings: the resource is replaced.
   */
  readonly phoneNumberId: pulumi.Input<string>;
  /**
   * The WhatsApp Business Account of the number: its numeric id, as text. With it the number is read together with all
   * others of its account, and one that was deleted leaves the stack. Needed where `waba:allowedWabaIds` is set. Default:
   * not known, and the number is read by its id.
   */
  readonly wabaId?: pulumi.Input<string> | undefined;
  /** Calls with customers. Each part is managed by itself. */
  readonly calling?: pulumi.Input<PhoneNumberCalling> | undefined;
  /**
   * Whether Meta stores the number's messages at rest. Meta changes it only while the number is not registered: another one
   * of a registered number is an error, before any call. So with a PhoneNumber declare `register: false` first. Where they
   * are stored is `dataLocalizationRegion` of PhoneNumber: declare one of the two.
   */
  readonly storageConfiguration?: pulumi.Input<PhoneNumberStorageConfiguration> | undefined;
  /** Whether a message to a customer whose identity changed is held back. */
  readonly userIdentityChange?: pulumi.Input<PhoneNumberUserIdentityChange> | undefined;
  /** What `pulumi destroy` does: `retain` leaves the settings as they are, without any call. Default `retain`. */
  readonly onDelete?: pulumi.Input<"retain"> | undefined;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/** At least one of them. What nobody ever set counts as off, or as Meta's default. */
export interface PhoneNumberCalling {
  /** Meta enables it where the portfolio's messaging limit is at least 2,000, and refuses it with code 138000 below. */
  readonly status?: pulumi.Input<"ENABLED" | "DISABLED"> | undefined;
  /** Whether WhatsApp shows the call button. */
  readonly callIconVisibility?: pulumi.Input<"DEFAULT" | "DISABLE_ALL"> | undefined;
  /** Who sees the call button. */
  readonly callIcons?: pulumi.Input<PhoneNumberCallIcons> | undefined;
  /** When customers can call. Replaced as a whole. */
  readonly callHours?: pulumi.Input<PhoneNumberCallHours> | undefined;
  /** Whether a customer who called is asked to be called back. */
  readonly callbackPermissionStatus?: pulumi.Input<"ENABLED" | "DISABLED"> | undefined;
  /** How the keys of encrypted calls are exchanged. Default at Meta: DTLS. */
  readonly srtpKeyExchangeProtocol?: pulumi.Input<"DTLS" | "SDES"> | undefined;
  /** Calls by SIP. Meta then takes no calls of Graph's for them, and sends no webhooks of calls. */
  readonly sip?: pulumi.Input<PhoneNumberSip> | undefined;
  /** Sound of calls. */
  readonly audio?: pulumi.Input<PhoneNumberCallAudio> | undefined;
  /** Calls with video. */
  readonly video?: pulumi.Input<PhoneNumberCallVideo> | undefined;
}

/** Who sees the call button. */
export interface PhoneNumberCallIcons {
  /** Countries of two capital letters, as `BR`. An empty list shows it everywhere. */
  readonly restrictToUserCountries: pulumi.Input<pulumi.Input<string>[]>;
}

/** When customers can call. */
export interface PhoneNumberCallHours {
  readonly status: pulumi.Input<"ENABLED" | "DISABLED">;
  /** Of the IANA database, as `Europe/Berlin`; aliases such as `US/Eastern` are taken. */
  readonly timezoneId: pulumi.Input<string>;
  /** At most two a day, which do not overlap. */
  readonly weeklyOperatingHours: pulumi.Input<pulumi.Input<PhoneNumberOperatingHours>[]>;
  /** At most 20. Default: none. */
  readonly holidaySchedule?: pulumi.Input<pulumi.Input<PhoneNumberHoliday>[]> | undefined;
}

/** Hours of one day of the week. */
export interface PhoneNumberOperatingHours {
  readonly dayOfWeek: pulumi.Input<"MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY">;
  /** As `0930`. */
  readonly openTime: pulumi.Input<string>;
  /** As `1800`, after `openTime`. */
  readonly closeTime: pulumi.Input<string>;
}

/** A day with hours of its own. */
export interface PhoneNumberHoliday {
  /** As `2026-12-24`. */
  readonly date: pulumi.Input<string>;
  /** As `0000`. */
  readonly startTime: pulumi.Input<string>;
  /** As `2359`, after `startTime`. */
  readonly endTime: pulumi.Input<string>;
}

/** Calls by SIP in place of Graph's calls and webhooks. */
export interface PhoneNumberSip {
  readonly status: pulumi.Input<"ENABLED" | "DISABLED">;
  /** Needed with `ENABLED`, and replaced as a whole. Their passwords are Meta's, and never read here. */
  readonly servers?: pulumi.Input<pulumi.Input<PhoneNumberSipServer>[]> | undefined;
}

/** Where Meta sends SIP requests to. */
export interface PhoneNumberSipServer {
  readonly hostname: pulumi.Input<string>;
  /** Default 5061. */
  readonly port?: pulumi.Input<number> | undefined;
  /** Sent along in the user part of the request's address. */
  readonly requestUriUserParams?: pulumi.Input<{ [name: string]: pulumi.Input<string> }> | undefined;
}

/** Sound of calls. */
export interface PhoneNumberCallAudio {
  /** Beside OPUS. */
  readonly additionalCodecs: pulumi.Input<pulumi.Input<"PCMA" | "PCMU">[]>;
}

/** Calls with video. */
export interface PhoneNumberCallVideo {
  readonly status: pulumi.Input<"ENABLED" | "DISABLED">;
}

/** Whether messages are stored at rest. */
export interface PhoneNumberStorageConfiguration {
  /** `NO_STORAGE_ENABLED`: not at rest. `IN_COUNTRY_STORAGE_DISABLED`: as usual, in Meta's default place. */
  readonly status: pulumi.Input<"NO_STORAGE_ENABLED" | "IN_COUNTRY_STORAGE_DISABLED">;
  /** With `NO_STORAGE_ENABLED`: how long Meta keeps them for delivery. Meta knows only 60. Default 60. */
  readonly retentionMinutes?: pulumi.Input<60> | undefined;
}

/** The check of a customer's identity. */
export interface PhoneNumberUserIdentityChange {
  readonly enableIdentityKeyCheck: pulumi.Input<boolean>;
}

/** What narrows down `PhoneNumberSettings.get`. */
export interface PhoneNumberSettingsState {
  /** The name of the credential whose token is used. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/**
 * What is set for a number as a whole: calling, storage, the check of a customer's identity. Every number has settings, so
 * they are adopted: what is not declared stays as it is. Each feature that differs is one call. A number that lives on the
 * WhatsApp Business app is left alone: a warning says so, and nothing is written.
 *
 * Its id is Graph's path, as `1972385232742141/settings`.
 *
 * @example
 * const settings = new waba.PhoneNumberSettings("support", {
 *   phoneNumberId: support.id,
 *   calling: { status: "ENABLED", callIconVisibility: "DISABLE_ALL" },
 *   userIdentityChange: { enableIdentityKeyCheck: true },
 * });
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-settings
 */
export class PhoneNumberSettings extends pulumi.CustomResource {
  /** The number. */
  declare readonly phoneNumberId: pulumi.Output<string>;
  declare readonly wabaId: pulumi.Output<string | undefined>;
  /** As Meta shows it, declared or not. So are the other settings. */
  declare readonly calling: pulumi.Output<pulumi.Unwrap<PhoneNumberCalling> | undefined>;
  /** Also `IN_COUNTRY_STORAGE_ENABLED`, with its `dataLocalizationRegion`. */
  declare readonly storageConfiguration: pulumi.Output<
    | {
        readonly status?: string;
        readonly dataLocalizationRegion?: string;
        readonly retentionMinutes?: number;
      }
    | undefined
  >;
  /** As Meta shows it. */
  declare readonly userIdentityChange: pulumi.Output<pulumi.Unwrap<PhoneNumberUserIdentityChange> | undefined>;
  declare readonly onDelete: pulumi.Output<"retain" | undefined>;
  declare readonly credential: pulumi.Output<string | undefined>;

  /** Whether the number lives on the WhatsApp Business app: then nothing is written here. */
  declare readonly livesOnApp: pulumi.Output<boolean>;
  /** Whether the number is registered with the Cloud API: then its storage is fixed. */
  declare readonly registered: pulumi.Output<boolean>;
  /** The number as people write it. */
  declare readonly displayPhoneNumber: pulumi.Output<string | undefined>;

  /** The features that the program declares. */
  declare readonly managed: pulumi.Output<string[] | undefined>;
  /** The parts of calling that it declares. */
  declare readonly managedCalling: pulumi.Output<string[] | undefined>;
  /** The Graph that it was read from. */
  declare readonly baseUrl: pulumi.Output<string>;
  /** The form of these outputs: a newer version of this package reads older ones. */
  declare readonly schemaVersion: pulumi.Output<number>;

  /** Reads settings that are managed elsewhere, by the id of their number. A number that the token does not see is an error. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PhoneNumberSettingsState,
    opts?: pulumi.CustomResourceOptions,
  ): PhoneNumberSettings {
    return new PhoneNumberSettings(name, (state ?? {}) as PhoneNumberSettingsArgs, { ...opts, id });
  }

  /** True for a PhoneNumberSettings, also one of another copy of this package. */
  static override isInstance(value: unknown): value is PhoneNumberSettings {
    return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === TYPE;
  }

  constructor(name: string, args: PhoneNumberSettingsArgs, opts: pulumi.CustomResourceOptions = {}) {
    keepOutputsOutOfDebugLog();
    const traces = pauseStackTraces();
    try {
      super(TYPE, name, { ...OUTPUTS, ...args, __provider: PROVIDER }, opts);
    } catch (error) {
      throw traces.traced(error, PhoneNumberSettings);
    } finally {
      traces.resume();
    }
  }
}

type Output = Exclude<keyof PhoneNumberSettings, keyof pulumi.CustomResource | "phoneNumberId">;

/** Pulumi fills in only what the constructor names, so every output but the required arg is named here. */
const OUTPUTS: { readonly [Name in Output]: undefined } = {
  wabaId: undefined,
  calling: undefined,
  storageConfiguration: undefined,
  userIdentityChange: undefined,
  onDelete: undefined,
  credential: undefined,
  livesOnApp: undefined,
  registered: undefined,
  displayPhoneNumber: undefined,
  managed: undefined,
  managedCalling: undefined,
  baseUrl: undefined,
  schemaVersion: undefined,
};
