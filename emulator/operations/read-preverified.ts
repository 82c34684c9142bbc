/** GET and DELETE /{PREID} */
import { project, readFields } from "../calls/fields.ts";
import { PREVERIFIED_NODE } from "../nodes/preverified.ts";
import { type PreverifiedOperation, SUCCESS } from "./operation.ts";

export const readPreverified: PreverifiedOperation = (_state, params, context) =>
  project(context.preverified, readFields(params, PREVERIFIED_NODE), PREVERIFIED_NODE, context);

export const deletePreverified: PreverifiedOperation = (state, _params, { preverified }) => {
  state.removePreverified(preverified.id);
  return SUCCESS;
};
