/** Any number of registered numbers, spread over any number of accounts. Made as records: a fleet may have a million. */
import { certificateOf } from "../records/certificate.ts";
import { addedNumber } from "../records/number.ts";
import { State } from "../state/state.ts";
import { IMPLIED } from "./seed-file.ts";
import { REGISTERED, SEED_PIN } from "./seeded-state.ts";

const FIRST_WABA = 900_000;
const FIRST_NUMBER = 100_000_000;
const FIRST_NATIONAL = 5_550_000_000;
const ONBOARDED = "2023-08-22T19:05:53+0000";
const CREATED_AT = Date.parse("2023-08-22T18:00:00Z");

/** `wabas` accounts 900000, 900001, … with `numbers` registered numbers 100000000, …, spread over them in turn. */
export function fleetState(numbers: number, wabas: number, appId: string): State {
  const state = new State();
  state.putBusiness({ id: IMPLIED.businesses, name: "Lucky Shrub" });
  for (let index = 0; index < wabas; index++) {
    const id = String(FIRST_WABA + index);
    state.putWaba({ id, name: `Account ${index}`, business_id: IMPLIED.businesses, subscribed_apps: [{ id: appId }] });
  }
  for (let index = 0; index < numbers; index++) {
    const id = String(FIRST_NUMBER + index);
    const name = `Business ${index}`;
    state.putNumber(
      addedNumber({
        ...REGISTERED,
        id,
        waba_id: String(FIRST_WABA + (index % wabas)),
        country_dial_code: "1",
        national_number: String(FIRST_NATIONAL + index),
        verified_name: name,
        registered_name: name,
        certificate: certificateOf(id, name, 0),
        created_at: CREATED_AT,
        last_onboarded_time: ONBOARDED,
        pin: SEED_PIN,
      }),
    );
  }
  return state;
}
