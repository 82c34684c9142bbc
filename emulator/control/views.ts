/** How the control routes show the state: Graph's fields under Graph's names, then what Graph never shows. */
import { project } from "../calls/fields.ts";
import type { JsonObject } from "../json.ts";
import { NUMBER_NODE } from "../nodes/number.ts";
import { digitsOf, type NumberRecord } from "../records/number.ts";
import { type PreverifiedRecord, preverifiedStatus } from "../records/preverified.ts";
import type { WabaRecord } from "../records/waba.ts";
import { asOf } from "../rules/lapse.ts";
import type { TokenRecord } from "../tokens.ts";
import type { World } from "../world.ts";

export function stateView(world: World): JsonObject {
  const now = world.clock.now();
  const numbers: { [id: string]: JsonObject } = {};
  for (const number of world.state.numbers())
    numbers[number.id] = numberView(world, asOf(number, { now, settings: world.settings }));
  return {
    now: isoTime(now),
    businesses: world.state.businesses().map((business) => ({ ...business })),
    wabas: world.state.wabas().map(wabaView),
    preverified_numbers: world.state.allPreverified().map((preverified) => preverifiedView(preverified, now)),
    numbers,
    tokens: world.tokens.list().map(tokenView),
    faults: world.faults.pending().map(({ match, ...fault }) => ({ match: { ...match }, ...fault })),
  };
}

export function numberView(world: World, number: NumberRecord): JsonObject {
  const fields = Object.keys(NUMBER_NODE.fields).map((name) => ({ name, sub: undefined }));
  const view = { state: world.state, now: world.clock.now(), settings: world.settings };
  const { code } = number.verification;
  return {
    ...project(number, fields, NUMBER_NODE, view),
    waba_id: number.waba_id,
    pin: number.pin,
    registered_name: number.registered_name,
    data_localization_region: number.data_localization_region,
    retention_minutes: number.retention_minutes,
    settings: number.settings as JsonObject | undefined,
    profile: number.profile,
    commerce_settings: number.commerce_settings,
    oba_changed_at: optionalTime(number.official_business_account?.changed_at),
    embedded_signup_finished_at: optionalTime(number.signup_finished_at),
    verified_at: optionalTime(number.verified_at),
    deregister_incomplete: number.deregister_incomplete,
    name_review:
      number.name_review === undefined
        ? undefined
        : { ...number.name_review, decide_at: isoTime(number.name_review.decide_at) },
    code: code === undefined ? undefined : { value: code.value, expires_at: isoTime(code.expires_at) },
    code_requests: number.verification.requests.map(isoTime),
    wrong_codes: number.verification.wrong.map(isoTime),
    wrong_pins: number.wrong_pins.map(isoTime),
    name_requests: number.name_requests.map(isoTime),
    name_approved_at: optionalTime(number.name_approved_at),
    claimed_at: optionalTime(number.claimed_at),
    migrates_from: number.migrates_from,
    register_calls: number.register_ledger.calls.map(isoTime),
    register_blocked_until: optionalTime(number.register_ledger.blocked_until),
    deregister_calls: number.deregister_ledger.calls.map(isoTime),
    deregister_blocked_until: optionalTime(number.deregister_ledger.blocked_until),
  };
}

export function wabaView(waba: WabaRecord): JsonObject {
  const { id, name, business_id, subscribed_apps, account_review_status, waba_ban_state, has_payment_method } = waba;
  return { id, name, business_id, subscribed_apps, account_review_status, waba_ban_state, has_payment_method };
}

function preverifiedView(preverified: PreverifiedRecord, now: number): JsonObject {
  const { id, business_id, created_at, verified_at, verification, shared_with } = preverified;
  return {
    id,
    business_id,
    phone_number: `+${digitsOf(preverified)}`,
    code_verification_status: preverifiedStatus(preverified, now),
    code_verification_time: optionalTime(verified_at),
    created_at: isoTime(created_at),
    partners: shared_with,
    code:
      verification.code === undefined
        ? undefined
        : { value: verification.code.value, expires_at: isoTime(verification.code.expires_at) },
    code_requests: verification.requests.map(isoTime),
    wrong_codes: verification.wrong.map(isoTime),
  };
}

export function tokenView(record: TokenRecord): JsonObject {
  const { issued_at, expires_at, ...facts } = record;
  return { ...facts, issued_at: isoTime(issued_at), expires_at: optionalTime(expires_at) };
}

/** Without `waba_id`: what counts for no account. Apart from the state, which calls that only read leave alone. */
export function usageView({ usage, state, clock }: World): JsonObject {
  const rows = usage.report(state, clock.now()).map(({ appId, wabaId, calls, limit, percent, regainMinutes }) => ({
    app_id: appId,
    waba_id: wabaId,
    calls,
    calls_per_hour: limit,
    percent,
    estimated_time_to_regain_access: regainMinutes,
  }));
  return { enforced: usage.enforced, usage: rows };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function optionalTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : isoTime(milliseconds);
}
