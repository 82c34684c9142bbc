/** GET /{WABA}/phone_numbers: filter, sort, and cursor paging. */
import { ACCOUNT_MODES } from "../../provider/schemas/words.ts";
import { project, readFields } from "../calls/fields.ts";
import { type Listing, pageOf } from "../calls/paging.ts";
import { optionalText, type Params } from "../calls/params.ts";
import type { GraphCall } from "../calls/request.ts";
import type { JsonObject } from "../json.ts";
import type { View } from "../nodes/node.ts";
import { numberNode } from "../nodes/number.ts";
import { obaStatus } from "../nodes/official-business-account.ts";
import { digitsOf, type NumberRecord } from "../records/number.ts";
import type { WabaRecord } from "../records/waba.ts";
import { invalidParam } from "../refusals/request.ts";
import { comparePlaces, LIST_ORDERS, type ListOrder, type State } from "../state/state.ts";
import { numberNow, type WabaOperation } from "./operation.ts";

export const listNumbers: WabaOperation = (state, params, context) =>
  numbersOf(state, context.waba, params, context, context.call);

/** The same list inside its account: `fields=name,phone_numbers.limit(50){id,status}`. Links point to the list. */
export function expandNumbers(waba: WabaRecord, params: Params, view: View): JsonObject | undefined {
  const { call } = view;
  if (call === undefined) return undefined;
  const asked = { ...call, path: `/${call.version}/${waba.id}/phone_numbers` };
  const list = numbersOf(view.state, waba, params, view, asked);
  // K: an edge without rows is left out.
  return list.paging === undefined ? undefined : list;
}

function numbersOf(state: State, waba: WabaRecord, params: Params, view: View, asked: GraphCall): JsonObject {
  const type = numberNode(view.settings);
  const fields = readFields(params, type);
  const order = readOrder(params);
  const listing: Listing = {
    places: state.sorted(waba.id, order),
    compare: (left, right) => comparePlaces(left, right, order),
    order,
    wanted: readFilter(state, params),
    repeated: ["fields", "filtering", "sort", "display_phone_number", "summary"],
  };
  const { rows, paging } = pageOf(params, listing, asked);
  const data = rows.flatMap((place) => {
    const number = numberNow(state, place.id, view);
    return number === undefined ? [] : [project(number, fields, type, view)];
  });
  return { data, paging, summary: readSummary(params, listing) };
}

const SUMMARIES = ["true", "1", "total_count"];

/** K: of all rows that the filters let through, on whichever page. */
function readSummary(params: Params, { places, wanted }: Listing): JsonObject | undefined {
  const value = params.get("summary");
  const isAsked = typeof value === "string" ? SUMMARIES.includes(value) : value === true;
  if (!isAsked) return undefined;
  return { total_count: places.filter(wanted).length };
}

type Wanted = Listing["wanted"];

/** The guide's spelling `['last_onboarded_time_ascending']` and the OpenAPI file's `last_onboarded_time.asc`. */
function readOrder(params: Params): ListOrder {
  const value = params.get("sort");
  const given = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (given === undefined || given === null || given === "") return "last_onboarded_time.desc";
  const word = (typeof given === "string" ? given : "")
    .replace(/^\s*\[\s*'|'\s*\]\s*$/g, "")
    .replace(/_ascending$/, ".asc")
    .replace(/_descending$/, ".desc");
  const order = LIST_ORDERS.find((candidate) => candidate === word);
  if (order === undefined) throw invalidParam("sort", `must be one of {${LIST_ORDERS.join(", ")}}`, value);
  return order;
}

/** What `filtering` knows, each by EQUAL: D, but O for the tier, whose words are Graph's own to extend. */
const FILTERS: { readonly [field: string]: NumberFilter } = {
  account_mode: { values: ACCOUNT_MODES, valueOf: (number) => number.account_mode },
  is_official_business_account: {
    values: ["true", "false"],
    valueOf: (number) => String(obaStatus(number) === "APPROVED"),
  },
  messaging_limit_tier: { valueOf: (number) => number.whatsapp_business_manager_messaging_limit },
};
interface NumberFilter {
  /** Any text when they are left out. */
  readonly values?: readonly string[];
  readonly valueOf: (number: NumberRecord) => string;
}

function readFilter(state: State, params: Params): Wanted {
  const tests = readFiltering(params);
  const digits = optionalText(params, "display_phone_number")?.replace(/\D/g, "");
  if (digits !== undefined && digits !== "") {
    const ids = new Set(state.holders(digits).map((number) => number.id));
    tests.push((number) => ids.has(number.id) && digitsOf(number) === digits);
  }
  return ({ id }) => {
    const number = state.number(id);
    return number !== undefined && tests.every((test) => test(number));
  };
}

function readFiltering(params: Params): ((number: NumberRecord) => boolean)[] {
  const value = params.get("filtering");
  if (value === undefined || value === "") return [];
  if (!Array.isArray(value)) throw invalidParam("filtering", "must be a JSON array", value);
  return value.map((filter: unknown) => {
    const {
      field,
      operator,
      value: wanted,
    } = (filter ?? {}) as { field?: unknown; operator?: unknown; value?: unknown };
    const known = typeof field === "string" && Object.hasOwn(FILTERS, field) ? FILTERS[field] : undefined;
    if (known === undefined) throw invalidParam("filtering[field]", `must be one of {${FIELDS}}`, field);
    if (operator !== "EQUAL") throw invalidParam("filtering[operator]", "must be EQUAL", operator);
    const text = typeof wanted === "boolean" ? String(wanted) : wanted;
    if (typeof text !== "string") throw invalidParam("filtering[value]", "must be text", wanted);
    if (known.values !== undefined && !known.values.includes(text)) {
      throw invalidParam("filtering[value]", `must be one of {${known.values.join(", ")}}`, wanted);
    }
    return (number) => known.valueOf(number) === text;
  });
}
const FIELDS = Object.keys(FILTERS).join(", ");
