/** GET /{WABA}/phone_numbers: filter, sort, and cursor paging. */
import { ACCOUNT_MODES } from "../../provider/schemas/words.ts";
import { project, readFields } from "../fields.ts";
import type { JsonObject } from "../json.ts";
import { PAGE_ROWS } from "../limits.ts";
import { numberNode } from "../nodes/number.ts";
import { digitsOf, type NumberRecord } from "../number.ts";
import { optionalText, type Params } from "../params.ts";
import { badCursor, invalidParam, notEmulated } from "../refusals/request.ts";
import type { GraphCall } from "../request.ts";
import { comparePlaces, LIST_ORDERS, type ListOrder, type Place, type State } from "../state.ts";
import { numberNow, type WabaOperation } from "./operation.ts";

export const listNumbers: WabaOperation = (state, params, context) => {
  const { waba, now, call } = context;
  const type = numberNode(context.settings);
  const fields = readFields(params, type);
  const order = readOrder(params);
  const limit = readLimit(params);
  const wanted = readFilter(state, params);
  const places = state.sorted(waba.id, order);
  const page = readPage(params, order, places, limit, wanted);
  const data = page.rows.flatMap((place) => {
    const number = numberNow(state, place.id, now);
    return number === undefined ? [] : [project(number, fields, type, context)];
  });
  return { data, paging: paging(page, order, params, limit, call) };
};

interface Page {
  readonly rows: readonly Place[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}
type Wanted = (place: Place) => boolean;

/** K: `after` wins when both cursors come. */
function readPage(params: Params, order: ListOrder, places: readonly Place[], limit: number, wanted: Wanted): Page {
  const after = optionalText(params, "after");
  const before = optionalText(params, "before");
  if (after === undefined && before !== undefined) {
    const cursor = readCursor(before, order);
    const end = firstAt(places, (place) => comparePlaces(place, cursor, order) >= 0);
    const rows = collect(places, end - 1, -1, limit + 1, wanted);
    const shown = rows.slice(0, limit).reverse();
    return { rows: shown, hasPrevious: rows.length > limit, hasNext: collect(places, end, 1, 1, wanted).length > 0 };
  }
  const cursor = after === undefined ? undefined : readCursor(after, order);
  const start = cursor === undefined ? 0 : firstAt(places, (place) => comparePlaces(place, cursor, order) > 0);
  const rows = collect(places, start, 1, limit + 1, wanted);
  const hasPrevious = collect(places, start - 1, -1, 1, wanted).length > 0;
  return { rows: rows.slice(0, limit), hasNext: rows.length > limit, hasPrevious };
}

function collect(places: readonly Place[], from: number, step: 1 | -1, count: number, wanted: Wanted): Place[] {
  const found: Place[] = [];
  for (let index = from; found.length < count; index += step) {
    const place = places[index];
    if (place === undefined) break;
    if (wanted(place)) found.push(place);
  }
  return found;
}

/** Binary search: the first index where `reached` holds; it holds for all that follow. */
function firstAt(places: readonly Place[], reached: (place: Place) => boolean): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = places[middle];
    if (place !== undefined && reached(place)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** No `next` on the last page, no `previous` on the first, no paging at all on an empty one (K). */
function paging(page: Page, order: ListOrder, params: Params, limit: number, call: GraphCall): JsonObject | undefined {
  const first = page.rows[0];
  const last = page.rows.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const cursors = { before: writeCursor(first, order), after: writeCursor(last, order) };
  return {
    cursors,
    next: page.hasNext ? pageUrl(call, params, limit, { after: cursors.after }) : undefined,
    previous: page.hasPrevious ? pageUrl(call, params, limit, { before: cursors.before }) : undefined,
  };
}

/** Clients follow it as it is, some without adding a token: so it carries all that was asked. */
function pageUrl(call: GraphCall, params: Params, limit: number, cursor: { [name: string]: string }): string {
  const url = new URL(`${call.origin}${call.path}`);
  if (call.queryToken !== undefined) url.searchParams.set("access_token", call.queryToken);
  for (const name of ["fields", "filtering", "sort", "display_phone_number"]) {
    const value = params.get(name);
    if (value !== undefined) url.searchParams.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  url.searchParams.set("limit", String(limit));
  for (const [name, value] of Object.entries(cursor)) url.searchParams.set(name, value);
  return url.href;
}

function writeCursor(place: Place, order: ListOrder): string {
  return Buffer.from([order, place.value, place.id].join("|")).toString("base64url");
}

function readCursor(text: string, order: ListOrder): Place {
  const [cursorOrder, value, id, ...more] = Buffer.from(text, "base64url").toString().split("|");
  if (cursorOrder !== order || value === undefined || id === undefined || more.length > 0) throw badCursor();
  return { value, id };
}

/** I: more than the greatest page is cut to it, as elsewhere in Graph. */
function readLimit(params: Params): number {
  const text = optionalText(params, "limit");
  if (text === undefined || text === "") return PAGE_ROWS.default;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalidParam("limit", "must be a positive integer", text);
  return Math.min(Number(text), PAGE_ROWS.max);
}

/** The guide's spelling `['last_onboarded_time_ascending']` and the OpenAPI file's `last_onboarded_time.asc`. */
function readOrder(params: Params): ListOrder {
  const value = params.get("sort");
  const given = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (given === undefined || given === "") return "last_onboarded_time.desc";
  const word = String(given)
    .replace(/^\s*\[\s*'|'\s*\]\s*$/g, "")
    .replace(/_ascending$/, ".asc")
    .replace(/_descending$/, ".desc");
  const order = LIST_ORDERS.find((candidate) => candidate === word);
  if (order === undefined) throw invalidParam("sort", `must be one of {${LIST_ORDERS.join(", ")}}`, value);
  return order;
}

/** Documented as filters too, yet not emulated. */
const OTHER_FILTERS = ["is_official_business_account", "messaging_limit_tier"];

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
    const { field, operator, value: mode } = (filter ?? {}) as { field?: unknown; operator?: unknown; value?: unknown };
    if (typeof field === "string" && OTHER_FILTERS.includes(field)) throw notEmulated(`Filtering by ${field}`);
    if (field !== "account_mode") throw invalidParam("filtering[field]", "must be account_mode", field);
    if (operator !== "EQUAL") throw invalidParam("filtering[operator]", "must be EQUAL", operator);
    if (!ACCOUNT_MODES.some((known) => known === mode)) {
      throw invalidParam("filtering[value]", `must be one of {${ACCOUNT_MODES.join(", ")}}`, mode);
    }
    return (number) => number.account_mode === mode;
  });
}
