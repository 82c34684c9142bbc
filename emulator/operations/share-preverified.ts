/** POST and DELETE /{BIZ}/share_preverified_numbers */
import { type Params, requiredText } from "../calls/params.ts";
import type { BusinessRecord } from "../records/business.ts";
import type { PreverifiedRecord } from "../records/preverified.ts";
import { unknownPartner, unknownPreverified } from "../refusals/preverified.ts";
import type { State } from "../state/state.ts";
import { type BusinessOperation, preverifiedNow, SUCCESS } from "./operation.ts";

/** I: sharing twice, and unsharing what is not shared, succeed and change nothing. */
export const sharePreverified: BusinessOperation = (state, params, { business, now }) => {
  const { preverified, partner } = readShare(state, params, business, now);
  if (!preverified.shared_with.includes(partner)) {
    state.putPreverified({ ...preverified, shared_with: [...preverified.shared_with, partner] });
  }
  return SUCCESS;
};

export const unsharePreverified: BusinessOperation = (state, params, { business, now }) => {
  const { preverified, partner } = readShare(state, params, business, now);
  state.putPreverified({ ...preverified, shared_with: preverified.shared_with.filter((id) => id !== partner) });
  return SUCCESS;
};

interface Share {
  readonly preverified: PreverifiedRecord;
  readonly partner: string;
}

/** I: only the owner shares, and only with another business. */
function readShare(state: State, params: Params, owner: BusinessRecord, now: number): Share {
  const partner = requiredText(params, "partner_business_id");
  const id = requiredText(params, "preverified_id");
  const preverified = preverifiedNow(state, id, now);
  if (preverified === undefined || preverified.business_id !== owner.id) throw unknownPreverified(id);
  if (partner === owner.id || state.business(partner) === undefined) throw unknownPartner(partner);
  return { preverified, partner };
}
