/**
 * `override_callback_uri` and `verify_token`, of a number (inside `webhook_configuration`) and of an account. Verify
 * tokens are never kept, logged or repeated: Meta needs one only for the hub.challenge call.
 */
import { isSafe } from "../../provider/schemas/addresses.ts";
import { isWebAddress, optionalText, type Params } from "../calls/params.ts";
import { CALLBACK_URI_LENGTH_MAX } from "../limits.ts";
import type { NumberRecord } from "../records/number.ts";
import type { WabaRecord } from "../records/waba.ts";
import { invalidParam, malformedParam, missingParam } from "../refusals/request.ts";
import { appNotSubscribed } from "../refusals/webhooks.ts";
import type { Challenge } from "../webhooks/challenge.ts";
import type { NumberChallenge } from "./operation.ts";

/** `challenge` is missing where an empty URI takes the override away. */
export interface Override {
  readonly challenge?: Challenge;
}

/** Undefined when the key is not given. JSON, and JSON as text in any form of body, are taken. */
export function readConfiguration(params: Params): Override | undefined {
  const given = params.get("webhook_configuration");
  if (given === undefined || given === null) return undefined;
  const value = typeof given === "string" ? parsed(given) : given;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw malformedParam("webhook_configuration", "must be a JSON object");
  }
  const inner = new Map(Object.entries(value));
  if (optionalText(inner, "override_callback_uri") === undefined) {
    throw missingParam("webhook_configuration[override_callback_uri]");
  }
  return readOverride(inner);
}

/** D: https. I: http on loopback, where Meta could call nobody, and a test's receiver has no certificate. */
export function readOverride(params: Params): Override {
  const uri = optionalText(params, "override_callback_uri");
  if (uri === undefined || uri === "") return {};
  if (uri.length > CALLBACK_URI_LENGTH_MAX) {
    const rule = `must have at most ${CALLBACK_URI_LENGTH_MAX} characters`;
    throw invalidParam("override_callback_uri", rule, `${uri.length} characters`);
  }
  if (!isWebAddress(uri)) throw invalidParam("override_callback_uri", "must be a valid URL", uri);
  if (!isSafe(new URL(uri))) throw invalidParam("override_callback_uri", "must be an https URL", uri);
  const token = params.get("verify_token");
  if (token === undefined || token === null || token === "") throw missingParam("verify_token");
  if (typeof token !== "string" && typeof token !== "number") {
    throw malformedParam("verify_token", "must be a string");
  }
  return { challenge: { url: uri, verifyToken: String(token) } };
}

/** I: to take an override away nothing need be subscribed. */
export function requireSubscription({ challenge }: Override, waba: WabaRecord | undefined, appId: string): void {
  if (challenge !== undefined && !isSubscribed(waba, appId)) throw appNotSubscribed();
}

export function isSubscribed(waba: WabaRecord | undefined, appId: string): boolean {
  return waba?.subscribed_apps.some(({ id }) => id === appId) === true;
}

export const numberChallenge: NumberChallenge = (state, params, { number, token }) => {
  const override = readConfiguration(params);
  if (override === undefined) return undefined;
  requireSubscription(override, state.waba(number.waba_id), token.app_id);
  return override.challenge;
};

export function withOverride(number: NumberRecord, { challenge }: Override): NumberRecord {
  const { phone_number: _before, ...others } = number.webhook_configuration ?? {};
  const own = challenge === undefined ? {} : { phone_number: challenge.url };
  return { ...number, webhook_configuration: { ...others, ...own } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
