/**
 * Whether a number can send, entity by entity: the number, its account, the business of the account. The whole is as
 * good as its worst part.
 * D: the shape, the values, LIMITED for a name that is not approved. I: what each status and a ban do, the codes and texts.
 */
import type { Json, JsonObject } from "../json.ts";
import { isRegistered, type NumberRecord } from "../records/number.ts";
import { isApproved, isBanned, type WabaRecord } from "../records/waba.ts";
import { hasUsableName } from "./display-name.ts";

export function healthStatus(number: NumberRecord, waba: WabaRecord | undefined): JsonObject {
  if (number.health_status !== undefined) return number.health_status as JsonObject;
  const own = { entity_type: "PHONE_NUMBER", id: number.id, ...numberHealth(number) };
  return wholeOf([own, ...(waba === undefined ? [] : accountEntities(waba))]);
}

/** Of an account as a whole; its numbers tell their own. */
export function accountHealth(waba: WabaRecord): JsonObject {
  return wholeOf(accountEntities(waba));
}

function accountEntities(waba: WabaRecord): Health[] {
  return [
    { entity_type: "WABA", id: waba.id, ...wabaHealth(waba) },
    { entity_type: "BUSINESS", id: waba.business_id, ...AVAILABLE },
  ];
}

interface Health {
  readonly can_send_message: "AVAILABLE" | "LIMITED" | "BLOCKED";
  readonly [more: string]: Json | undefined;
}

const AVAILABLE: Health = { can_send_message: "AVAILABLE" };
const LIMITING: { readonly [status: string]: string | undefined } = {
  FLAGGED: "The quality of your messages is low.",
  RATE_LIMITED: "Too many messages were sent.",
  RESTRICTED: "The messaging limit is reached: no new conversations can be started.",
};

function numberHealth(number: NumberRecord): Health {
  if (number.status === "BANNED") return LOCKED;
  if (!isRegistered(number)) {
    return blocked(133010, "The phone number is not registered.", "Register the phone number with the Cloud API.");
  }
  if (isFictitious(number) && number.name_status !== "APPROVED") {
    return blocked(131037, "The display name is not approved.", "Wait for the approval of the display name.");
  }
  const limits = LIMITING[number.status];
  const infos = [
    ...(limits === undefined ? [] : [limits]),
    ...(hasUsableName(number) ? [] : ["Your display name has not been approved yet."]),
  ];
  return infos.length === 0 ? AVAILABLE : { can_send_message: "LIMITED", additional_info: infos };
}

function wabaHealth(waba: WabaRecord): Health {
  if (isBanned(waba)) return LOCKED;
  if (isApproved(waba)) return AVAILABLE;
  return { can_send_message: "LIMITED", additional_info: ["Your account has not been approved yet."] };
}

/** D: Meta lends numbers of +1 555, which send only under an approved name. */
function isFictitious({ country_dial_code, national_number }: NumberRecord): boolean {
  return country_dial_code === "1" && national_number.startsWith("555");
}

function blocked(code: number, description: string, solution: string): Health {
  return {
    can_send_message: "BLOCKED",
    errors: [{ error_code: code, error_description: description, possible_solution: solution }],
  };
}

const LOCKED = blocked(131031, "The account has been locked.", "Ask Meta's support for a review.");

const FROM_WORST = ["BLOCKED", "LIMITED", "AVAILABLE"] as const;

function wholeOf(entities: readonly Health[]): JsonObject {
  const can_send_message = FROM_WORST.find((word) => entities.some((entity) => entity.can_send_message === word));
  return { can_send_message, entities };
}
