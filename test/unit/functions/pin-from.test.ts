import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { pinFrom } from "../../../provider/functions/pin-from.ts";

const SEED = "correct horse battery staple";
const NUMBER = "+16315551111";

/**
 * Made apart from our code: printf '16315551111/1' | openssl dgst -sha256 -hmac "$SEED", its first 16 hex digits as a
 * number, modulo a million.
 */
test.each<[seed: string, phoneNumber: string, version: number, pin: string]>([
  [SEED, NUMBER, 1, "797497"],
  [SEED, NUMBER, 2, "604180"],
  [SEED, "+16315552222", 1, "458158"],
  [SEED, "+491511234567", 1, "433418"],
  ["0123456789abcdef", NUMBER, 1, "895121"],
  ["geheim-für-Büros-ÄÖÜ", NUMBER, 7, "696317"],
  [SEED, "+15550000024", 1, "026163"],
  [SEED, "+15550000103", 1, "000045"],
])("seed %j, number %s, version %i make %s", (seed, phoneNumber, version, pin) => {
  expect(pinFrom(seed, phoneNumber, version)).toBe(pin);
});

test("the version is 1 unless said otherwise, and only the digits of a number count", () => {
  for (const spelling of [NUMBER, "+1 631-555-1111", "16315551111", "+1 (631) 555.1111"]) {
    expect(pinFrom(SEED, spelling)).toBe("797497");
  }
});

test("10,000 numbers get PINs of six digits that lean to none, and another one with another version or seed", () => {
  const numbers = Array.from({ length: 10_000 }, (_, at) => `+1555${String(at).padStart(7, "0")}`);
  const pins = numbers.map((number) => pinFrom(SEED, number));
  for (const pin of pins) expect(pin).toMatch(/^\d{6}$/);
  for (let position = 0; position < 6; position += 1) {
    for (const digit of "0123456789") {
      const count = pins.filter((pin) => pin[position] === digit).length;
      // 1,000 are expected; five standard deviations are 150.
      expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
  }
  // Two numbers in 10,000 may share one of a million PINs by chance: about 50 pairs do.
  expect(new Set(pins).size).toBeGreaterThan(9_900);
  const again = (other: (number: string) => string) =>
    numbers.filter((number, at) => other(number) === pins[at]).length;
  expect(again((number) => pinFrom(SEED, number, 2))).toBeLessThan(3);
  expect(again((number) => pinFrom(`${SEED}.`, number))).toBeLessThan(3);
  expect(again((number) => pinFrom(SEED, number))).toBe(10_000);
});

test("numbers and versions do not run into each other", () => {
  expect(pinFrom(SEED, "+1631555111", 11)).not.toBe(pinFrom(SEED, "+16315551111", 1));
  expect(new Set(Array.from({ length: 100 }, (_, at) => pinFrom(SEED, NUMBER, at + 1))).size).toBeGreaterThan(97);
});

test.each<[string, Parameters<typeof pinFrom>]>([
  ["a seed in an Output", [pulumi.secret(SEED), NUMBER]],
  ["a seed in a plain Output", [pulumi.output(SEED), NUMBER]],
  ["a seed in a promise", [Promise.resolve(SEED), NUMBER]],
  ["a number in an Output", [SEED, pulumi.output(NUMBER)]],
  ["a version in an Output", [SEED, NUMBER, pulumi.output(1)]],
  ["all three", [pulumi.secret(SEED), pulumi.output(NUMBER), pulumi.output(1)]],
])("%s makes a secret Output of the same PIN", async (_what, args) => {
  const pin = pinFrom(...args);
  expect(pulumi.Output.isInstance(pin)).toBe(true);
  expect(await pulumi.isSecret(pin)).toBe(true);
  expect(await new Promise((resolve) => pin.apply(resolve))).toBe("797497");
});

test.each<[string, [string, string, number?], RegExp]>([
  ["a short seed", ["hunter2-hunter2", NUMBER], /at least 16 characters; make one: openssl rand -hex 32$/],
  ["an empty seed", ["", NUMBER], /at least 16 characters/],
  ["no digits", [SEED, "support"], /the phone number has no digits$/],
  ["version 0", [SEED, NUMBER, 0], /version must be a whole number from 1$/],
  ["a half version", [SEED, NUMBER, 1.5], /version must be a whole number from 1$/],
  ["no number as a version", [SEED, NUMBER, Number.NaN], /version must be a whole number from 1$/],
])("%s is an error that does not hold the seed", (_what, args, message) => {
  const run = () => pinFrom(...args);
  expect(run).toThrow(message);
  expect(run).not.toThrow(/hunter2|correct horse/);
});
