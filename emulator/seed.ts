/** What exists when the emulator starts: three well-known numbers, or a fleet of any size. */
import { certificateOf } from "./certificate.ts";
import { addedNumber, type NumberRecord } from "./number.ts";
import { State } from "./state.ts";
import type { BusinessRecord } from "./waba.ts";

const BUSINESS_ID = "506914307656634";
const BUSINESS: BusinessRecord = { id: BUSINESS_ID, name: "Lucky Shrub" };
const DEFAULT_WABA_ID = "102290129340398";
export const DEFAULT_TOKEN = "emulator-token";

const FLEET_FIRST_WABA = 900_000;
const FLEET_FIRST_NUMBER = 100_000_000;
const FLEET_FIRST_NATIONAL = 5_550_000_000;
const SEED_PIN = "123456";
const ONBOARDED = "2023-08-22T19:05:53+0000";
const CREATED_AT = Date.parse("2023-08-22T18:00:00Z");

export function defaultState(): State {
  const state = new State();
  state.putBusiness(BUSINESS);
  state.putWaba({ id: DEFAULT_WABA_ID, name: "Lucky Shrub", business_id: BUSINESS_ID, subscribed_apps: [] });
  const common = { waba_id: DEFAULT_WABA_ID, country_dial_code: "1", created_at: CREATED_AT };
  const numbers: NumberRecord[] = [
    registered({
      ...common,
      id: "1972385232742141",
      national_number: "6315551111",
      verified_name: "John's Cake Shop",
      name_status: "APPROVED",
    }),
    addedNumber({
      ...common,
      id: "1754951608042154",
      national_number: "6315552222",
      verified_name: "Jasper's Ice Cream",
    }),
    addedNumber({
      ...common,
      id: "1972385232742143",
      national_number: "6315553333",
      verified_name: "Test Number",
      account_mode: "SANDBOX",
    }),
  ];
  for (const number of numbers) state.putNumber(withCertificate(number));
  return state;
}

/** `wabas` accounts 900000, 900001, … with `numbers` registered numbers 100000000, …, spread over them in turn. */
export function fleetState(numbers: number, wabas: number): State {
  const state = new State();
  state.putBusiness(BUSINESS);
  for (let index = 0; index < wabas; index++) {
    const id = String(FLEET_FIRST_WABA + index);
    state.putWaba({ id, name: `Account ${index}`, business_id: BUSINESS_ID, subscribed_apps: [] });
  }
  for (let index = 0; index < numbers; index++) {
    const number = registered({
      id: String(FLEET_FIRST_NUMBER + index),
      waba_id: String(FLEET_FIRST_WABA + (index % wabas)),
      country_dial_code: "1",
      national_number: String(FLEET_FIRST_NATIONAL + index),
      verified_name: `Business ${index}`,
      name_status: "APPROVED",
      created_at: CREATED_AT,
    });
    state.putNumber(withCertificate(number));
  }
  return state;
}

function registered(facts: Parameters<typeof addedNumber>[0]): NumberRecord {
  return addedNumber({
    code_verification_status: "VERIFIED",
    status: "CONNECTED",
    platform_type: "CLOUD_API",
    quality_rating: "GREEN",
    throughput: { level: "STANDARD" },
    last_onboarded_time: ONBOARDED,
    registered_name: facts.verified_name,
    pin: SEED_PIN,
    ...facts,
  });
}

function withCertificate(number: NumberRecord): NumberRecord {
  return { ...number, certificate: certificateOf(number.id, number.verified_name, number.created_at) };
}
