/** POST /{PNID}: the two-step PIN and the display name. */
import { optionalText, type Params, requiredName, requiredPin } from "../params.ts";
import { notEmulated, nothingToDo } from "../refusals/request.ts";
import { requestName } from "../rules/display-name.ts";
import { setPin } from "../rules/pin.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

/** Documented for this node, and refused as a whole: half a success would be a fake one. */
const NOT_EMULATED = [
  "webhook_configuration",
  "search_visibility",
  "username",
  "connection_status",
  "webhook_url",
  "whatsapp_business_api_data",
];

/** I: with both keys, both must be right before either takes effect. */
export const updateNumber: NumberOperation = (state, params, { number, now }) => {
  const other = NOT_EMULATED.find((name) => params.has(name));
  if (other !== undefined) throw notEmulated(`The parameter ${other} of a phone number`);
  const pin = isGiven(params, "pin") ? requiredPin(params) : undefined;
  const name = isGiven(params, "new_display_name") ? requiredName(params, "new_display_name") : undefined;
  if (pin === undefined && name === undefined) throw nothingToDo();
  const pinned = pin === undefined ? { number } : setPin(number, pin);
  if (pinned.refusal !== undefined) throw pinned.refusal;
  const named = name === undefined ? pinned : requestName(pinned.number, name, now);
  if (named.refusal !== undefined) throw named.refusal;
  settle(state, named);
  return SUCCESS;
};

function isGiven(params: Params, name: string): boolean {
  return optionalText(params, name) !== undefined;
}
