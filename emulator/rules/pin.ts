/** Two-step verification. Meta never shows the PIN and has no call that turns it off; a new PIN needs no old one. */
import { WRONG_PINS_MAX, WRONG_PINS_WINDOW } from "../limits.ts";
import { livesOnApp, type NumberRecord, type Outcome, within } from "../number.ts";
import { pinGuessedTooOften, pinMismatch, pinOnBusinessApp } from "../refusals/registration.ts";

export function setPin(number: NumberRecord, pin: string): Outcome {
  // I: what Meta answers here is not published; setting it could cost the customer the app account.
  if (livesOnApp(number)) return { number, refusal: pinOnBusinessApp() };
  return { number: { ...number, pin } };
}

/** At registration: without a PIN on the number the given one becomes it, else it must match. */
export function checkPin(number: NumberRecord, pin: string, now: number): Outcome {
  const wrong = within(number.wrong_pins, WRONG_PINS_WINDOW, now);
  if (number.pin !== undefined && wrong.length >= WRONG_PINS_MAX) return { number, refusal: pinGuessedTooOften() };
  if (number.pin !== undefined && number.pin !== pin) {
    return { number: { ...number, wrong_pins: [...wrong, now] }, refusal: pinMismatch() };
  }
  return { number: { ...number, pin, wrong_pins: [] } };
}
