/** Proof of ownership by a six-digit code: NOT_VERIFIED or EXPIRED → a code is sent → VERIFIED. */
import {
  CODE_LIFETIME,
  CODE_REQUESTS_MAX,
  CODE_REQUESTS_WINDOW,
  WRONG_CODES_MAX,
  WRONG_CODES_WINDOW,
} from "../limits.ts";
import { livesOnApp, type NumberRecord, type Outcome, within } from "../number.ts";
import {
  alreadyVerified,
  codeNotAvailable,
  codeRequestedTooOften,
  tooManyWrongCodes,
  wrongCode,
} from "../refusals/verification.ts";

/** Sends a code; it takes the place of one that is still alive. */
export function requestCode(number: NumberRecord, drawCode: () => string, now: number): Outcome {
  // Seen live: a number on the app is refused with the text "wait 1 hour", however long one waits.
  if (livesOnApp(number)) return { number, refusal: codeNotAvailable() };
  if (number.code_verification_status === "VERIFIED") return { number, refusal: alreadyVerified() };
  const requests = within(number.verification.requests, CODE_REQUESTS_WINDOW, now);
  if (requests.length >= CODE_REQUESTS_MAX) return { number, refusal: codeRequestedTooOften() };
  const code = { value: drawCode(), expires_at: now + CODE_LIFETIME };
  return { number: { ...number, verification: { ...number.verification, code, requests: [...requests, now] } } };
}

/** A right code works once. I: wrong ones are counted over all codes, as Meta's wait of 12 hours outlives a code. */
export function verifyCode(number: NumberRecord, code: string, now: number): Outcome {
  const wrong = within(number.verification.wrong, WRONG_CODES_WINDOW, now);
  if (wrong.length >= WRONG_CODES_MAX) return { number, refusal: tooManyWrongCodes() };
  const live = liveCode(number, now);
  if (live === undefined) return { number, refusal: wrongCode() };
  if (live !== code) {
    return {
      number: { ...number, verification: { ...number.verification, wrong: [...wrong, now] } },
      refusal: wrongCode(),
    };
  }
  const verification = { requests: number.verification.requests, wrong: [] };
  return { number: { ...number, code_verification_status: "VERIFIED", verification } };
}

export function liveCode(number: NumberRecord, now: number): string | undefined {
  const code = number.verification.code;
  return code !== undefined && now < code.expires_at ? code.value : undefined;
}
