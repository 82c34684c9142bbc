/** POST /{BIZ}/add_phone_numbers: a number for the business's pool, still to be proven. */

import { requiredText } from "../calls/params.ts";
import { digitsOf, isRegistered } from "../records/number.ts";
import { readPhoneDigits } from "../records/phone-digits.ts";
import { registeredElsewhere } from "../refusals/adding.ts";
import { alreadyInPool } from "../refusals/preverified.ts";
import { invalidParam } from "../refusals/request.ts";
import { type BusinessOperation, drawId, preverifiedNow } from "./operation.ts";

export const addPreverified: BusinessOperation = (state, params, { business, now, random }) => {
  const text = requiredText(params, "phone_number");
  const phone = readPhoneDigits(text);
  if (phone === undefined) throw invalidParam("phone_number", "must be a valid phone number", text);
  const record = { country_dial_code: phone.countryCode, national_number: phone.national };
  const digits = digitsOf(record);
  const known = state.preverifiedWith(digits);
  if (known !== undefined) {
    // I: one pool at most, as one business can prove that it owns the number.
    if (preverifiedNow(state, known.id, now) !== undefined) throw alreadyInPool();
    state.removePreverified(known.id);
  }
  if (state.holders(digits).some(isRegistered)) throw registeredElsewhere();
  const id = drawId(state, random);
  state.putPreverified({
    ...record,
    id,
    business_id: business.id,
    created_at: now,
    verification: { requests: [], wrong: [] },
    shared_with: [],
  });
  return { id };
};
