/**
 * Registration with the Cloud API:
 *
 *   verified, name usable → (register) CLOUD_API and CONNECTED → (deregister) NOT_APPLICABLE and DISCONNECTED
 *
 * A registered number may register again: that is how an approved new name is taken over.
 * I: the order in which Meta checks is not published.
 */
import { graphTime } from "../clock.ts";
import { isRegistered, livesOnApp, type NumberRecord, type Outcome } from "../number.ts";
import {
  accountLocked,
  deregisterOnBusinessApp,
  nameNotProvisioned,
  needsVerification,
  notRegistered,
  onBusinessApp,
  regionIsFixed,
} from "../refusals/registration.ts";
import { hasUsableName, takeOverName } from "./display-name.ts";
import { checkPin } from "./pin.ts";

export interface RegisterWish {
  readonly pin: string;
  readonly region?: string | undefined;
}

export function register(number: NumberRecord, wish: RegisterWish, now: number): Outcome {
  // Seen live for numbers on the app; I for those that coexist.
  if (livesOnApp(number)) return { number, refusal: onBusinessApp() };
  if (number.status === "BANNED") return { number, refusal: accountLocked() };
  if (!isProven(number)) return { number, refusal: needsVerification() };
  if (!isRegistered(number) && !hasUsableName(number)) return { number, refusal: nameNotProvisioned() };
  if (isRegistered(number) && wish.region !== undefined && wish.region !== number.data_localization_region) {
    return { number, refusal: regionIsFixed() };
  }
  const checked = checkPin(number, wish.pin, now);
  if (checked.refusal !== undefined) return checked;
  const named = takeOverName(checked.number);
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

/** I: no payload of a deregistered number was ever published; number, verification and PIN stay. */
export function deregister(number: NumberRecord): Outcome {
  if (livesOnApp(number)) return { number, refusal: deregisterOnBusinessApp() };
  if (!isRegistered(number)) return { number, refusal: notRegistered() };
  return {
    number: {
      ...number,
      platform_type: "NOT_APPLICABLE",
      status: number.status === "BANNED" ? "BANNED" : "DISCONNECTED",
      throughput: { level: "NOT_APPLICABLE" },
      data_localization_region: undefined,
    },
  };
}

/** The first time a code must have been verified; later an EXPIRED proof is normal on a live number. */
function isProven(number: NumberRecord): boolean {
  if (number.code_verification_status === "VERIFIED") return true;
  return number.code_verification_status === "EXPIRED" && number.last_onboarded_time !== undefined;
}
