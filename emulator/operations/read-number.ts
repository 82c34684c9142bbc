/** GET /{PNID} */
import { project, readFields } from "../calls/fields.ts";
import { numberNode } from "../nodes/number.ts";
import type { NumberOperation } from "./operation.ts";

export const readNumber: NumberOperation = (_state, params, context) => {
  const type = numberNode(context.settings);
  return project(context.number, readFields(params, type), type, context);
};
