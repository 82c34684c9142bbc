/** PhoneNumber: a phone number of a WhatsApp Business Account, as a user declares it. */
import * as pulumi from "@pulumi/pulumi";
import type { Phase } from "../lifecycle/phases.ts";
import type {
  AccountMode,
  CodeVerificationStatus,
  DataLocalizationRegion,
  NameStatus,
  NumberStatus,
  PlatformType,
  QualityRating,
  ThroughputLevel,
} from "../schemas/words.ts";
import { keepOutputsOutOfDebugLog } from "./debug-log.ts";
import { providerText } from "./provider-text.ts";
import { pauseStackTraces } from "./stack-traces.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumber";
const PROVIDER = providerText("phoneNumber");
const SECRET_OUTPUTS = ["pin", "webhook", "onPremises", "webhookTokenRefused", "certificate", "newCertificate"];

/** How the number's ownership is verified, for a number that is not verified yet. */
export interface PhoneNumberVerification {
  /** How the code is sent: by text message or by a call. */
  readonly method: pulumi.Input<"SMS" | "VOICE">;
  /** The language of the message or call, as `en` or `en_US`. */
  readonly language: pulumi.Input<string>;
  /**
   * The six digits of the message, `123-830` or `123830`. Stored as a secret. It lives about ten minutes. One that was not
   * tried yet is tried before another one is sent; a code that was tried is not sent again.
   */
  readonly code?: pulumi.Input<string> | undefined;
  /** Which code is meant, from 1. One code is requested a declaration: raise this to have another one sent. Default 1. */
  readonly attempt?: pulumi.Input<number> | undefined;
}

/** Where a number comes from that another WhatsApp Business Account has. */
export interface PhoneNumberMigrate {
  /** The account that has the number now: its numeric id, as text. Both must belong to one business. */
  readonly fromWabaId: pulumi.Input<string>;
}

/** An address that gets this number's messages instead of the account's or the app's address. */
export interface PhoneNumberWebhook {
  /**
   * An https address of at most 200 characters; http is taken for this machine alone, where an emulator calls it. Meta
   * calls it while it is set and wants its challenge back; one that does not answer is a warning, and the registration
   * stands.
   */
  readonly callbackUrl: pulumi.Input<string>;
  /** The text that Meta sends along to prove itself while it verifies the address. Stored as a secret. */
  readonly verifyToken: pulumi.Input<string>;
}

/** The on-premises client, run by the business itself, that a number is registered with instead of the Cloud API. */
export interface PhoneNumberOnPremises {
  /** Its https address without a path, as `https://wa.example.com:9090`; http is taken for this machine alone. */
  readonly baseUrl: pulumi.Input<string>;
  /** A token of the client's own login (`POST /v1/users/login`), which lasts seven days. Stored as a secret. */
  readonly token: pulumi.Input<string>;
  /** How the client has a code sent to a number that needs one. */
  readonly method: pulumi.Input<"sms" | "voice">;
}

/** What a program declares of a number. What is not declared is not managed: it is read, and never changed. */
export interface PhoneNumberArgs {
  /** The WhatsApp Business Account that has the number, or gets it: its numeric id, as text. */
  readonly wabaId: pulumi.Input<string>;
  /**
   * The number in E.164: `+`, country code, number; 7 to 15 digits. Spaces and hyphens are taken out.
   * This or `phoneNumberId` is required. A number that the account lacks is added, which needs `displayName`.
   */
  readonly phoneNumber?: pulumi.Input<string> | undefined;
  /** Graph's id of a number that is on the account. This or `phoneNumber` is required. */
  readonly phoneNumberId?: pulumi.Input<string> | undefined;
  /**
   * The name that customers see; at least 3 characters. Meta reviews a change for days: it is asked for once, and
   * registered by the `pulumi up` after the approval. Meta allows ten changes in 30 days.
   */
  readonly displayName?: pulumi.Input<string> | undefined;
  /**
   * The two-step PIN: 6 digits, as text. Needed to register. A number that was adopted keeps its PIN until its next
   * registration, before which this one is set; once we set it, a changed PIN is set at Meta. Stored as a secret. Use one
   * PIN a number, never one for a fleet: `pinFrom` makes them from one secret.
   */
  readonly pin?: pulumi.Input<string> | undefined;
  /** Whether the number is registered with the Cloud API. `false` leaves it as it is. Default `true`. */
  readonly register?: pulumi.Input<boolean> | undefined;
  /**
   * What happens to a number that the account already has: `ifExists` manages it, `never` refuses it, `require` also
   * refuses to add a number that is not there. Default `ifExists`.
   */
  readonly adopt?: pulumi.Input<"ifExists" | "never" | "require"> | undefined;
  /** Has a code sent to a number that is not verified. A number that is verified, as by embedded signup, needs none. */
  readonly verification?: pulumi.Input<PhoneNumberVerification> | undefined;
  /**
   * Moves the number here from another account of the same business, where this account does not have it yet. Meta wants:
   * its name approved and no change of it open, two-step verification off, the app subscribed to this account. It gets
   * another id, keeps name and quality, and is verified and registered anew. Without effect once the number is here.
   */
  readonly migrate?: pulumi.Input<PhoneNumberMigrate> | undefined;
  /**
   * Graph's id of a pre-verified number that the business owns or was given: it is claimed for the account and needs no
   * code. The number gets another id. Needs `phoneNumber` and `displayName`. Without effect once the number is here.
   */
  readonly preVerifiedId?: pulumi.Input<string> | undefined;
  /**
   * The country that stores the number's messages at rest, as `DE`. Set before the number is registered. A registered
   * number changes it only with `allowReregister`.
   */
  readonly dataLocalizationRegion?: pulumi.Input<DataLocalizationRegion> | undefined;
  /**
   * Whether the number may be deregistered and registered again to change `dataLocalizationRegion`: it cannot send in
   * between, and it costs one of ten calls of either kind in 72 hours. Default `false`: such a change is refused.
   */
  readonly allowReregister?: pulumi.Input<boolean> | undefined;
  /**
   * Sends this number's messages to an address of its own; the token's app is subscribed to the account first. Taken out
   * of the program, it is removed at Meta, the only argument of which that holds.
   */
  readonly webhook?: pulumi.Input<PhoneNumberWebhook> | undefined;
  /**
   * When the customer finished embedded signup: ISO time with its zone. Meta takes the registration within 14 days
   * (`registerBy`); warnings begin 7 days before, and nothing is tried after.
   */
  readonly embeddedSignupFinishedAt?: pulumi.Input<string> | undefined;
  /**
   * Registers the number with an on-premises client, by its certificate and `pin`, and never with the Cloud API. Where the
   * client has a code sent, `verification.code` gives it back. A new certificate, or another address, registers it once
   * more; a number that is on the Cloud API is left there, with a warning. Not together with `webhook`,
   * `dataLocalizationRegion`, `register: false` or `onDelete: "deregister"`. Source: Meta's reference of the on-premises
   * API, which Meta ended in October 2025.
   */
  readonly onPremises?: pulumi.Input<PhoneNumberOnPremises> | undefined;
  /**
   * What a destroy does at Meta: `retain` nothing at all, `deregister` ends the registration, unless somebody else
   * registered the number since. Graph has no call that deletes a number. Default `retain`.
   */
  readonly onDelete?: pulumi.Input<"retain" | "deregister"> | undefined;
  /**
   * `registered` has create and update look again every half minute until the number is registered, where a code or a
   * review is waited for. At the end of `waitTimeoutSeconds` they succeed with a warning. Default `none`.
   */
  readonly waitFor?: pulumi.Input<"none" | "registered"> | undefined;
  /** Seconds, 1 to 1800. Default 300. */
  readonly waitTimeoutSeconds?: pulumi.Input<number> | undefined;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/** What narrows down `PhoneNumber.get`. */
export interface PhoneNumberState {
  /** The name of the credential whose token is used. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/** The URLs that Meta calls, the most special one first. */
export interface PhoneNumberWebhookConfiguration {
  readonly phoneNumber?: string;
  readonly whatsappBusinessAccount?: string;
  readonly application?: string;
}

/** What the number can send, and what hinders it. */
export interface PhoneNumberHealthStatus {
  /** `AVAILABLE`, `LIMITED` or `BLOCKED`. */
  readonly canSendMessage?: string;
  /** Of all that its sending hangs on, those of which Meta says more than that they are available. */
  readonly entities: {
    /** `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP` or `MESSAGE_TEMPLATE`. */
    readonly entityType: string;
    readonly id?: string;
    readonly canSendMessage?: string;
    readonly additionalInfo?: string[];
    readonly errors?: {
      readonly errorCode: number;
      readonly errorDescription?: string;
      readonly possibleSolution?: string;
    }[];
  }[];
}

/** One display name that we asked for. */
export interface PhoneNumberNameRequest {
  readonly name: string;
  /** ISO time in UTC. */
  readonly at: string;
  /** Left out while Meta reviews it. */
  readonly outcome?: "APPROVED" | "DECLINED" | "EXPIRED";
  /** What Graph showed of another request before. */
  readonly over?: string;
  /** Graph's answer was lost: the next read tells whether there is such a request. */
  readonly unconfirmed?: true;
}

/**
 * A phone number of a WhatsApp Business Account: on the account, verified, registered with the Cloud API under its
 * name, and kept so.
 *
 * @example
 * const support = new waba.PhoneNumber("support", {
 *   wabaId: "102290129340398",
 *   phoneNumber: "+16315551111",
 *   displayName: "Lucky Shrub",
 *   pin: config.requireSecret("pin"),
 * });
 * export const phase = support.phase;
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 */
export class PhoneNumber extends pulumi.CustomResource {
  /** The account that has the number. */
  declare readonly wabaId: pulumi.Output<string>;
  /** The number as declared, in E.164. */
  declare readonly phoneNumber: pulumi.Output<string | undefined>;
  /** Graph's id as declared; `id` always has it. */
  declare readonly phoneNumberId: pulumi.Output<string | undefined>;
  /** The name as far as it was achieved: as declared while in review, the registered one once a registration is due. */
  declare readonly displayName: pulumi.Output<string | undefined>;
  /** The PIN that we set or registered with. A secret. */
  declare readonly pin: pulumi.Output<string | undefined>;
  declare readonly register: pulumi.Output<boolean | undefined>;
  declare readonly adopt: pulumi.Output<"ifExists" | "never" | "require" | undefined>;
  declare readonly credential: pulumi.Output<string | undefined>;
  /** As declared, without its code, once the number is verified or a code was sent in this way. */
  declare readonly verification: pulumi.Output<Omit<pulumi.Unwrap<PhoneNumberVerification>, "code"> | undefined>;

  declare readonly migrate: pulumi.Output<pulumi.Unwrap<PhoneNumberMigrate> | undefined>;
  declare readonly preVerifiedId: pulumi.Output<string | undefined>;
  /** As Graph shows it, where one is declared. */
  declare readonly dataLocalizationRegion: pulumi.Output<string | undefined>;
  declare readonly allowReregister: pulumi.Output<boolean | undefined>;
  /** The address that Meta calls for this number, where one is declared. A secret. */
  declare readonly webhook: pulumi.Output<
    { readonly callbackUrl: string; readonly verifyToken?: string | undefined } | undefined
  >;
  declare readonly embeddedSignupFinishedAt: pulumi.Output<string | undefined>;
  /** The client that the number was registered with, while Graph shows it there. A secret. */
  declare readonly onPremises: pulumi.Output<pulumi.Unwrap<PhoneNumberOnPremises> | undefined>;
  declare readonly onDelete: pulumi.Output<"retain" | "deregister" | undefined>;
  declare readonly waitFor: pulumi.Output<"none" | "registered" | undefined>;
  declare readonly waitTimeoutSeconds: pulumi.Output<number | undefined>;

  /** As Graph writes it: `+1 631-555-1111`, for test numbers bare digits. */
  declare readonly displayPhoneNumber: pulumi.Output<string | undefined>;
  /** The name in use. Not a proof of its approval: that is `nameStatus`. */
  declare readonly verifiedName: pulumi.Output<string | undefined>;
  /** `EXPIRED` tells the age of the code; a registered number works with it. */
  declare readonly codeVerificationStatus: pulumi.Output<CodeVerificationStatus | undefined>;
  declare readonly nameStatus: pulumi.Output<NameStatus | undefined>;
  /** The name that was asked for and is not in use yet. */
  declare readonly newDisplayName: pulumi.Output<string | undefined>;
  declare readonly newNameStatus: pulumi.Output<NameStatus | undefined>;
  /** A secret. Meta is dropping the certificates: it may be missing. */
  declare readonly certificate: pulumi.Output<string | undefined>;
  /** A secret. Present from the approval of a new name until the number is registered with it, where Meta shows it. */
  declare readonly newCertificate: pulumi.Output<string | undefined>;
  declare readonly status: pulumi.Output<NumberStatus | undefined>;
  declare readonly platformType: pulumi.Output<PlatformType | undefined>;
  declare readonly qualityRating: pulumi.Output<QualityRating | undefined>;
  declare readonly throughputLevel: pulumi.Output<ThroughputLevel | undefined>;
  declare readonly accountMode: pulumi.Output<AccountMode | undefined>;
  declare readonly lastOnboardedTime: pulumi.Output<string | undefined>;
  declare readonly isPinEnabled: pulumi.Output<boolean | undefined>;
  /** Whether the number also lives on the WhatsApp Business app; then we write nothing. */
  declare readonly isOnBizApp: pulumi.Output<boolean | undefined>;
  declare readonly webhookConfiguration: pulumi.Output<PhoneNumberWebhookConfiguration | undefined>;
  /** How many customers may be written to in a day, as `TIER_250`. */
  declare readonly messagingLimit: pulumi.Output<string | undefined>;
  declare readonly healthStatus: pulumi.Output<PhoneNumberHealthStatus | undefined>;

  /** The name that the number was last registered with. */
  declare readonly registeredName: pulumi.Output<string | undefined>;
  /** SHA-256 in hex of the certificate that the number was last registered with. */
  declare readonly certificateFingerprint: pulumi.Output<string | undefined>;
  /** When we called register and deregister in the last 72 hours. ISO times in UTC. */
  declare readonly attempts: pulumi.Output<{ readonly register: string[]; readonly deregister: string[] }>;
  /** The names that we asked for in the last 30 days. */
  declare readonly nameRequests: pulumi.Output<PhoneNumberNameRequest[]>;
  /** Names that Meta was seen to decline in the last 30 days, whoever asked for them: they are not asked for again. */
  declare readonly declinedNames: pulumi.Output<{ readonly name: string; readonly at: string }[] | undefined>;
  /** When we last had a code sent. ISO time in UTC. */
  declare readonly codeRequestedAt: pulumi.Output<string | undefined>;
  /** Which `verification.attempt` the last code was requested for. */
  declare readonly codeAttempt: pulumi.Output<number | undefined>;
  /** When an on-premises client had a code sent that it waits for. ISO time in UTC. */
  declare readonly clientAskedAt: pulumi.Output<string | undefined>;
  /** Salted hash of the last code that was tried. */
  declare readonly codeTried: pulumi.Output<string | undefined>;
  /** When the code of the last request was refused. ISO time in UTC. */
  declare readonly codeTriedAt: pulumi.Output<string | undefined>;
  /** A registration whose answer was lost, until the next read tells whether it was made. */
  declare readonly registering: pulumi.Output<
    | {
        readonly at: string;
        readonly why: "first" | "lost" | "name" | "region" | "client";
        readonly lastOnboardedTime?: string | undefined;
        readonly newPin?: boolean | undefined;
      }
    | undefined
  >;
  /** When a registration that was lost at Meta was last restored. ISO time in UTC. */
  declare readonly restoredAt: pulumi.Output<string | undefined>;
  /** When we took its registration back to change its storage region, until it is registered again. ISO time in UTC. */
  declare readonly deregisteredAt: pulumi.Output<string | undefined>;
  /**
   * When others registered it since our last registration, or since we met it: then `onDelete: "deregister"` leaves it
   * alone. As Graph shows it, in ISO time.
   */
  declare readonly registeredByOthersAt: pulumi.Output<string | undefined>;
  /** What Meta refused, the last of each step, with its code; refused twice, it is not tried for a while. ISO times in UTC. */
  declare readonly refusals: pulumi.Output<
    | {
        readonly step: string;
        readonly of: string;
        readonly at: string;
        readonly code: string;
        /** How often in a row. */
        readonly times?: number;
        /** When the first of those was. */
        readonly since?: string;
        /** Where Meta is not asked again for longer than usual: until when. */
        readonly until?: string;
      }[]
    | undefined
  >;
  /** A secret. The verify token that `webhook` was refused with: another one is tried at once. */
  declare readonly webhookTokenRefused: pulumi.Output<string | undefined>;
  /** Whether a PIN is declared, also one that was not used yet. */
  declare readonly pinDeclared: pulumi.Output<boolean>;
  /** `true` where `onPremises` is declared, also before the number is registered with the client. */
  declare readonly onPremisesDeclared: pulumi.Output<true | undefined>;
  /** `unknown` until we set the PIN or registered with it. */
  declare readonly pinState: pulumi.Output<"set" | "unknown">;
  /** When we first met the number. ISO time in UTC. */
  declare readonly firstSeenAt: pulumi.Output<string>;
  /** When a review of its name was last seen open, or up to a day before. ISO time in UTC. */
  declare readonly nameReviewLastSeenAt: pulumi.Output<string | undefined>;

  /** Where the number stands, in one word: see docs/phases.md. */
  declare readonly phase: pulumi.Output<Phase>;
  /** What comes next, for people. */
  declare readonly nextAction: pulumi.Output<string>;
  /** Whether the number works with the Cloud API or the declared client: its status and platform say so together. */
  declare readonly registered: pulumi.Output<boolean>;
  /** Whether Meta reviews a name for the number. */
  declare readonly nameInReview: pulumi.Output<boolean>;
  /** Until when Meta takes the first registration, where `embeddedSignupFinishedAt` is declared. ISO time in UTC. */
  declare readonly registerBy: pulumi.Output<string | undefined>;
  /** The Graph that the number was read from. */
  declare readonly baseUrl: pulumi.Output<string>;
  /** The form of these outputs: a newer version of this package reads older ones. */
  declare readonly schemaVersion: pulumi.Output<number>;

  /**
   * Reads a number that is managed elsewhere, by its id alone; its outputs are what Graph says. A number that does not
   * exist, or that the token may not see, is an error.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PhoneNumberState,
    opts?: pulumi.CustomResourceOptions,
  ): PhoneNumber {
    return new PhoneNumber(name, (state ?? {}) as PhoneNumberArgs, { ...opts, id });
  }

  /** True for a PhoneNumber, also one of another copy of this package. */
  static override isInstance(value: unknown): value is PhoneNumber {
    return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === TYPE;
  }

  constructor(name: string, args: PhoneNumberArgs, opts: pulumi.CustomResourceOptions = {}) {
    keepOutputsOutOfDebugLog();
    const props = { ...OUTPUTS, ...args, ...secrets(args), __provider: PROVIDER };
    const traces = pauseStackTraces();
    try {
      super(TYPE, name, props, pulumi.mergeOptions({ additionalSecretOutputs: SECRET_OUTPUTS }, opts));
    } catch (error) {
      throw traces.traced(error, PhoneNumber);
    } finally {
      traces.resume();
    }
  }
}

/** A plain string is a secret too: what a person forgets to wrap is wrapped here. */
function secrets(args: Readonly<Partial<PhoneNumberArgs>>): Partial<PhoneNumberArgs> {
  const { pin, verification, webhook, onPremises } = args;
  return {
    ...(pin === undefined ? {} : { pin: pulumi.secret(pin) }),
    ...(verification === undefined
      ? {}
      : {
          verification: pulumi.output(verification).apply(({ code, ...rest }) => ({
            ...rest,
            ...(code === undefined ? {} : { code: pulumi.secret(code) }),
          })),
        }),
    ...(webhook === undefined ? {} : { webhook: pulumi.secret(webhook) }),
    ...(onPremises === undefined ? {} : { onPremises: pulumi.secret(onPremises) }),
  };
}

type Output = Exclude<keyof PhoneNumber, keyof pulumi.CustomResource | "wabaId">;

/** Pulumi fills in only what the constructor names, so every output but the required arg is named here. */
const OUTPUTS: { readonly [Name in Output]: undefined } = {
  phoneNumber: undefined,
  phoneNumberId: undefined,
  displayName: undefined,
  pin: undefined,
  register: undefined,
  adopt: undefined,
  credential: undefined,
  verification: undefined,
  migrate: undefined,
  preVerifiedId: undefined,
  dataLocalizationRegion: undefined,
  allowReregister: undefined,
  webhook: undefined,
  embeddedSignupFinishedAt: undefined,
  onPremises: undefined,
  onDelete: undefined,
  waitFor: undefined,
  waitTimeoutSeconds: undefined,
  displayPhoneNumber: undefined,
  verifiedName: undefined,
  codeVerificationStatus: undefined,
  nameStatus: undefined,
  newDisplayName: undefined,
  newNameStatus: undefined,
  certificate: undefined,
  newCertificate: undefined,
  status: undefined,
  platformType: undefined,
  qualityRating: undefined,
  throughputLevel: undefined,
  accountMode: undefined,
  lastOnboardedTime: undefined,
  isPinEnabled: undefined,
  isOnBizApp: undefined,
  webhookConfiguration: undefined,
  messagingLimit: undefined,
  healthStatus: undefined,
  registeredName: undefined,
  certificateFingerprint: undefined,
  attempts: undefined,
  nameRequests: undefined,
  declinedNames: undefined,
  codeRequestedAt: undefined,
  codeAttempt: undefined,
  clientAskedAt: undefined,
  codeTried: undefined,
  codeTriedAt: undefined,
  registering: undefined,
  restoredAt: undefined,
  deregisteredAt: undefined,
  registeredByOthersAt: undefined,
  refusals: undefined,
  webhookTokenRefused: undefined,
  pinDeclared: undefined,
  onPremisesDeclared: undefined,
  pinState: undefined,
  firstSeenAt: undefined,
  nameReviewLastSeenAt: undefined,
  phase: undefined,
  nextAction: undefined,
  registered: undefined,
  nameInReview: undefined,
  registerBy: undefined,
  baseUrl: undefined,
  schemaVersion: undefined,
};
