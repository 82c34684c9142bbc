import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

// Plain values on purpose: what a person forgets to mark as a secret must be one all the same.
const numbers = new pulumi.Config().requireObject<Record<string, waba.PhoneNumberArgs>>("numbers");

export const phases = Object.fromEntries(
  Object.entries(numbers).map(([name, args]) => [name, new waba.PhoneNumber(name, args).phase]),
);
