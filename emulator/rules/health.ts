/**
 * Whether a number can send, entity by entity, with the ids of the number, its account and its business.
 * I: the error codes and texts; the shape and the values are documented.
 */
import type { Json, JsonObject } from "../json.ts";
import { isRegistered, type NumberRecord } from "../number.ts";
import { isApproved, isBanned, type WabaRecord } from "../waba.ts";
import { hasUsableName } from "./display-name.ts";

export function healthStatus(number: NumberRecord, businessId: string): JsonObject {
  if (number.health_status !== undefined) return number.health_status as JsonObject;
  const health = numberHealth(number);
  return {
    can_send_message: health.can_send_message,
    entities: [
      { entity_type: "PHONE_NUMBER", id: number.id, ...health },
      { entity_type: "WABA", id: number.waba_id, can_send_message: "AVAILABLE" },
      { entity_type: "BUSINESS", id: businessId, can_send_message: "AVAILABLE" },
    ],
  };
}

interface Health {
  readonly can_send_message: "AVAILABLE" | "LIMITED" | "BLOCKED";
  readonly [more: string]: Json | undefined;
}

function numberHealth(number: NumberRecord): Health {
  if (number.status === "BANNED") {
    return blocked(131031, "The account has been locked.", "Ask Meta's support for a review.");
  }
  if (!isRegistered(number)) {
    return blocked(133010, "The phone number is not registered.", "Register the phone number with the Cloud API.");
  }
  if (!hasUsableName(number)) {
    return { can_send_message: "LIMITED", additional_info: ["Your display name has not been approved yet."] };
  }
  return { can_send_message: "AVAILABLE" };
}

function blocked(code: number, description: string, solution: string): Health {
  return {
    can_send_message: "BLOCKED",
    errors: [{ error_code: code, error_description: description, possible_solution: solution }],
  };
}

/** Of an account as a whole; its numbers tell their own. */
export function accountHealth(waba: WabaRecord): JsonObject {
  const health = wabaHealth(waba);
  return {
    can_send_message: health.can_send_message,
    entities: [
      { entity_type: "WABA", id: waba.id, ...health },
      { entity_type: "BUSINESS", id: waba.business_id, can_send_message: "AVAILABLE" },
    ],
  };
}

function wabaHealth(waba: WabaRecord): Health {
  if (isBanned(waba)) return blocked(131031, "The account has been locked.", "Ask Meta's support for a review.");
  if (isApproved(waba)) return { can_send_message: "AVAILABLE" };
  return { can_send_message: "LIMITED", additional_info: ["Your account has not been approved yet."] };
}
