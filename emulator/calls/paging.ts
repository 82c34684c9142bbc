/** Cursor paging over places in a total order: `after`, `before` and `limit` in, the shown places and `paging` out. */
import type { JsonObject } from "../json.ts";
import { PAGE_ROWS } from "../limits.ts";
import { badCursor, invalidParam } from "../refusals/request.ts";
import { comparePlaces, type Place } from "../state/state.ts";
import { optionalText, type Params } from "./params.ts";
import type { GraphCall } from "./request.ts";

export interface Listing {
  /** Sorted by `compare`. */
  readonly places: readonly Place[];
  readonly compare: (left: Place, right: Place) => number;
  /** The name of the order: it is part of a cursor, so that a cursor of another order is refused. */
  readonly order: string;
  readonly wanted: (place: Place) => boolean;
  /** The parameters that links repeat, besides the token of the query and `limit`. */
  readonly repeated: readonly string[];
}

export interface PagedRows {
  readonly rows: readonly Place[];
  /** Undefined on an empty page (K). */
  readonly paging: JsonObject | undefined;
}

type Asked = Pick<GraphCall, "origin" | "path" | "queryToken">;

interface Page {
  readonly rows: readonly Place[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** `asked` is where the links point to. */
export function pageOf(params: Params, listing: Listing, asked: Asked): PagedRows {
  const limit = readLimit(params);
  const page = readPage(params, listing, limit);
  return { rows: page.rows, paging: paging(page, listing.order, pageUrl(params, listing.repeated, limit, asked)) };
}

/** K: `after` wins when both cursors come. */
function readPage(params: Params, listing: Listing, limit: number): Page {
  const { places, compare, order } = listing;
  const after = optionalText(params, "after");
  const before = optionalText(params, "before");
  if (after === undefined && before !== undefined) {
    const cursor = readCursor(before, order);
    const end = firstAt(places, (place) => compare(place, cursor) >= 0);
    const rows = collect(listing, end - 1, -1, limit + 1);
    const shown = rows.slice(0, limit).reverse();
    return { rows: shown, hasPrevious: rows.length > limit, hasNext: collect(listing, end, 1, 1).length > 0 };
  }
  const cursor = after === undefined ? undefined : readCursor(after, order);
  const start = cursor === undefined ? 0 : firstAt(places, (place) => compare(place, cursor) > 0);
  const rows = collect(listing, start, 1, limit + 1);
  const hasPrevious = collect(listing, start - 1, -1, 1).length > 0;
  return { rows: rows.slice(0, limit), hasNext: rows.length > limit, hasPrevious };
}

function collect({ places, wanted }: Listing, from: number, step: 1 | -1, count: number): Place[] {
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

/** No `next` on the last page, no `previous` on the first (K). */
function paging(page: Page, order: string, link: (cursor: string, value: string) => string): JsonObject | undefined {
  const first = page.rows[0];
  const last = page.rows.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const cursors = { before: writeCursor(first, order), after: writeCursor(last, order) };
  return {
    cursors,
    next: page.hasNext ? link("after", cursors.after) : undefined,
    previous: page.hasPrevious ? link("before", cursors.before) : undefined,
  };
}

/** Clients follow it as it is, some without adding a token: so it carries all that was asked. */
function pageUrl(params: Params, repeated: readonly string[], limit: number, asked: Asked) {
  return (cursor: string, at: string): string => {
    const url = new URL(`${asked.origin}${asked.path}`);
    if (asked.queryToken !== undefined) url.searchParams.set("access_token", asked.queryToken);
    for (const name of repeated) {
      const value = params.get(name);
      if (value !== undefined) url.searchParams.set(name, typeof value === "string" ? value : JSON.stringify(value));
    }
    url.searchParams.set("limit", String(limit));
    url.searchParams.set(cursor, at);
    return url.href;
  };
}

function writeCursor(place: Place, order: string): string {
  return Buffer.from([order, place.value, place.id].join("|")).toString("base64url");
}

function readCursor(text: string, order: string): Place {
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

/** A list in the order of its ids, without filters. */
export function idListing(ids: readonly string[]): Listing {
  // Where all values are the same, the order of a list of numbers is the order of the ids.
  const compare = (left: Place, right: Place) => comparePlaces(left, right, "creation_time.asc");
  const places = ids.map((id) => ({ value: "", id })).sort(compare);
  return { places, compare, order: "id.asc", wanted: () => true, repeated: ["fields"] };
}
