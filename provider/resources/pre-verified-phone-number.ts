/** PreVerifiedPhoneNumber: a number in a business's pool, verified before an account has it, as a user declares it. */
import * as pulumi from "@pulumi/pulumi";
import type { PreVerifiedPhase } from "../lifecycle/pre-verified-phone-number/phases.ts";
import type { CodeVerificationStatus } from "../schemas/words.ts";
import { keepOutputsOutOfDebugLog } from "./debug-log.ts";
import { providerText } from "./provider-text.ts";
import { pauseStackTraces } from "./stack-traces.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PreVerifiedPhoneNumber";
const PROVIDER = providerText("preVerifiedPhoneNumber");

/** How the number's ownership is verified, and verified again before it expires. */
export interface PreVerifiedPhoneNumberVerification {
  /** How the code is sent: by text message, by a call, or by a call that a menu answers. */
  readonly method: pulumi.Input<"SMS" | "VOICE" | "IVR">;
  /** The language of the message or call, as `en` or `en_US`. */
  readonly language: pulumi.Input<string>;
  /**
   * The six digits of the message, `123-830` or `123830`. Stored as a secret. It lives about ten minutes. One that was not
   * tried yet is tried before another one is sent; a code that was tried is not sent again.
   */
  readonly code?: pulumi.Input<string> | undefined;
  /**
   * Which code is meant, from 1. One code is requested a declaration: raise this to have another one sent, as for a
   * renewal. Default 1.
   */
  readonly attempt?: pulumi.Input<number> | undefined;
}

/** What a program declares of a pre-verified number. What is not declared is not managed: it is read, and never changed. */
export interface PreVerifiedPhoneNumberArgs {
  /**
   * The business portfolio in whose pool the number is: its numeric id, as text. The token needs `business_management`
   * for it. Another one is another resource: it is replaced.
   */
  readonly businessId: pulumi.Input<string>;
  /**
   * The number in E.164: `+`, country code, number; 7 to 15 digits. Spaces and hyphens are taken out. One that is in the
   * pool already is adopted. Another one is another resource: it is replaced.
   */
  readonly phoneNumber: pulumi.Input<string>;
  /** Has a code sent to a number that is not verified, and to one that is to be verified again. */
  readonly verification?: pulumi.Input<PreVerifiedPhoneNumberVerification> | undefined;
  /**
   * The businesses that may claim the number besides its own: their numeric ids, as text. One that is taken out of the
   * program is unshared; one that somebody else shared it with stays.
   */
  readonly sharedWith?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
  /**
   * What a destroy does: `retain` leaves all as it is, without any call. `delete` takes the number out of the pool. It is
   * left alone where another resource of the stack has it; the number of an account that claimed it is never touched.
   * Default `retain`.
   */
  readonly onDelete?: pulumi.Input<"retain" | "delete"> | undefined;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/** What narrows down `PreVerifiedPhoneNumber.get`. */
export interface PreVerifiedPhoneNumberState {
  /** The name of the credential whose token is used. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/**
 * A number of a Solution Partner that is verified before any account has it. Its own business or a partner that it is
 * shared with claims it by `preVerifiedId` of a PhoneNumber, without a code. Meta gives it another id then, and the
 * pre-verified one is no more: the resource stays in the stack as `claimed`, and is not added again. Declare the
 * PhoneNumber once this one is `verified`: Meta lets nobody claim it before.
 *
 * A verification lives 90 days. In the last 45 of them it can be renewed: `phase` is `renewal-due` then, and a raised
 * `verification.attempt` has a code sent, or `npx waba code request`.
 *
 * Its id is Graph's id of the pre-verified number.
 *
 * @example
 * const pooled = new waba.PreVerifiedPhoneNumber("pooled", {
 *   businessId: "506914307656634",
 *   phoneNumber: "+15550783881",
 *   verification: { method: "SMS", language: "en", code: config.getSecret("code") },
 *   sharedWith: ["1906385232743451"],
 * });
 *
 * @see https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers
 */
export class PreVerifiedPhoneNumber extends pulumi.CustomResource {
  /** The business. */
  declare readonly businessId: pulumi.Output<string>;
  declare readonly phoneNumber: pulumi.Output<string>;
  /** Without the code, once a code was sent in this way or the number was verified without one. */
  declare readonly verification: pulumi.Output<
    Omit<pulumi.Unwrap<PreVerifiedPhoneNumberVerification>, "code"> | undefined
  >;
  /** The declared businesses that Meta shows. */
  declare readonly sharedWith: pulumi.Output<readonly string[] | undefined>;
  declare readonly onDelete: pulumi.Output<"retain" | "delete" | undefined>;
  declare readonly credential: pulumi.Output<string | undefined>;

  /** `EXPIRED` is one whose 90 days are over. */
  declare readonly codeVerificationStatus: pulumi.Output<CodeVerificationStatus | undefined>;
  /** When it was last verified. ISO time in UTC. */
  declare readonly codeVerificationTime: pulumi.Output<string | undefined>;
  /** When its verification ends: 90 days after it was made. ISO time in UTC. */
  declare readonly verificationExpiresAt: pulumi.Output<string | undefined>;
  /** The businesses that it is shared with, whoever did; read where `sharedWith` is declared. */
  declare readonly partners: pulumi.Output<readonly string[] | undefined>;
  /** Where it stands, in one word: see docs/phases.md. */
  declare readonly phase: pulumi.Output<PreVerifiedPhase>;
  /** What comes next, for people. */
  declare readonly nextAction: pulumi.Output<string>;

  /** When we last had a code sent that was not given back yet. ISO time in UTC. */
  declare readonly codeRequestedAt: pulumi.Output<string | undefined>;
  /** Which `verification.attempt` the last code was requested for. */
  declare readonly codeAttempt: pulumi.Output<number | undefined>;
  /** Salted hash of the last code that was tried. */
  declare readonly codeTried: pulumi.Output<string | undefined>;
  /** When the code of the last request was refused. ISO time in UTC. */
  declare readonly codeTriedAt: pulumi.Output<string | undefined>;
  /** When it was first seen that it had left the pool. ISO time in UTC. */
  declare readonly claimedAt: pulumi.Output<string | undefined>;
  /**
   * The account that claimed it. Looked for once, among those that the business owns, or among `waba:allowedWabaIds`, at
   * most 25; a partner's is not known.
   */
  declare readonly claimedBy: pulumi.Output<string | undefined>;
  /** Graph's id of the number on the account that claimed it. */
  declare readonly phoneNumberId: pulumi.Output<string | undefined>;
  /** The Graph that it was read from. */
  declare readonly baseUrl: pulumi.Output<string>;
  /** The form of these outputs: a newer version of this package reads older ones. */
  declare readonly schemaVersion: pulumi.Output<number>;

  /** Reads a pre-verified number that is managed elsewhere, by Graph's id alone. One that was claimed is an error. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PreVerifiedPhoneNumberState,
    opts?: pulumi.CustomResourceOptions,
  ): PreVerifiedPhoneNumber {
    return new PreVerifiedPhoneNumber(name, (state ?? {}) as PreVerifiedPhoneNumberArgs, { ...opts, id });
  }

  /** True for a PreVerifiedPhoneNumber, also one of another copy of this package. */
  static override isInstance(value: unknown): value is PreVerifiedPhoneNumber {
    return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === TYPE;
  }

  constructor(name: string, args: PreVerifiedPhoneNumberArgs, opts: pulumi.CustomResourceOptions = {}) {
    keepOutputsOutOfDebugLog();
    const traces = pauseStackTraces();
    try {
      super(TYPE, name, { ...OUTPUTS, ...args, ...secrets(args), __provider: PROVIDER }, opts);
    } catch (error) {
      throw traces.traced(error, PreVerifiedPhoneNumber);
    } finally {
      traces.resume();
    }
  }
}

/** A plain string is a secret too: what a person forgets to wrap is wrapped here. */
function secrets({ verification }: Readonly<Partial<PreVerifiedPhoneNumberArgs>>) {
  if (verification === undefined) return {};
  return {
    verification: pulumi.output(verification).apply(({ code, ...rest }) => ({
      ...rest,
      ...(code === undefined ? {} : { code: pulumi.secret(code) }),
    })),
  };
}

type Output = Exclude<keyof PreVerifiedPhoneNumber, keyof pulumi.CustomResource | "businessId" | "phoneNumber">;

/** Pulumi fills in only what the constructor names, so every output but the required args is named here. */
const OUTPUTS: { readonly [Name in Output]: undefined } = {
  verification: undefined,
  sharedWith: undefined,
  onDelete: undefined,
  credential: undefined,
  codeVerificationStatus: undefined,
  codeVerificationTime: undefined,
  verificationExpiresAt: undefined,
  partners: undefined,
  phase: undefined,
  nextAction: undefined,
  codeRequestedAt: undefined,
  codeAttempt: undefined,
  codeTried: undefined,
  codeTriedAt: undefined,
  claimedAt: undefined,
  claimedBy: undefined,
  phoneNumberId: undefined,
  baseUrl: undefined,
  schemaVersion: undefined,
};
