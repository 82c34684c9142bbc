/** getPhoneNumbers: every phone number of a WhatsApp Business Account, as Graph shows it. */
import * as pulumi from "@pulumi/pulumi";
import { invoke, invokeOutput } from "./invoke.ts";
import { type FoundNumbers, type GetPhoneNumberResult, withSecrets } from "./phone-number-result.ts";

export interface GetPhoneNumbersArgs {
  /** The account: its numeric id, as text. */
  readonly wabaId: string;
  /**
   * Numbers of this mode alone: `SANDBOX` for unverified trials, `LIVE` for all others. Graph filters, where the app has
   * Meta's filter, a beta; else all are read and filtered here, and a line says so once. Default: all numbers.
   */
  readonly accountMode?: "SANDBOX" | "LIVE" | undefined;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: string | undefined;
}

/** What `getPhoneNumbersOutput` takes: the same, each a value or another resource's output. */
export interface GetPhoneNumbersOutputArgs {
  /** The account: its numeric id, as text. */
  readonly wabaId: pulumi.Input<string>;
  /** `SANDBOX` or `LIVE`: see `GetPhoneNumbersArgs`. Default: all numbers. */
  readonly accountMode?: pulumi.Input<"SANDBOX" | "LIVE" | undefined>;
  /** The name of the credential (`waba:credentials`) whose token is used. Default: `waba:accessToken`. */
  readonly credential?: pulumi.Input<string | undefined>;
}

export interface GetPhoneNumbersResult {
  readonly wabaId: string;
  /** As it was asked for. */
  readonly accountMode?: "SANDBOX" | "LIVE";
  /** All pages, in the order of their ids, whatever order Graph gives them in. */
  readonly phoneNumbers: GetPhoneNumberResult[];
}

/**
 * Every phone number of an account. It reads alone, in a preview too, with the token of the configuration. Calls of one
 * run for one account share the list.
 *
 * @throws pulumi.RunError for args that cannot be right, no token, an account that `waba:allowedWabaIds` does not list,
 * and what Graph refuses: the message says what to do
 *
 * @example
 * const { phoneNumbers } = await waba.getPhoneNumbers({ wabaId: "102290129340398", accountMode: "LIVE" });
 * export const phases = Object.fromEntries(phoneNumbers.map(({ id, phase }) => [id, phase]));
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 */
export function getPhoneNumbers(
  args: GetPhoneNumbersArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetPhoneNumbersResult> {
  return read(args, opts, false);
}

/**
 * The same for Outputs: it waits for them and for `opts.dependsOn`, and then reads anew. Unknown in a preview as long as
 * one of them is.
 */
export function getPhoneNumbersOutput(
  args: GetPhoneNumbersOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetPhoneNumbersResult> {
  return invokeOutput(args, pulumi.output(args), opts, read);
}

async function read(
  args: GetPhoneNumbersArgs,
  opts: pulumi.InvokeOptions,
  isLate: boolean,
): Promise<GetPhoneNumbersResult> {
  const { phoneNumbers, ...rest } = await invoke<FoundNumbers>(
    {
      name: "getPhoneNumbers",
      args: { ...args },
      isLate,
      answers: "phoneNumbers",
      find: (lookUps) => lookUps.phoneNumbers(args),
    },
    opts,
  );
  return { ...rest, phoneNumbers: phoneNumbers.map(withSecrets) };
}
