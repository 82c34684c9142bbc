/** GET /{BIZ} */
import { project, readFields } from "../calls/fields.ts";
import { BUSINESS_NODE } from "../nodes/business.ts";
import type { BusinessOperation } from "./operation.ts";

export const readBusiness: BusinessOperation = (_state, params, context) =>
  project(context.business, readFields(params, BUSINESS_NODE), BUSINESS_NODE, context);
