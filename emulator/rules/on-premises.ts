/**
 * Registration with the on-premises client, which Meta ended in October 2025:
 *
 *   proven → (account) ON_PREMISE and CONNECTED
 *   not proven → (account) a code is sent → (account/verify) ON_PREMISE and CONNECTED
 *
 * I: the order of the checks, and that a number which is proven already needs no code.
 */
import { APPROVED_NAME_STATUSES } from "../../provider/schemas/words.ts";
import { graphTime } from "../clock.ts";
import { isRegistered, livesOnApp, type NumberRecord, type Outcome } from "../records/number.ts";
import { accessDenied, badValue, missingValue, tooManyTries } from "../refusals/on-premises.ts";
import { refusalWhenGone } from "./closed.ts";
import { takeOverName } from "./display-name.ts";
import { checkPin, type PinRules } from "./pin.ts";
import { isProven } from "./registration.ts";
import { requestCode, verifyCode } from "./verification.ts";

export interface AccountWish {
  readonly cert: string;
  readonly pin?: string | undefined;
  /** Which client asks: its code comes without the phone number. */
  readonly client: string;
}

export function openAccount(
  number: NumberRecord,
  wish: AccountWish,
  drawCode: () => string,
  rules: PinRules,
  now: number,
): Outcome {
  if (number.status === "BANNED") return { number, refusal: accessDenied("the account is locked") };
  if (refusalWhenGone(number) !== undefined)
    return { number, refusal: accessDenied("the number is not here any more") };
  if (livesOnApp(number)) return { number, refusal: accessDenied("the number is on the WhatsApp Business app") };
  if (isRegistered(number)) return { number, refusal: accessDenied("the number is registered with the Cloud API") };
  if (!isItsCertificate(number, wish.cert))
    return { number, refusal: badValue("cert", "is not the number's certificate") };
  const checked = checkAccountPin(number, wish.pin, rules, now);
  if (checked.refusal !== undefined) return checked;
  if (isConnected(number) || isProven(number)) return { number: connected(checked.number, wish.cert, now) };
  const sent = requestCode(checked.number, drawCode, now);
  if (sent.refusal !== undefined) return { number: sent.number, refusal: tooManyTries() };
  return { number: { ...sent.number, on_premises: { client: wish.client, cert: wish.cert, asked_at: now } } };
}

export function verifyAccount(number: NumberRecord, cert: string, code: string, now: number): Outcome {
  const verified = verifyCode(number, code, now);
  if (verified.refusal !== undefined) {
    return { number: verified.number, refusal: badValue("code", "is wrong or has expired") };
  }
  return { number: connected(verified.number, cert, now) };
}

/** Registered with an on-premises client; a number on the app has the same platform and is not connected. */
export function isConnected(number: NumberRecord): boolean {
  return number.platform_type === "ON_PREMISE" && number.status === "CONNECTED";
}

/** The one of the approved name: the current one or, after a change, the new one. */
function isItsCertificate(number: NumberRecord, cert: string): boolean {
  if (cert === number.new_certificate) return true;
  return cert === number.certificate && APPROVED_NAME_STATUSES.includes(number.name_status);
}

/** D: the PIN is asked for only where two-step verification is on. */
function checkAccountPin(number: NumberRecord, pin: string | undefined, rules: PinRules, now: number): Outcome {
  if (number.pin === undefined) return { number };
  if (pin === undefined) return { number, refusal: missingValue("pin") };
  const checked = checkPin(number, pin, rules, now);
  if (checked.refusal === undefined) return checked;
  return { number: checked.number, refusal: accessDenied("the two-step verification PIN does not match") };
}

function connected(number: NumberRecord, cert: string, now: number): NumberRecord {
  const named =
    cert === number.new_certificate ? takeOverName(number) : { ...number, registered_name: number.verified_name };
  return {
    ...named,
    platform_type: "ON_PREMISE",
    status: "CONNECTED",
    throughput: { level: "STANDARD" },
    last_onboarded_time: graphTime(now),
    on_premises: undefined,
  };
}
