/** GET /{PNID} */
import { project, readFields } from "../fields.ts";
import { numberNode } from "../number-node.ts";
import type { NumberOperation } from "./operation.ts";

export const readNumber: NumberOperation = (state, params, { number, settings }) => {
  const type = numberNode(state.waba(number.waba_id)?.business_id ?? "", settings.certificates);
  return project(number, readFields(params, type), type);
};
