/**
 * POST /{WABA}/phone_numbers: a new number, one claimed from a pool of pre-verified numbers, or one that moves here from
 * another account. All answer a new id, and none is registered yet.
 */

import { optionalFlag, optionalText, type Params, requiredName, requiredText } from "../calls/params.ts";
import { certificateOf } from "../records/certificate.ts";
import { addedNumber, digitsOf, isRegistered, type NumberRecord } from "../records/number.ts";
import { type PhoneDigits, readPhoneDigits } from "../records/phone-digits.ts";
import { mayUse, type PreverifiedRecord } from "../records/preverified.ts";
import { isBanned, type WabaRecord } from "../records/waba.ts";
import {
  accountCannotAdd,
  alreadyListed,
  recentlyDeleted,
  registeredElsewhere,
  tooManyLinked,
} from "../refusals/adding.ts";
import { migrationRunning, nothingToMigrate } from "../refusals/migration.ts";
import { unknownPreverified, unprovenPreverified } from "../refusals/preverified.ts";
import { invalidParam } from "../refusals/request.ts";
import { keptByMove, refuseMove } from "../rules/migration.ts";
import { isProven } from "../rules/preverified.ts";
import { openReview } from "../rules/review.ts";
import type { State } from "../state/state.ts";
import { nameUpdate } from "../webhooks/number-events.ts";
import { isAtNumberCap } from "./number-cap.ts";
import { type Context, drawId, numberNow, preverifiedNow, type WabaOperation } from "./operation.ts";

type AddContext = Context & { readonly waba: WabaRecord };

export const addNumber: WabaOperation = (state, params, context) => {
  // I: Meta documents 200000 as "cannot add phone number to WABA" and gives no reason.
  if (isBanned(context.waba) || context.waba.account_review_status === "REJECTED") throw accountCannotAdd();
  const preverifiedId = optionalText(params, "preverified_id") ?? "";
  const migrates = optionalFlag(params, "migrate_phone_number") === true;
  if (preverifiedId !== "" && migrates) {
    throw invalidParam("preverified_id", "excludes migrate_phone_number", preverifiedId);
  }
  if (migrates) return migrate(state, params, context);
  return preverifiedId === "" ? addNew(state, params, context) : claim(state, params, context, preverifiedId);
};

function addNew(state: State, params: Params, context: AddContext) {
  const phone = readPhone(params);
  const verified_name = requiredName(params, "verified_name");
  refuseHeld(state, phone.countryCode + phone.national, context);
  return keepNew(state, context, {
    country_dial_code: phone.countryCode,
    national_number: phone.national,
    verified_name,
  });
}

/** D: no code is asked for again, and the pre-verified number is replaced by a phone number with another id. */
function claim(state: State, params: Params, context: AddContext, preverifiedId: string) {
  const { waba, now } = context;
  const preverified = preverifiedNow(state, preverifiedId, now);
  if (preverified === undefined || !mayUse(waba.business_id, preverified)) throw unknownPreverified(preverifiedId);
  refuseOtherPhone(params, preverified);
  const verified_name = requiredName(params, "verified_name");
  // I: in embedded signup the client proves an unproven one on the way; here nobody could.
  if (!isProven(preverified, now)) throw unprovenPreverified();
  refuseHeld(state, digitsOf(preverified), context);
  state.removePreverified(preverified.id);
  return keepNew(state, context, {
    country_dial_code: preverified.country_dial_code,
    national_number: preverified.national_number,
    verified_name,
    code_verification_status: "VERIFIED",
    is_preverified_number: true,
    claimed_at: now,
  });
}

/** D: the name comes along, so `verified_name` is not needed. I: one that is given is not looked at. */
function migrate(state: State, params: Params, context: AddContext) {
  const { waba, settings } = context;
  const phone = readPhone(params);
  const holders = held(state, phone.countryCode + phone.national, context);
  if (holders.some((number) => number.waba_id === waba.id)) throw alreadyListed();
  // A number that merely waits in some account could be added here directly; one on the app is registered there.
  const source = holders.find((number) => isRegistered(number) || number.platform_type === "ON_PREMISE");
  const from = source === undefined ? undefined : state.waba(source.waba_id);
  if (source === undefined || from === undefined) throw nothingToMigrate();
  const refusal = refuseMove({ source, from, to: waba, pinRetired: settings.pinRetired });
  if (refusal !== undefined) throw refusal;
  // D: one migration of a number at a time.
  if (holders.some((number) => number.migrates_from === source.id)) throw migrationRunning();
  return keepNew(state, context, keptByMove(source));
}

type NewFacts = Omit<Parameters<typeof addedNumber>[0], "id" | "waba_id" | "created_at">;

function keepNew(state: State, context: AddContext, facts: NewFacts): { readonly id: string } {
  const { waba, now, random, settings, emit } = context;
  const id = drawId(state, random);
  const certificate = certificateOf(id, facts.verified_name, 0);
  const name_status = settings.firstNameStatus;
  const added = addedNumber({ name_status, ...facts, id, waba_id: waba.id, certificate, created_at: now });
  const { number, notice } = openReview(added, settings.review, settings.nameFlip, now);
  state.putNumber(number);
  if (notice !== undefined) emit(nameUpdate(number, notice));
  return { id };
}

/** I: what a migrated number left behind holds nothing. */
function held(state: State, digits: string, context: Context): NumberRecord[] {
  return state
    .holders(digits)
    .flatMap(({ id }) => numberNow(state, id, context) ?? [])
    .filter((number) => number.status !== "MIGRATED");
}

function refuseHeld(state: State, digits: string, context: AddContext): void {
  const holders = held(state, digits, context);
  if (holders.some((number) => number.waba_id === context.waba.id)) throw alreadyListed();
  // I: a number that is only listed in another account may be claimed; a registered one must be disconnected first.
  if (holders.some(isRegistered)) throw registeredElsewhere();
  if (state.wasJustDeleted(digits, context.now)) throw recentlyDeleted();
  if (isAtNumberCap(state, context.waba.id)) throw tooManyLinked();
}

/** One client says `country_code` for `cc`; `+1` is taken as `1`. */
function readPhone(params: Params): PhoneDigits {
  const text = requiredText(params, "phone_number");
  const phone = readPhoneDigits(text, readCountryCode(params));
  if (phone === undefined) throw invalidParam("phone_number", "must be a valid phone number", text);
  return phone;
}

function readCountryCode(params: Params): string | undefined {
  const code = optionalText(params, "cc") ?? optionalText(params, "country_code");
  return code === "" ? undefined : code;
}

/** I: a phone number beside the id of a pre-verified one must be the same. */
function refuseOtherPhone(params: Params, preverified: PreverifiedRecord): void {
  const text = optionalText(params, "phone_number") ?? "";
  if (text === "") return;
  const phone = readPhoneDigits(
    text,
    readCountryCode(params) ?? (text.includes("+") ? undefined : preverified.country_dial_code),
  );
  if (phone !== undefined && phone.countryCode + phone.national === digitsOf(preverified)) return;
  throw invalidParam("phone_number", "must be the number that preverified_id names", text);
}
