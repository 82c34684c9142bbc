/** The program under test: a customer's numbers, and where the messages of its account go. */
import type * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

export interface TenantArgs {
  readonly wabaId: pulumi.Input<string>;
  /** Display names by number, in E.164. */
  readonly numbers: Readonly<Record<string, string>>;
  /** One secret for all PINs. */
  readonly pinSeed: pulumi.Input<string>;
  readonly callbackUrl: pulumi.Input<string>;
  readonly verifyToken: pulumi.Input<string>;
}

export function tenant(name: string, { wabaId, numbers, pinSeed, callbackUrl, verifyToken }: TenantArgs) {
  const webhooks = new waba.WebhookSubscription(`${name}-webhooks`, { wabaId, callbackUrl, verifyToken });
  const all = Object.entries(numbers).map(
    ([phoneNumber, displayName]) =>
      new waba.PhoneNumber(
        `${name}${phoneNumber}`,
        { wabaId, phoneNumber, displayName, pin: waba.pinFrom(pinSeed, phoneNumber) },
        // Whoever writes to a number must find the webhooks in place.
        { dependsOn: webhooks, protect: true },
      ),
  );
  return { webhooks, numbers: all };
}

/** Numbers that the account has at Meta, and that nobody declares. */
export function undeclared({ wabaId, numbers }: Pick<TenantArgs, "wabaId" | "numbers">): pulumi.Output<string[]> {
  return waba
    .getPhoneNumbersOutput({ wabaId, accountMode: "LIVE" })
    .apply(({ phoneNumbers }) =>
      phoneNumbers.flatMap(({ phoneNumber }) =>
        phoneNumber === undefined || phoneNumber in numbers ? [] : [phoneNumber],
      ),
    );
}
