/** A phone number as country calling code and national number, read from what clients send, and Graph's spelling of it. */
export interface PhoneDigits {
  readonly countryCode: string;
  readonly national: string;
}

/** E.164, both parts together. */
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
/** Where the national number has one length, it tells whether the calling code is still in front of it. */
const NATIONAL_LENGTH: { readonly [countryCode: string]: number } = { "1": 10, "7": 10 };
/** I: elsewhere, what is left without the calling code must be at least this long to be a national number. */
const NATIONAL_MIN = 8;
const TWO_DIGIT_CODES = new Set(
  "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(
    " ",
  ),
);

/** Undefined when it cannot be a phone number. Without `countryCode` the digits are taken as E.164. */
export function readPhoneDigits(phoneNumber: string, countryCode?: string): PhoneDigits | undefined {
  const digits = phoneNumber.replace(/\D/g, "");
  const code = countryCode === undefined ? callingCode(digits) : countryCode.replace(/\D/g, "");
  if (!/^[1-9]\d{0,2}$/.test(code)) return undefined;
  const national = countryCode === undefined ? digits.slice(code.length) : withoutCode(phoneNumber, digits, code);
  const exact = NATIONAL_LENGTH[code];
  if (national === undefined || (exact !== undefined && national.length !== exact)) return undefined;
  const length = code.length + national.length;
  return length >= DIGITS_MIN && length <= DIGITS_MAX ? { countryCode: code, national } : undefined;
}

/**
 * I: Meta's guides say "with or without" the calling code and leave the doubtful cases open. Undefined when the number
 * says by its `+` that it has another one.
 */
function withoutCode(phoneNumber: string, digits: string, code: string): string | undefined {
  const international = phoneNumber.trimStart().startsWith("+");
  if (!digits.startsWith(code)) return international ? undefined : digits;
  const rest = digits.slice(code.length);
  if (international) return rest;
  const exact = NATIONAL_LENGTH[code];
  const plausible = exact === undefined ? rest.length >= NATIONAL_MIN : rest.length === exact;
  return plausible ? rest : digits;
}

function callingCode(digits: string): string {
  if (digits.startsWith("1") || digits.startsWith("7")) return digits.slice(0, 1);
  return TWO_DIGIT_CODES.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3);
}

/** `+1 631-555-1111`; outside North America groups of three, as Meta's own grouping is not published (I). */
export function displayPhoneNumber(countryCode: string, national: string): string {
  if (countryCode === "1" && national.length === 10) {
    return `+1 ${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`;
  }
  return `+${countryCode} ${national.replace(/\d{3}(?=\d{2})/g, "$& ")}`;
}
