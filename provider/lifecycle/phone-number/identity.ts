/** Which number is meant: Graph writes `+1 631-555-1111`, webhooks `16315551111`, programs `+16315551111`. Pure. */
import { callingCodeOf } from "../../schemas/calling-codes.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";

export function digitsOf(phoneNumber: string): string {
  return phoneNumber.replace(/\D/g, "");
}

/** A number in the two parts that Graph wants for a new one. The calling code was checked before. */
export function partsOf(phoneNumber: string): { cc: string; phoneNumber: string } {
  const digits = digitsOf(phoneNumber);
  const cc = callingCodeOf(digits) ?? "";
  return { cc, phoneNumber: digits.slice(cc.length) };
}

type Identity = Pick<PhoneNumberInputs, "phoneNumber" | "phoneNumberId">;

/** How messages name a number that is declared and not found. */
export function describe({ phoneNumber, phoneNumberId }: Identity): string {
  if (phoneNumber === undefined) return `number ${phoneNumberId}`;
  return phoneNumberId === undefined ? `number ${phoneNumber}` : `number ${phoneNumber} (${phoneNumberId})`;
}

/** The number of a list that is declared, by its id where one is given, else by its digits. */
export function findIn(numbers: readonly PhoneNumberNode[], declared: Identity): PhoneNumberNode | undefined {
  const { phoneNumberId, phoneNumber } = declared;
  if (phoneNumberId !== undefined) return numbers.find(({ id }) => id === phoneNumberId);
  return numbers.find((node) => phoneNumber !== undefined && hasDigits(node, phoneNumber));
}

export function hasDigits({ display_phone_number }: PhoneNumberNode, phoneNumber: string): boolean {
  return display_phone_number !== undefined && digitsOf(display_phone_number) === digitsOf(phoneNumber);
}
