/** POST /{PNID}/verify_code */
import { requiredText } from "../calls/params.ts";
import { verifyCode } from "../rules/verification.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

/** I: a code with the hyphen of the SMS (`123-830`) is a wrong code: Meta's guide says to send it without. */
export const verifyNumberCode: NumberOperation = (state, params, { number, now }) => {
  settle(state, verifyCode(number, requiredText(params, "code"), now));
  return SUCCESS;
};
