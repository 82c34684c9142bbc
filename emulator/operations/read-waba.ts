/** GET /{WABA} */
import { project, readFields } from "../calls/fields.ts";
import { WABA_NODE } from "../nodes/waba.ts";
import type { WabaOperation } from "./operation.ts";

export const readWaba: WabaOperation = (_state, params, context) =>
  project(context.waba, readFields(params, WABA_NODE), WABA_NODE, context);
