/** How the control routes show the state: Graph's fields under Graph's names, then what Graph never shows. */
import { project } from "../fields.ts";
import type { JsonObject } from "../json.ts";
import { NUMBER_NODE } from "../nodes/number.ts";
import { digitsOf, type NumberRecord } from "../number.ts";
import { type PreverifiedRecord, preverifiedStatus } from "../preverified.ts";
import { lapseName } from "../rules/display-name.ts";
import type { TokenRecord } from "../tokens.ts";
import type { WabaRecord } from "../waba.ts";
import type { World } from "../world.ts";

export function stateView(world: World): JsonObject {
  const now = world.clock.now();
  const numbers: { [id: string]: JsonObject } = {};
  for (const number of world.state.numbers()) numbers[number.id] = numberView(world, lapseName(number, now));
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
  const { id, name, business_id, account_review_status, waba_ban_state, has_payment_method } = waba;
  return { id, name, business_id, account_review_status, waba_ban_state, has_payment_method };
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

export function tokenView({ token, wabas, revoked, subcode }: TokenRecord): JsonObject {
  return { token, wabas, revoked, subcode };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function optionalTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : isoTime(milliseconds);
}
