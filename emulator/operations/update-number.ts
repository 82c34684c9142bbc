/** POST /{PNID}: the two-step PIN, the display name, the search visibility and the override of the callback URL. */

import { optionalText, type Params, requiredName, requiredPin, requiredWord } from "../calls/params.ts";
import type { Outcome } from "../records/number.ts";
import { notEmulated, nothingToDo } from "../refusals/request.ts";
import { refusalWhenClosed } from "../rules/closed.ts";
import { setPin } from "../rules/pin.ts";
import { askForName, type Reviewed } from "../rules/review.ts";
import { nameUpdate } from "../webhooks/number-events.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";
import { readConfiguration, requireSubscription, withOverride } from "./webhook-override.ts";

/** O for HIDDEN, T for NON_VISIBLE: which of the two is live is open. */
const SEARCH_VISIBILITIES = ["VISIBLE", "HIDDEN", "NON_VISIBLE"] as const;
/** Documented for this node, and refused as a whole: half a success would be a fake one. */
const NOT_EMULATED = ["username", "connection_status", "webhook_url", "whatsapp_business_api_data"];

/** I: with both keys, both must be right before either takes effect. */
export const updateNumber: NumberOperation = (state, params, { number, now, settings, token, emit }) => {
  const other = NOT_EMULATED.find((name) => params.has(name));
  if (other !== undefined) throw notEmulated(`The parameter ${other} of a phone number`);
  const pin = isGiven(params, "pin") ? requiredPin(params) : undefined;
  const name = isGiven(params, "new_display_name") ? requiredName(params, "new_display_name") : undefined;
  const visibility = isGiven(params, "search_visibility")
    ? requiredWord(params, "search_visibility", SEARCH_VISIBILITIES)
    : undefined;
  const override = readConfiguration(params);
  if (override !== undefined) requireSubscription(override, state.waba(number.waba_id), token.app_id);
  if ([pin, name, visibility, override].every((given) => given === undefined)) throw nothingToDo();
  const closed = pin === undefined && name === undefined ? undefined : refusalWhenClosed(number);
  if (closed !== undefined) throw closed;
  const pinned = pin === undefined ? { number } : setPin(number, pin);
  if (pinned.refusal !== undefined) throw pinned.refusal;
  const named: Outcome & Reviewed = name === undefined ? pinned : askForName(pinned.number, name, settings, now);
  if (named.refusal !== undefined) throw named.refusal;
  const after = override === undefined ? named.number : withOverride(named.number, override);
  settle(state, { number: visibility === undefined ? after : { ...after, search_visibility: visibility } });
  if (named.notice !== undefined) emit(nameUpdate(named.number, named.notice));
  return SUCCESS;
};

function isGiven(params: Params, name: string): boolean {
  return optionalText(params, name) !== undefined;
}
