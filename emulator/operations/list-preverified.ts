/** GET /{BIZ}/preverified_numbers: the business's pool and what others share with it, oldest first. */
import { project, readFields } from "../calls/fields.ts";
import { pageOf } from "../calls/paging.ts";
import { optionalText, type Params, requiredWord } from "../calls/params.ts";
import { PREVERIFIED_NODE } from "../nodes/preverified.ts";
import { digitsOf } from "../records/number.ts";
import { mayUse, PREVERIFIED_STATUSES, type PreverifiedRecord, preverifiedStatus } from "../records/preverified.ts";
import { comparePlaces, creationValue, type Place } from "../state/state.ts";
import { type BusinessOperation, preverifiedNow } from "./operation.ts";

const ORDER = "creation_time.asc";
const compare = (left: Place, right: Place) => comparePlaces(left, right, ORDER);

/** D for the order. Sorted on every call: a pool is small. */
export const listPreverified: BusinessOperation = (state, params, context) => {
  const { business, now, call } = context;
  const fields = readFields(params, PREVERIFIED_NODE);
  const wanted = readFilters(params, now);
  const places = state
    .allPreverified()
    .filter((preverified) => mayUse(business.id, preverified) && preverifiedNow(state, preverified.id, now))
    .filter(wanted)
    .map(({ id, created_at }) => ({ value: creationValue(created_at), id }))
    .sort(compare);
  const repeated = ["fields", "code_verification_status", "phone_number"];
  const { rows, paging } = pageOf(params, { places, compare, order: ORDER, wanted: () => true, repeated }, call);
  const data = rows.flatMap(({ id }) => {
    const preverified = state.preverified(id);
    return preverified === undefined ? [] : [project(preverified, fields, PREVERIFIED_NODE, context)];
  });
  return { data, paging };
};

function readFilters(params: Params, now: number): (preverified: PreverifiedRecord) => boolean {
  const status = isGiven(params, "code_verification_status")
    ? requiredWord(params, "code_verification_status", PREVERIFIED_STATUSES)
    : undefined;
  const digits = optionalText(params, "phone_number")?.replace(/\D/g, "");
  return (preverified) =>
    (status === undefined || preverifiedStatus(preverified, now) === status) &&
    (digits === undefined || digits === "" || digitsOf(preverified) === digits);
}

function isGiven(params: Params, name: string): boolean {
  const text = optionalText(params, name);
  return text !== undefined && text !== "";
}
