import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

const config = new pulumi.Config();
// Plain values on purpose: what a person forgets to mark as a secret must be one all the same.
const numbers = config.requireObject<Record<string, waba.PhoneNumberArgs>>("numbers");
const pinSeed = config.getSecret("pinSeed");

/** A number without a PIN of its own gets one out of the seed, where there is one. */
function withPin(args: waba.PhoneNumberArgs): waba.PhoneNumberArgs {
  const { pin, phoneNumber } = args;
  if (pin !== undefined || pinSeed === undefined || phoneNumber === undefined) return args;
  return { ...args, pin: waba.pinFrom(pinSeed.apply(String), phoneNumber) };
}

export const phases = Object.fromEntries(
  Object.entries(numbers).map(([name, args]) => [name, new waba.PhoneNumber(name, withPin(args)).phase]),
);
