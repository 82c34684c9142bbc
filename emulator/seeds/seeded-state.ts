/** From a checked seed to records: what is left out gets its default, relative times become times. */
import { APPROVED_NAME_STATUSES } from "../../provider/schemas/words.ts";
import { graphTime } from "../clock.ts";
import { CODE_LIFETIME } from "../limits.ts";
import { createRandom } from "../random.ts";
import { certificateOf } from "../records/certificate.ts";
import { addedNumber, type NumberRecord, type Verification } from "../records/number.ts";
import { type PhoneDigits, readPhoneDigits } from "../records/phone-digits.ts";
import { hasUsableName } from "../rules/display-name.ts";
import { State } from "../state/state.ts";
import { IMPLIED, readSeedTime, type Seed, type SeedNumber, type SeedPreverified } from "./seed-file.ts";

/** Of a registered number whose seed does not tell. */
export const SEED_PIN = "123456";
const NAME = "Lucky Shrub";
const DRAWN_ID_DIGITS = 14;

/** Unless the seed tells, the app `appId` gets the webhooks of every account. */
export function seededState(seed: Seed, appId: string, now: number): State {
  const state = new State();
  const businesses = seed.businesses?.length
    ? seed.businesses
    : [{ id: IMPLIED.businesses } as NonNullable<Seed["businesses"]>[number]];
  for (const { note: _, name, ...business } of businesses) state.putBusiness({ ...business, name: name ?? NAME });
  const owner = businesses[0]?.id ?? IMPLIED.businesses;
  const wabas = seed.wabas?.length ? seed.wabas : [{ id: IMPLIED.wabas } as NonNullable<Seed["wabas"]>[number]];
  for (const { note: _, name, business_id, subscribed_apps, created_at, ...waba } of wabas) {
    state.putWaba({
      ...waba,
      name: name ?? NAME,
      business_id: business_id ?? owner,
      subscribed_apps: subscribed_apps ?? [{ id: appId }],
      created_at: at(created_at, now),
    });
  }
  const first = wabas[0]?.id ?? IMPLIED.wabas;
  const given = new Set([...(seed.phone_numbers ?? []), ...(seed.preverified_numbers ?? [])].map(({ id }) => id));
  const random = createRandom(0, "seed");
  const drawId = (): string => {
    for (;;) {
      const id = `1${random.digits(DRAWN_ID_DIGITS)}`;
      if (!given.has(id) && !state.isTaken(id)) return id;
    }
  };
  for (const number of seed.phone_numbers ?? []) {
    state.putNumber(numberOf(number, number.id ?? drawId(), number.waba_id ?? first, now));
  }
  for (const preverified of seed.preverified_numbers ?? []) {
    const { id, business_id } = preverified;
    state.putPreverified({
      id: id ?? drawId(),
      business_id: business_id ?? owner,
      ...digits(preverified),
      created_at: at(preverified.created_at, now) ?? at(preverified.code_verification_time, now) ?? now,
      verified_at: at(preverified.code_verification_time, now),
      verification: verificationOf(preverified, now),
      shared_with: preverified.partners ?? [],
    });
  }
  return state;
}

function numberOf(seed: SeedNumber, id: string, waba_id: string, now: number): NumberRecord {
  const { note: _, phone_number: _digits, code: _code, code_requests: _requests, wrong_codes: _wrong, ...rest } = seed;
  const { register_calls, register_blocked_until, deregister_calls, deregister_blocked_until, ...more } = rest;
  const { embedded_signup_finished_at: signup, name_review, ...fields } = more;
  const created_at = at(seed.created_at, now) ?? now;
  const verified_name = seed.verified_name ?? NAME;
  const isRegistered = seed.platform_type === "CLOUD_API";
  const { last_onboarded_time: onboarded = isRegistered ? "" : null } = seed;
  const isApproved = APPROVED_NAME_STATUSES.includes(seed.new_name_status ?? "");
  const number = addedNumber({
    ...(isRegistered ? { ...REGISTERED, registered_name: verified_name } : {}),
    ...withoutNulls(fields),
    id,
    waba_id,
    ...digits(seed),
    verified_name,
    created_at,
    pin: seed.pin === undefined ? (isRegistered ? SEED_PIN : undefined) : (seed.pin ?? undefined),
    last_onboarded_time: onboarded === null ? undefined : graphTime(at(onboarded, now) ?? created_at),
    signup_finished_at: at(signup, now),
    verified_at: at(seed.verified_at, now),
    claimed_at: at(seed.claimed_at, now),
    name_approved_at: at(seed.name_approved_at, now) ?? (isApproved ? now : undefined),
    name_review: name_review && { ...name_review, decide_at: at(name_review.decide_at, now) ?? now },
    wrong_pins: all(seed.wrong_pins, now),
    name_requests: all(seed.name_requests, now),
    verification: verificationOf(seed, now),
    register_ledger: { calls: all(register_calls, now), blocked_until: at(register_blocked_until, now) },
    deregister_ledger: { calls: all(deregister_calls, now), blocked_until: at(deregister_blocked_until, now) },
  });
  const new_certificate = certificateFor(seed.new_certificate, isApproved, id, number.new_display_name ?? "", 1);
  return {
    ...number,
    certificate: certificateFor(seed.certificate, hasUsableName(number), id, verified_name, 0),
    new_certificate,
    certificates_made: new_certificate === undefined ? undefined : 1,
  };
}

/** What a registered number says of itself unless its seed tells otherwise. */
export const REGISTERED = {
  platform_type: "CLOUD_API",
  code_verification_status: "VERIFIED",
  name_status: "APPROVED",
  status: "CONNECTED",
  quality_rating: "GREEN",
  throughput: { level: "STANDARD" },
} as const;

/** Given, or none by null, or made where the name may be used. */
function certificateFor(given: string | null | undefined, usable: boolean, id: string, name: string, serial: number) {
  if (given !== undefined) return given ?? undefined;
  return usable ? certificateOf(id, name, serial) : undefined;
}

function verificationOf(
  { code, code_requests, wrong_codes }: Pick<SeedNumber, "code" | "code_requests" | "wrong_codes">,
  now: number,
): Verification {
  return {
    ...(code === undefined
      ? {}
      : { code: { value: code.value, expires_at: at(code.expires_at, now) ?? now + CODE_LIFETIME } }),
    requests: all(code_requests ?? (code === undefined ? [] : ["now"]), now),
    wrong: all(wrong_codes, now),
  };
}

function digits({ phone_number }: SeedNumber | SeedPreverified): {
  readonly country_dial_code: string;
  readonly national_number: string;
} {
  const { countryCode, national } = readPhoneDigits(phone_number) as PhoneDigits;
  return { country_dial_code: countryCode, national_number: national };
}

function at(time: string | undefined, now: number): number | undefined {
  return time === undefined || time === "" ? undefined : readSeedTime(time, now);
}

/** Oldest first. */
function all(times: readonly string[] | undefined, now: number): number[] {
  return (times ?? []).flatMap((time) => at(time, now) ?? []).toSorted((left, right) => left - right);
}

function withoutNulls<Fields extends object>(fields: Fields): { [Name in keyof Fields]: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as never;
}
