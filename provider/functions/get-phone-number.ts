/** getPhoneNumber: one phone number, as Graph shows it. */
import * as pulumi from "@pulumi/pulumi";
import { invoke, invokeOutput } from "./invoke.ts";
import { type FoundNumber, type GetPhoneNumberResult, withSecrets } from "./phone-number-result.ts";

/** By Graph's id of the number, or by its digits and its account. */
export type GetPhoneNumberArgs = {
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: string | undefined;
} & (
  | {
      /** Graph's id of the number. */
      readonly phoneNumberId: string;
      /** The account that must have it; its list is read once for all numbers. Default: any account. */
      readonly wabaId?: string | undefined;
      readonly phoneNumber?: undefined;
    }
  | {
      /** The number in E.164: `+`, country code, number. Spaces and hyphens are taken out. */
      readonly phoneNumber: string;
      /** The account that has it: its numeric id, as text. */
      readonly wabaId: string;
      readonly phoneNumberId?: undefined;
    }
);

/** What `getPhoneNumberOutput` takes: the same, each a value or another resource's output. */
export type GetPhoneNumberOutputArgs = {
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string | undefined>;
} & (
  | {
      /** Graph's id of the number. */
      readonly phoneNumberId: pulumi.Input<string>;
      /** The account that must have it; its list is read once for all numbers. Default: any account. */
      readonly wabaId?: pulumi.Input<string | undefined>;
      readonly phoneNumber?: undefined;
    }
  | {
      /** The number in E.164: `+`, country code, number. Spaces and hyphens are taken out. */
      readonly phoneNumber: pulumi.Input<string>;
      /** The account that has it: its numeric id, as text. */
      readonly wabaId: pulumi.Input<string>;
      readonly phoneNumberId?: undefined;
    }
);

/**
 * One phone number, that this stack manages or not. It reads alone, in a preview too, with the token of the
 * configuration. A number that is not there is an error.
 *
 * @throws pulumi.RunError for args that cannot be right, no token, an account that `waba:allowedWabaIds` does not list,
 * no such number, and what Graph refuses: the message says what to do
 *
 * @example
 * const { nameStatus, newCertificate } = await waba.getPhoneNumber({ phoneNumberId: "1972385232742141" });
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 */
export function getPhoneNumber(
  args: GetPhoneNumberArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetPhoneNumberResult> {
  return read(args, opts, false);
}

/**
 * The same for Outputs: it waits for them and for `opts.dependsOn`, and then reads anew. Unknown in a preview as long as
 * one of them is.
 */
export function getPhoneNumberOutput(
  args: GetPhoneNumberOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetPhoneNumberResult> {
  return invokeOutput(args, pulumi.output(args), opts, read);
}

async function read(
  args: GetPhoneNumberArgs,
  opts: pulumi.InvokeOptions,
  isLate: boolean,
): Promise<GetPhoneNumberResult> {
  const number = await invoke<FoundNumber>(
    {
      name: "getPhoneNumber",
      args: { ...args },
      isLate,
      answers: "id",
      find: (lookUps) => lookUps.phoneNumber(args),
    },
    opts,
  );
  return withSecrets(number);
}
