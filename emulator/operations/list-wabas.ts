/** GET /{BIZ}/owned_whatsapp_business_accounts: those that the token sees, in the order of their ids (I). */
import { project, readFields } from "../calls/fields.ts";
import { idListing, pageOf } from "../calls/paging.ts";
import { WABA_NODE } from "../nodes/waba.ts";
import { notEmulated } from "../refusals/request.ts";
import { reaches } from "../tokens.ts";
import type { BusinessOperation } from "./operation.ts";

const NOT_EMULATED = ["business_type", "filtering", "find", "first", "last"];

export const listWabas: BusinessOperation = (state, params, context) => {
  const { business, token, call } = context;
  const other = NOT_EMULATED.find((name) => params.has(name));
  if (other !== undefined) throw notEmulated(`The parameter ${other} of a list of accounts`);
  const fields = readFields(params, WABA_NODE);
  const owned = state.wabas().filter((waba) => waba.business_id === business.id && reaches(token, waba.id));
  const { rows, paging } = pageOf(params, idListing(owned.map((waba) => waba.id)), call);
  const data = rows.flatMap(({ id }) => {
    const waba = state.waba(id);
    return waba === undefined ? [] : [project(waba, fields, WABA_NODE, context)];
  });
  return { data, paging };
};
