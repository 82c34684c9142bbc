/** POST /{PNID}/request_code: the code that Meta would send by SMS or voice is read at the control route `codes`. */
import { CODE_METHODS } from "../../provider/schemas/words.ts";
import { requiredLanguage, requiredWord } from "../calls/params.ts";
import { requestCode } from "../rules/verification.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

export const requestNumberCode: NumberOperation = (state, params, { number, now, random }) => {
  requiredWord(params, "code_method", CODE_METHODS);
  requiredLanguage(params);
  settle(
    state,
    requestCode(number, () => random.digits(6), now),
  );
  return SUCCESS;
};
