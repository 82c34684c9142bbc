import fc from "fast-check";
import { expect, test } from "vitest";
import { displayPhoneNumber, readPhoneDigits } from "../../emulator/records/phone-digits.ts";

const SEEDED = { seed: 7, numRuns: 500 };
const digits = (length: number) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length - 1, maxLength: length - 1 }),
    )
    .map(([first, rest]) => `${first}${rest}`);
/** Calling code and national number, where the national number has a known length or cannot be mistaken. */
const phone = fc.oneof(
  fc.tuple(fc.constantFrom("1", "7"), digits(10)),
  fc.tuple(fc.constantFrom("49", "44", "55", "351", "972", "212"), digits(9)),
);
const spelled = (text: string) =>
  text
    .split("")
    .join(" ")
    .replace(/ (?=\d \d)/, "-");

test("every spelling of a number reads the same", () => {
  fc.assert(
    fc.property(phone, ([countryCode, national]) => {
      const expected = { countryCode, national };
      expect(readPhoneDigits(`+${countryCode}${national}`)).toEqual(expected);
      expect(readPhoneDigits(countryCode + national)).toEqual(expected);
      expect(readPhoneDigits(`+${countryCode}${national}`, countryCode)).toEqual(expected);
      expect(readPhoneDigits(countryCode + national, countryCode)).toEqual(expected);
      expect(readPhoneDigits(countryCode + national, `+${countryCode}`)).toEqual(expected);
      expect(readPhoneDigits(`+${spelled(countryCode + national)}`, countryCode)).toEqual(expected);
    }),
    SEEDED,
  );
});

test("a national number that does not begin like its calling code stays as it is", () => {
  fc.assert(
    fc.property(phone, ([countryCode, national]) => {
      fc.pre(!national.startsWith(countryCode));
      expect(readPhoneDigits(national, countryCode)).toEqual({ countryCode, national });
    }),
    SEEDED,
  );
});

test("where national numbers have one length, one that begins like its calling code is not cut", () => {
  fc.assert(
    fc.property(fc.constantFrom("1", "7"), digits(9), (countryCode, rest) => {
      const national = countryCode + rest;
      expect(readPhoneDigits(national, countryCode)).toEqual({ countryCode, national });
      expect(readPhoneDigits(countryCode + national, countryCode)).toEqual({ countryCode, national });
    }),
    SEEDED,
  );
});

test("what is read shows the digits that were read", () => {
  fc.assert(
    fc.property(phone, ([countryCode, national]) => {
      const shown = displayPhoneNumber(countryCode, national);
      expect(shown.replace(/\D/g, "")).toBe(countryCode + national);
      expect(readPhoneDigits(shown)).toEqual({ countryCode, national });
      expect(readPhoneDigits(shown, countryCode)).toEqual({ countryCode, national });
    }),
    SEEDED,
  );
});

test("any text is read as 7 to 15 digits, or not at all", () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (text, code) => {
      const read = readPhoneDigits(text, code);
      if (read === undefined) return;
      expect(read.countryCode + read.national).toMatch(/^[1-9]\d{6,14}$/);
    }),
    SEEDED,
  );
});

test.each([
  ["+4915123456789", "1"],
  ["+12125550100", "49"],
  ["+72125550100", "1"],
])("%s with the calling code %s contradicts itself", (text, code) => {
  expect(readPhoneDigits(text, code)).toBeUndefined();
});

test.each([
  ["4912345678", "49", "12345678"],
  ["491234567", "49", "491234567"],
])("%s with the calling code %s is national %s", (text, code, national) => {
  expect(readPhoneDigits(text, code)?.national).toBe(national);
});

test.each([
  ["123456", undefined],
  ["1234567890123456", undefined],
  ["0123456789", undefined],
  ["123456", "1234"],
  ["12345678", "0"],
  ["12345678", "x"],
  ["", undefined],
])("%j with %j is no phone number", (text, code) => {
  expect(readPhoneDigits(text, code)).toBeUndefined();
});
