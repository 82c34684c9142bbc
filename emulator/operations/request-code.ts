/** POST /{PNID}/request_code: the code that Meta would send by SMS or voice is read at the control route `codes`. */
import { CODE_METHODS } from "../../provider/schemas/words.ts";
import { requiredText, requiredWord } from "../params.ts";
import { invalidParam } from "../refusals/request.ts";
import { requestCode } from "../rules/verification.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

/** `en` and `en_US` are both taken. */
const LANGUAGE = /^[a-z]{2,3}(_[A-Z]{2})?$/;

export const requestNumberCode: NumberOperation = (state, params, { number, now, random }) => {
  requiredWord(params, "code_method", CODE_METHODS);
  const language = requiredText(params, "language");
  if (!LANGUAGE.test(language)) throw invalidParam("language", "must be a language code", language);
  settle(
    state,
    requestCode(number, () => random.digits(6), now),
  );
  return SUCCESS;
};
