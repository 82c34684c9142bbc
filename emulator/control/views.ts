/** How the control routes show the state: Graph's fields under Graph's names, then what Graph never shows. */
import { project } from "../fields.ts";
import type { JsonObject } from "../json.ts";
import { NUMBER_NODE } from "../nodes/number.ts";
import type { NumberRecord } from "../number.ts";
import { lapseName } from "../rules/display-name.ts";
import type { TokenRecord } from "../tokens.ts";
import type { World } from "../world.ts";

export function stateView(world: World): JsonObject {
  const now = world.clock.now();
  const numbers: { [id: string]: JsonObject } = {};
  for (const number of world.state.numbers()) numbers[number.id] = numberView(world, lapseName(number, now));
  return {
    now: isoTime(now),
    wabas: world.state.wabas().map(({ id, name, business_id }) => ({ id, name, business_id })),
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
    code: code === undefined ? undefined : { value: code.value, expires_at: isoTime(code.expires_at) },
    code_requests: number.verification.requests.map(isoTime),
    wrong_codes: number.verification.wrong.map(isoTime),
    wrong_pins: number.wrong_pins.map(isoTime),
    name_requests: number.name_requests.map(isoTime),
    name_approved_at: optionalTime(number.name_approved_at),
    register_calls: number.register_ledger.calls.map(isoTime),
    register_blocked_until: optionalTime(number.register_ledger.blocked_until),
    deregister_calls: number.deregister_ledger.calls.map(isoTime),
    deregister_blocked_until: optionalTime(number.deregister_ledger.blocked_until),
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
