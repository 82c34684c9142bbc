/** A number as functions show it: Graph's side under the names of PhoneNumber's outputs. */
import * as pulumi from "@pulumi/pulumi";
import type { Phase } from "../lifecycle/phases.ts";
import type { PhoneNumberHealthStatus, PhoneNumberWebhookConfiguration } from "../resources/phone-number.ts";
import type {
  AccountMode,
  CodeVerificationStatus,
  NameStatus,
  NumberStatus,
  PlatformType,
  QualityRating,
  ThroughputLevel,
} from "../schemas/words.ts";

interface Shown {
  /** Graph's id of the number. */
  readonly id: string;
  /** The account that has the number; left out where Graph does not say it. */
  readonly wabaId?: string;
  /** In E.164, as PhoneNumber's args take it. */
  readonly phoneNumber?: string;
  /** As Graph writes it: `+1 631-555-1111`, for test numbers bare digits. */
  readonly displayPhoneNumber?: string;
  /** The name in use. Not a proof of its approval: that is `nameStatus`. */
  readonly verifiedName?: string;
  /** `EXPIRED` tells the age of the code; a registered number works with it. */
  readonly codeVerificationStatus?: CodeVerificationStatus;
  readonly nameStatus?: NameStatus;
  /** The name that was asked for and is not in use yet. */
  readonly newDisplayName?: string;
  readonly newNameStatus?: NameStatus;
  readonly status?: NumberStatus;
  readonly platformType?: PlatformType;
  readonly qualityRating?: QualityRating;
  readonly throughputLevel?: ThroughputLevel;
  /** `SANDBOX` for an unverified trial, else `LIVE`. */
  readonly accountMode?: AccountMode;
  readonly lastOnboardedTime?: string;
  readonly isPinEnabled?: boolean;
  /** Whether the number also lives on the WhatsApp Business app. */
  readonly isOnBizApp?: boolean;
  readonly webhookConfiguration?: PhoneNumberWebhookConfiguration;
  /** How many customers may be written to in a day, as `TIER_250`. */
  readonly messagingLimit?: string;
  readonly healthStatus?: PhoneNumberHealthStatus;
  /**
   * Where the number stands, in one word, as far as Graph tells: see docs/phases.md. One that an on-premises client has is
   * `other-platform`: a function knows nothing of `onPremises`.
   */
  readonly phase: Phase;
  /** Whether the number works with the Cloud API, and no on-premises client: its status and platform say so together. */
  readonly registered: boolean;
  /** Whether Meta reviews a name for the number. */
  readonly nameInReview: boolean;
}

/**
 * A number as Graph shows it, under the names of PhoneNumber's outputs. What Graph leaves out is left out. The
 * certificates are Outputs of their own, so that they are secrets in both forms of a function, and nothing else is.
 */
export interface GetPhoneNumberResult extends Shown {
  /** A secret. Meta is dropping the certificates: it may be missing. */
  readonly certificate: pulumi.Output<string | undefined>;
  /** A secret. Present from the approval of a new name until the number is registered with it, where Meta shows it. */
  readonly newCertificate: pulumi.Output<string | undefined>;
}

/** A number whose certificates are in clear: it never leaves this package. */
export interface FoundNumber extends Shown {
  readonly certificate?: string;
  readonly newCertificate?: string;
}

/** The numbers of an account, certificates in clear. */
export interface FoundNumbers {
  readonly wabaId: string;
  readonly accountMode?: "SANDBOX" | "LIVE";
  readonly phoneNumbers: readonly FoundNumber[];
}

export function withSecrets({ certificate, newCertificate, ...number }: FoundNumber): GetPhoneNumberResult {
  return { ...number, certificate: secret(certificate), newCertificate: secret(newCertificate) };
}

function secret(value: string | undefined): pulumi.Output<string | undefined> {
  return value === undefined ? pulumi.output(undefined) : pulumi.secret(value);
}
