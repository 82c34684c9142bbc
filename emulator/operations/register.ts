/** POST /{PNID}/register and POST /{PNID}/deregister */

import { DATA_LOCALIZATION_REGIONS } from "../../provider/schemas/words.ts";
import { optionalText, type Params, requiredPin, requiredWord } from "../calls/params.ts";
import { digitsOf, isRegistered, type NumberRecord } from "../records/number.ts";
import { isBanned } from "../records/waba.ts";
import { invalidParam, notEmulated } from "../refusals/request.ts";
import { spendCall } from "../rules/call-ledger.ts";
import { leaveBehind } from "../rules/migration.ts";
import { type Circumstances, deregister, register } from "../rules/registration.ts";
import type { State } from "../state/state.ts";
import { isAtNumberCap } from "./number-cap.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

const REGIONS: readonly string[] = DATA_LOCALIZATION_REGIONS;
const NOT_EMULATED = ["backup", "meta_store_retention_minutes"];

/**
 * D: ten calls count, not ten successes. I: one that the number's own state refuses counts too; one whose parameters do
 * not fit never gets that far.
 */
export const registerNumber: NumberOperation = (state, params, { number, now, settings }) => {
  requiredWord(params, "messaging_product", ["whatsapp"]);
  const pin = requiredPin(params);
  const region = readRegion(params);
  const other = NOT_EMULATED.find((name) => params.has(name));
  if (other !== undefined) throw notEmulated(`The parameter ${other} of register`);
  const counted = settle(state, spendCall(number, "register", now));
  const done = settle(state, register(counted, { pin, region }, circumstances(state, counted, now), settings, now));
  if (done.migrates_from !== undefined) finishMove(state, done, done.migrates_from);
  return SUCCESS;
};

/** From here on the number that it takes over does not work any more. */
function finishMove(state: State, number: NumberRecord, sourceId: string): void {
  state.putNumber({ ...number, migrates_from: undefined });
  const source = state.number(sourceId);
  if (source !== undefined) state.putNumber(leaveBehind(source));
}

export const deregisterNumber: NumberOperation = (state, _params, { number, now }) => {
  settle(state, deregister(settle(state, spendCall(number, "deregister", now))));
  return SUCCESS;
};

function circumstances(state: State, number: NumberRecord, now: number): Circumstances {
  const digits = digitsOf(number);
  const waba = state.waba(number.waba_id);
  const others = state.holders(digits).filter(({ id }) => id !== number.id && id !== number.migrates_from);
  return {
    accountBanned: waba !== undefined && isBanned(waba),
    justDeleted: state.wasJustDeleted(digits, now),
    registeredElsewhere: others.some(isRegistered),
    atNumberCap: isAtNumberCap(state, number.waba_id, number.migrates_from),
  };
}

function readRegion(params: Params): string | undefined {
  const region = optionalText(params, "data_localization_region");
  if (region === undefined || REGIONS.includes(region)) return region;
  throw invalidParam("data_localization_region", `must be one of {${REGIONS.join(", ")}}`, region);
}
