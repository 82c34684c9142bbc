/** One PIN a number out of one secret, so that a fleet needs no PIN of its own in the configuration. */
import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

const PINS = 1_000_000n;

/**
 * The two-step PIN of a number, derived from one secret: the same three values give the same PIN, and no PIN tells
 * anything of another. HMAC-SHA256 under the seed, over the digits and the version; its first eight bytes as a number,
 * modulo a million, as six digits. Raise `version` to rotate a number's PIN.
 *
 * @param seed a secret of the configuration, at least 16 characters; whoever knows it knows every PIN
 * @param phoneNumber in E.164; only its digits count
 * @param version a whole number from 1. Default 1
 * @returns six digits; for an Output a secret Output
 * @throws Error for a short seed, a number without digits or a version below 1. No message holds the seed
 *
 * @example
 * new waba.PhoneNumber("support", { wabaId, phoneNumber, displayName, pin: waba.pinFrom(config.requireSecret("pinSeed"), phoneNumber) });
 */
export function pinFrom(seed: string, phoneNumber: string, version?: number): string;
export function pinFrom(
  seed: pulumi.Input<string>,
  phoneNumber: pulumi.Input<string>,
  version?: pulumi.Input<number>,
): pulumi.Output<string>;
export function pinFrom(
  seed: pulumi.Input<string>,
  phoneNumber: pulumi.Input<string>,
  version: pulumi.Input<number> = 1,
): string | pulumi.Output<string> {
  if (typeof seed === "string" && typeof phoneNumber === "string" && typeof version === "number") {
    return derive(seed, phoneNumber, version);
  }
  return pulumi.secret(pulumi.all([seed, phoneNumber, version]).apply((values) => derive(...values)));
}

const SEED_MIN = 16;

function derive(seed: string, phoneNumber: string, version: number): string {
  const digits = phoneNumber.replace(/\D/g, "");
  if (seed.length < SEED_MIN) {
    throw new Error(`pinFrom: the seed must have at least ${SEED_MIN} characters; make one: openssl rand -hex 32`);
  }
  if (digits === "") throw new Error("pinFrom: the phone number has no digits");
  if (!Number.isSafeInteger(version) || version < 1) throw new Error("pinFrom: version must be a whole number from 1");
  const mac = createHmac("sha256", seed).update(`${digits}/${version}`).digest();
  return (mac.readBigUInt64BE() % PINS).toString().padStart(6, "0");
}
