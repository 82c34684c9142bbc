/** POST /{PREID}/request_code and POST /{PREID}/verify_code: as of a phone number, and IVR too. */
import { CODE_METHODS } from "../../provider/schemas/words.ts";
import { requiredLanguage, requiredText, requiredWord } from "../calls/params.ts";
import { type PreverifiedOutcome, requestPreverifiedCode, verifyPreverifiedCode } from "../rules/preverified.ts";
import type { State } from "../state/state.ts";
import { type PreverifiedOperation, SUCCESS } from "./operation.ts";

export const requestCodeOfPreverified: PreverifiedOperation = (state, params, { preverified, now, random }) => {
  requiredWord(params, "code_method", [...CODE_METHODS, "IVR"]);
  requiredLanguage(params);
  keep(
    state,
    requestPreverifiedCode(preverified, () => random.digits(6), now),
  );
  return SUCCESS;
};

export const verifyCodeOfPreverified: PreverifiedOperation = (state, params, { preverified, now }) => {
  keep(state, verifyPreverifiedCode(preverified, requiredText(params, "code"), now));
  return SUCCESS;
};

/** Also when it refuses: wrong codes count. */
function keep(state: State, { preverified, refusal }: PreverifiedOutcome): void {
  state.putPreverified(preverified);
  if (refusal !== undefined) throw refusal;
}
