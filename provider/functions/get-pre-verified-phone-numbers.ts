/** getPreVerifiedPhoneNumbers: the pre-verified numbers of a business, as Graph shows them. */
import * as pulumi from "@pulumi/pulumi";
import type { CodeVerificationStatus } from "../schemas/words.ts";
import { invoke, invokeOutput } from "./invoke.ts";

export interface GetPreVerifiedPhoneNumbersArgs {
  /** The business portfolio that owns the numbers, or that others share them with: its numeric id, as text. */
  readonly businessId: string;
  /** Numbers of this status alone. Default: all. */
  readonly codeVerificationStatus?: "VERIFIED" | "NOT_VERIFIED" | "EXPIRED" | undefined;
  /** The number of these digits alone, in E.164. Default: all. */
  readonly phoneNumber?: string | undefined;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: string | undefined;
}

/** What `getPreVerifiedPhoneNumbersOutput` takes: the same, each a value or another resource's output. */
export interface GetPreVerifiedPhoneNumbersOutputArgs {
  /** The business portfolio that owns the numbers, or that others share them with: its numeric id, as text. */
  readonly businessId: pulumi.Input<string>;
  /** Numbers of this status alone. Default: all. */
  readonly codeVerificationStatus?: pulumi.Input<"VERIFIED" | "NOT_VERIFIED" | "EXPIRED" | undefined>;
  /** The number of these digits alone, in E.164. Default: all. */
  readonly phoneNumber?: pulumi.Input<string | undefined>;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string | undefined>;
}

/** A pre-verified number. What Graph leaves out is left out. */
export interface GetPreVerifiedPhoneNumbersNumber {
  /** Graph's id of the pre-verified number: what PhoneNumber takes as `preVerifiedId`. A claimed number gets another id. */
  readonly id: string;
  /** In E.164. */
  readonly phoneNumber?: string;
  readonly codeVerificationStatus?: CodeVerificationStatus;
  /** When it was last verified. ISO time in UTC. */
  readonly codeVerificationTime?: string;
  /** Until when it can be claimed without a code: 90 days after its verification. ISO time in UTC. */
  readonly verificationExpiresAt?: string;
  readonly ownerBusinessId?: string;
  readonly ownerBusinessName?: string;
}

export interface GetPreVerifiedPhoneNumbersResult {
  readonly businessId: string;
  /** All pages, in the order of their ids. */
  readonly preVerifiedPhoneNumbers: GetPreVerifiedPhoneNumbersNumber[];
}

/**
 * Every pre-verified number of a business, those that others share with it among them. It reads alone, in a preview too.
 * The token needs `business_management`.
 *
 * @throws pulumi.RunError for args that cannot be right, no token, and what Graph refuses: the message says what to do
 *
 * @example
 * const pool = await waba.getPreVerifiedPhoneNumbers({ businessId: "506914307656634", codeVerificationStatus: "VERIFIED" });
 *
 * @see https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers
 */
export function getPreVerifiedPhoneNumbers(
  args: GetPreVerifiedPhoneNumbersArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetPreVerifiedPhoneNumbersResult> {
  return read(args, opts, false);
}

/**
 * The same for Outputs: it waits for them and for `opts.dependsOn`. Unknown in a preview as long as one of them is.
 */
export function getPreVerifiedPhoneNumbersOutput(
  args: GetPreVerifiedPhoneNumbersOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetPreVerifiedPhoneNumbersResult> {
  return invokeOutput(args, pulumi.output(args), opts, read);
}

function read(
  args: GetPreVerifiedPhoneNumbersArgs,
  opts: pulumi.InvokeOptions,
  isLate: boolean,
): Promise<GetPreVerifiedPhoneNumbersResult> {
  return invoke(
    {
      name: "getPreVerifiedPhoneNumbers",
      args: { ...args },
      isLate,
      answers: "preVerifiedPhoneNumbers",
      find: (lookUps) => lookUps.preVerifiedPhoneNumbers(args),
    },
    opts,
  );
}
