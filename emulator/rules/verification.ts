/** Proof of ownership by a six-digit code: NOT_VERIFIED or EXPIRED → a code is sent → VERIFIED. */
import {
  CODE_LIFETIME,
  CODE_REQUESTS_MAX,
  CODE_REQUESTS_WINDOW,
  WRONG_CODES_MAX,
  WRONG_CODES_WINDOW,
} from "../limits.ts";
import { livesOnApp, type NumberRecord, type Outcome, type Verification, within } from "../records/number.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
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
  const { verification, refusal } = sendCode(number.verification, drawCode, now);
  return { number: { ...number, verification }, ...(refusal === undefined ? {} : { refusal }) };
}

export function verifyCode(number: NumberRecord, code: string, now: number): Outcome {
  // I: no code can be sent to a number on the app, and one that was sent before it went there is void.
  if (livesOnApp(number)) return { number, refusal: wrongCode() };
  const { verification, refusal } = tryCode(number.verification, code, now);
  if (refusal !== undefined) return { number: { ...number, verification }, refusal };
  return { number: { ...number, verification, code_verification_status: "VERIFIED", verified_at: now } };
}

/** I: VERIFIED becomes EXPIRED with age alone. A registered number stays registered and works. */
export function lapseProof(number: NumberRecord, lifetime: number, now: number): NumberRecord {
  if (number.code_verification_status !== "VERIFIED" || number.verified_at === undefined) return number;
  return now - number.verified_at < lifetime ? number : { ...number, code_verification_status: "EXPIRED" };
}

interface Tried {
  readonly verification: Verification;
  readonly refusal?: GraphRefusal;
}

/** The same for whatever is proven by code. */
export function sendCode(verification: Verification, drawCode: () => string, now: number): Tried {
  const requests = within(verification.requests, CODE_REQUESTS_WINDOW, now);
  if (requests.length >= CODE_REQUESTS_MAX) return { verification, refusal: codeRequestedTooOften() };
  const code = { value: drawCode(), expires_at: now + CODE_LIFETIME };
  return { verification: { ...verification, code, requests: [...requests, now] } };
}

/** A right code works once. I: wrong ones are counted over all codes, as Meta's wait of 12 hours outlives a code. */
export function tryCode(verification: Verification, code: string, now: number): Tried {
  const wrong = within(verification.wrong, WRONG_CODES_WINDOW, now);
  if (wrong.length >= WRONG_CODES_MAX) return { verification, refusal: tooManyWrongCodes() };
  const live = liveCode(verification, now);
  if (live === undefined) return { verification, refusal: wrongCode() };
  if (live !== code) return { verification: { ...verification, wrong: [...wrong, now] }, refusal: wrongCode() };
  return { verification: { requests: verification.requests, wrong: [] } };
}

export function liveCode({ code }: Verification, now: number): string | undefined {
  return code !== undefined && now < code.expires_at ? code.value : undefined;
}
