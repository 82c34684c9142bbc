/** Two-step verification. Meta never shows the PIN and has no call that turns it off; a new PIN needs no old one. */
import { WRONG_PINS_MAX, WRONG_PINS_WINDOW } from "../limits.ts";
import { isRegistered, livesOnApp, type NumberRecord, type Outcome, within } from "../records/number.ts";
import { pinGuessedTooFast, pinGuessedTooOften, pinMismatch, pinOnBusinessApp } from "../refusals/registration.ts";
import type { Settings } from "../settings.ts";

export type PinRules = Pick<Settings, "pinRetired" | "pinGuessInterval">;

/**
 * T: registered numbers have no PIN any more. I: what setting one answers since then is not published; here it is taken,
 * and gone at the next look.
 */
export function retirePin(number: NumberRecord): NumberRecord {
  return number.pin === undefined || !isRegistered(number) ? number : { ...number, pin: undefined };
}

export function setPin(number: NumberRecord, pin: string): Outcome {
  // I: what Meta answers here is not published; setting it could cost the customer the app account.
  if (livesOnApp(number)) return { number, refusal: pinOnBusinessApp() };
  return { number: { ...number, pin } };
}

/** At registration: without a PIN on the number the given one becomes it, else it must match. */
export function checkPin(number: NumberRecord, pin: string, rules: PinRules, now: number): Outcome {
  if (rules.pinRetired) return { number: { ...number, pin: undefined, wrong_pins: [] } };
  if (number.pin === undefined) return { number: { ...number, pin, wrong_pins: [] } };
  const wrong = within(number.wrong_pins, WRONG_PINS_WINDOW, now);
  const oldest = wrong.at(-WRONG_PINS_MAX);
  if (oldest !== undefined) return { number, refusal: pinGuessedTooOften(oldest + WRONG_PINS_WINDOW - now) };
  const latest = wrong.at(-1);
  // I: a PIN that comes too fast is neither compared nor counted as a guess.
  if (latest !== undefined && now - latest < rules.pinGuessInterval) {
    return { number, refusal: pinGuessedTooFast(latest + rules.pinGuessInterval - now) };
  }
  if (number.pin !== pin) return { number: { ...number, wrong_pins: [...wrong, now] }, refusal: pinMismatch() };
  return { number: { ...number, wrong_pins: [] } };
}
