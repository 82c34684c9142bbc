import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

interface Customer {
  readonly wabaId: string;
  readonly numbers: readonly {
    readonly phoneNumber: string;
    readonly displayName?: string;
    /** Raised to give the number another PIN. Default 1. */
    readonly pinVersion?: number;
    readonly embeddedSignupFinishedAt?: string;
  }[];
}

const config = new pulumi.Config();
const pinSeed = config.requireSecret("pinSeed");
const file = resolve(import.meta.dirname, config.require("file"));
const customers = JSON.parse(readFileSync(file, "utf8")) as Record<string, Customer>;

// A customer's name is also the name of the credential: waba:credentials holds one token a customer.
const numbers = Object.entries(customers).flatMap(([customer, { wabaId, numbers }]) =>
  numbers.map(
    ({ phoneNumber, pinVersion = 1, ...rest }) =>
      new waba.PhoneNumber(`${customer}-${phoneNumber}`, {
        ...rest,
        wabaId,
        phoneNumber,
        credential: customer,
        pin: waba.pinFrom(pinSeed, phoneNumber, pinVersion),
        // Numbers come by embedded signup: a mistyped one must not be added.
        adopt: "require",
      }),
  ),
);

const rows = pulumi.all(
  numbers.map(({ phoneNumber, phase, nextAction }) => pulumi.all({ phoneNumber, phase, nextAction })),
);

export const total = numbers.length;
/** What needs a person, or time. */
export const open = rows.apply((all) =>
  all
    .filter(({ phase }) => phase !== "registered" && phase !== "coexistence")
    .map(({ phoneNumber, phase, nextAction }) => `${phoneNumber} is ${phase}: ${nextAction}`),
);
