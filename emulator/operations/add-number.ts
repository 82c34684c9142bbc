/** POST /{WABA}/phone_numbers: a number that is neither verified nor registered. */
import { certificateOf } from "../certificate.ts";
import { addedNumber, isRegistered } from "../number.ts";
import { optionalText, type Params, requiredName, requiredText } from "../params.ts";
import { type PhoneDigits, readPhoneDigits } from "../phone-digits.ts";
import type { Random } from "../random.ts";
import { alreadyListed, recentlyDeleted, registeredElsewhere } from "../refusals/adding.ts";
import { invalidParam, notEmulated } from "../refusals/request.ts";
import type { State } from "../state.ts";
import type { WabaOperation } from "./operation.ts";

const NEW_ID_DIGITS = 15;

export const addNumber: WabaOperation = (state, params, { waba, now, random }) => {
  for (const name of ["migrate_phone_number", "preverified_id"]) {
    const value = params.get(name);
    if (value !== undefined && value !== false && value !== "false") throw notEmulated(`The parameter ${name}`);
  }
  const phone = readPhone(params);
  const name = requiredName(params, "verified_name");
  const holders = state.holders(phone.countryCode + phone.national);
  if (holders.some((number) => number.waba_id === waba.id)) throw alreadyListed();
  // I: a number that is only listed in another account may be claimed; a registered one must be disconnected first.
  if (holders.some(isRegistered)) throw registeredElsewhere();
  if (state.wasJustDeleted(phone.countryCode + phone.national, now)) throw recentlyDeleted();
  const id = drawId(state, random);
  state.putNumber(
    addedNumber({
      id,
      waba_id: waba.id,
      country_dial_code: phone.countryCode,
      national_number: phone.national,
      verified_name: name,
      certificate: certificateOf(id, name, now),
      created_at: now,
    }),
  );
  return { id };
};

/** One client says `country_code` for `cc`; `+1` is taken as `1`. */
function readPhone(params: Params): PhoneDigits {
  const text = requiredText(params, "phone_number");
  const code = optionalText(params, "cc") ?? optionalText(params, "country_code");
  const phone = readPhoneDigits(text, code === "" ? undefined : code);
  if (phone === undefined) throw invalidParam("phone_number", "must be a valid phone number", text);
  return phone;
}

function drawId(state: State, random: Random): string {
  for (;;) {
    const id = `1${random.digits(NEW_ID_DIGITS - 1)}`;
    if (!state.isTaken(id)) return id;
  }
}
