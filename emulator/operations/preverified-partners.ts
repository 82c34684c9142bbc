/** GET /{PREID}/partners: the businesses that the number is shared with, in the order of their ids. */
import { project, readFields } from "../calls/fields.ts";
import { idListing, pageOf } from "../calls/paging.ts";
import { BUSINESS_NODE } from "../nodes/business.ts";
import type { PreverifiedOperation } from "./operation.ts";

export const listPartners: PreverifiedOperation = (state, params, context) => {
  const fields = readFields(params, BUSINESS_NODE);
  const { rows, paging } = pageOf(params, idListing(context.preverified.shared_with), context.call);
  const data = rows.flatMap(({ id }) => {
    const business = state.business(id);
    return business === undefined ? [] : [project(business, fields, BUSINESS_NODE, context)];
  });
  return { data, paging };
};
