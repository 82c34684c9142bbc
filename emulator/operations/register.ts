/** POST /{PNID}/register and POST /{PNID}/deregister */
import { optionalText, type Params, requiredPin, requiredWord } from "../params.ts";
import { invalidParam, notEmulated } from "../refusals/request.ts";
import { spendCall } from "../rules/call-ledger.ts";
import { deregister, register } from "../rules/registration.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

const REGIONS = ["AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"];
const NOT_EMULATED = ["backup", "meta_store_retention_minutes"];

/** I: every call that reaches the number counts, a malformed one too. */
export const registerNumber: NumberOperation = (state, params, { number, now }) => {
  const counted = settle(state, spendCall(number, "register", now));
  requiredWord(params, "messaging_product", ["whatsapp"]);
  const pin = requiredPin(params);
  const region = readRegion(params);
  const other = NOT_EMULATED.find((name) => params.has(name));
  if (other !== undefined) throw notEmulated(`The parameter ${other} of register`);
  settle(state, register(counted, { pin, region }, now));
  return SUCCESS;
};

export const deregisterNumber: NumberOperation = (state, _params, { number, now }) => {
  settle(state, deregister(settle(state, spendCall(number, "deregister", now))));
  return SUCCESS;
};

function readRegion(params: Params): string | undefined {
  const region = optionalText(params, "data_localization_region");
  if (region === undefined || REGIONS.includes(region)) return region;
  throw invalidParam("data_localization_region", `must be one of {${REGIONS.join(", ")}}`, region);
}
