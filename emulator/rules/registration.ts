/**
 * Registration with the Cloud API:
 *
 *   verified, name usable → (register) CLOUD_API and CONNECTED → (deregister) NOT_APPLICABLE and DISCONNECTED
 *
 * A registered number may register again: that is how an approved new name is taken over.
 * I: the order in which Meta checks is not published.
 */
import { graphTime } from "../clock.ts";
import { SIGNUP_REGISTER_DEADLINE } from "../limits.ts";
import { isRegistered, livesOnApp, type NumberRecord, type Outcome } from "../records/number.ts";
import { recentlyDeleted, registeredElsewhere } from "../refusals/adding.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import {
  accountLocked,
  deregisterIncomplete,
  deregisterOnBusinessApp,
  nameNotProvisioned,
  needsVerification,
  notRegistered,
  onBusinessApp,
  regionExcludesRetention,
  regionIsFixed,
  signupLapsed,
  tooManyNumbers,
} from "../refusals/registration.ts";
import { refusalWhenClosed, refusalWhenGone } from "./closed.ts";
import { hasUsableName, takeOverName } from "./display-name.ts";
import { reviewBadge } from "./official-business-account.ts";
import { checkPin, type PinRules } from "./pin.ts";

export interface RegisterWish {
  readonly pin: string;
  readonly region?: string | undefined;
}

/** What a register call depends on besides the number itself. */
export interface Circumstances {
  readonly accountBanned: boolean;
  /** Somebody deleted the same number in another account a moment ago. */
  readonly justDeleted: boolean;
  /** The same number is registered in another account, and does not move from there to here. */
  readonly registeredElsewhere: boolean;
  readonly atNumberCap: boolean;
}

export function register(
  number: NumberRecord,
  wish: RegisterWish,
  around: Circumstances,
  rules: PinRules,
  now: number,
): Outcome {
  const refusal = refusalToRegister(number, wish, around, now);
  if (refusal !== undefined) return { number, refusal };
  const checked = checkPin(number, wish.pin, rules, now);
  if (checked.refusal !== undefined) return checked;
  const named = reviewBadge(takeOverName(checked.number), number, now);
  return {
    number: {
      ...named,
      ...(isRegistered(named) ? {} : { platform_type: "CLOUD_API", status: "CONNECTED" }),
      throughput: named.throughput.level === "NOT_APPLICABLE" ? { level: "STANDARD" } : named.throughput,
      // I: a repeated register moves the time too.
      last_onboarded_time: graphTime(now),
      data_localization_region: wish.region ?? named.data_localization_region,
    },
  };
}

function refusalToRegister(
  number: NumberRecord,
  wish: RegisterWish,
  around: Circumstances,
  now: number,
): GraphRefusal | undefined {
  // Seen live for numbers on the app; I for those that coexist.
  if (livesOnApp(number)) return onBusinessApp();
  const closed = refusalWhenClosed(number);
  if (closed !== undefined) return closed;
  if (around.accountBanned) return accountLocked();
  if (around.justDeleted) return recentlyDeleted();
  if (number.deregister_incomplete) return deregisterIncomplete();
  if (hasSignupLapsed(number, now)) return signupLapsed();
  if (!isProven(number)) return needsVerification();
  if (!isRegistered(number)) {
    if (around.registeredElsewhere) return registeredElsewhere();
    if (!hasUsableName(number)) return nameNotProvisioned();
    if (around.atNumberCap) return tooManyNumbers();
  } else if (wish.region !== undefined && wish.region !== number.data_localization_region) return regionIsFixed();
  if (wish.region !== undefined && number.retention_minutes !== undefined) return regionExcludesRetention();
  return undefined;
}

/** D: 14 days to register; I: a number that was registered since has met them for good. */
function hasSignupLapsed(number: NumberRecord, now: number): boolean {
  const { signup_finished_at: finished, last_onboarded_time: onboarded } = number;
  if (finished === undefined || isRegistered(number)) return false;
  if (onboarded !== undefined && onboarded >= graphTime(finished)) return false;
  return now - finished >= SIGNUP_REGISTER_DEADLINE;
}

/** I: no payload of a deregistered number was ever published; number, verification and PIN stay. */
export function deregister(number: NumberRecord): Outcome {
  if (livesOnApp(number)) return { number, refusal: deregisterOnBusinessApp() };
  if (number.status === "BANNED") return { number, refusal: accountLocked() };
  // D: what was left halfway is finished by another call.
  if (!isRegistered(number) && !number.deregister_incomplete) return { number, refusal: notRegistered() };
  const gone = refusalWhenGone(number);
  if (gone !== undefined) return { number, refusal: gone };
  return {
    number: {
      ...number,
      platform_type: "NOT_APPLICABLE",
      status: "DISCONNECTED",
      throughput: { level: "NOT_APPLICABLE" },
      data_localization_region: undefined,
      retention_minutes: undefined,
      deregister_incomplete: undefined,
    },
  };
}

/** The first time a code must have been verified; later an EXPIRED proof is normal on a live number. */
export function isProven(number: NumberRecord): boolean {
  if (number.code_verification_status === "VERIFIED") return true;
  return number.code_verification_status === "EXPIRED" && number.last_onboarded_time !== undefined;
}
