/**
 * What exists at the emulated Meta: businesses, accounts, numbers. The only place with Maps and indexes. Reads by id, by digits
 * and by page cost what they return; a list is sorted again only after a change that moved something in it.
 */
import { RECENTLY_DELETED } from "../limits.ts";
import type { BusinessRecord } from "../records/business.ts";
import { digitsOf, isRegistered, type NumberRecord } from "../records/number.ts";
import type { PreverifiedRecord } from "../records/preverified.ts";
import type { WabaRecord } from "../records/waba.ts";

export const LIST_ORDERS = [
  "last_onboarded_time.desc",
  "last_onboarded_time.asc",
  "creation_time.desc",
  "creation_time.asc",
] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** Of a time in milliseconds as text that sorts. */
const CREATED_AT_DIGITS = 16;

/** A place in a sorted list. It outlives the row: paging goes on where the row was. */
export interface Place {
  readonly value: string;
  readonly id: string;
}

/** All of it as plain data, in the order in which it came. */
export interface StateContents {
  readonly businesses: readonly BusinessRecord[];
  readonly wabas: readonly WabaRecord[];
  readonly preverified: readonly PreverifiedRecord[];
  readonly numbers: readonly NumberRecord[];
  /** When numbers were last deleted, by their digits. */
  readonly deleted_at: readonly (readonly [digits: string, at: number])[];
}

type Kind = "businesses" | "wabas" | "preverified" | "numbers";
type AnyRecord = BusinessRecord | WabaRecord | PreverifiedRecord | NumberRecord;
/** What records were before a change, by id; undefined: not there. */
export type Images = Map<string, { readonly kind: Kind; readonly record: AnyRecord | undefined }>;

interface Shelf {
  waba: WabaRecord;
  readonly ids: Set<string>;
  readonly orders: Map<ListOrder, readonly Place[]>;
  /** How many of its numbers are registered. */
  registered: number;
}

export class State {
  readonly #numbers = new Map<string, NumberRecord>();
  readonly #shelves = new Map<string, Shelf>();
  readonly #businesses = new Map<string, BusinessRecord>();
  readonly #preverified = new Map<string, PreverifiedRecord>();
  readonly #byDigits = new Map<string, Set<string>>();
  readonly #deletedAt = new Map<string, number>();
  readonly #awaitingDecision = new Set<string>();
  #revision = 0;
  #recording: Images | undefined;

  static from(contents: StateContents): State {
    const state = new State();
    for (const business of contents.businesses) state.putBusiness(business);
    for (const waba of contents.wabas) state.putWaba(waba);
    for (const preverified of contents.preverified) state.putPreverified(preverified);
    for (const number of contents.numbers) state.putNumber(number);
    for (const [digits, at] of contents.deleted_at) state.#deletedAt.set(digits, at);
    return state;
  }

  /** Grows with every change; the same number means the same state. */
  get revision(): number {
    return this.#revision;
  }

  contents(): StateContents {
    return {
      businesses: this.businesses(),
      wabas: this.wabas(),
      preverified: this.allPreverified(),
      numbers: [...this.#numbers.values()],
      deleted_at: [...this.#deletedAt],
    };
  }

  /** Does `run`, and keeps in `images` what the records that it changes were before. */
  recording<Result>(images: Images, run: () => Result): Result {
    this.#recording = images;
    try {
      return run();
    } finally {
      this.#recording = undefined;
    }
  }

  /** A copy in which some records are as they were. */
  withImages(images: Images): State {
    const old = (kind: Kind) =>
      [...images.values()].flatMap((image) => (image.kind === kind ? (image.record ?? []) : []));
    const now = this.contents();
    const past = <Item extends AnyRecord>(kind: Kind, records: readonly Item[]): readonly Item[] => [
      ...records.filter((record) => !images.has(record.id)),
      ...(old(kind) as Item[]),
    ];
    return State.from({
      ...now,
      businesses: past("businesses", now.businesses),
      wabas: past("wabas", now.wabas),
      preverified: past("preverified", now.preverified),
      numbers: past("numbers", now.numbers),
    });
  }

  #changing(kind: Kind, id: string, record: AnyRecord | undefined): void {
    this.#revision += 1;
    if (this.#recording !== undefined && !this.#recording.has(id)) this.#recording.set(id, { kind, record });
  }

  putBusiness(business: BusinessRecord): void {
    const before = this.#businesses.get(business.id);
    if (before === business) return;
    this.#changing("businesses", business.id, before);
    this.#businesses.set(business.id, business);
  }

  business(id: string): BusinessRecord | undefined {
    return this.#businesses.get(id);
  }

  businesses(): BusinessRecord[] {
    return [...this.#businesses.values()];
  }

  putWaba(waba: WabaRecord): void {
    const shelf = this.#shelves.get(waba.id);
    if (shelf?.waba === waba) return;
    this.#changing("wabas", waba.id, shelf?.waba);
    if (shelf === undefined) this.#shelves.set(waba.id, { waba, ids: new Set(), orders: new Map(), registered: 0 });
    else shelf.waba = waba;
  }

  putPreverified(preverified: PreverifiedRecord): void {
    const before = this.#preverified.get(preverified.id);
    if (before === preverified) return;
    this.#changing("preverified", preverified.id, before);
    this.#preverified.set(preverified.id, preverified);
  }

  preverified(id: string): PreverifiedRecord | undefined {
    return this.#preverified.get(id);
  }

  removePreverified(id: string): boolean {
    const before = this.#preverified.get(id);
    if (before === undefined) return false;
    this.#changing("preverified", id, before);
    return this.#preverified.delete(id);
  }

  allPreverified(): PreverifiedRecord[] {
    return [...this.#preverified.values()];
  }

  /** The one with these digits, in whichever pool. */
  preverifiedWith(digits: string): PreverifiedRecord | undefined {
    return this.allPreverified().find((preverified) => digitsOf(preverified) === digits);
  }

  waba(id: string): WabaRecord | undefined {
    return this.#shelves.get(id)?.waba;
  }

  wabas(): WabaRecord[] {
    return [...this.#shelves.values()].map((shelf) => shelf.waba);
  }

  hasRegisteredNumber(wabaId: string): boolean {
    return (this.#shelves.get(wabaId)?.registered ?? 0) > 0;
  }

  isTaken(id: string): boolean {
    return [this.#numbers, this.#shelves, this.#businesses, this.#preverified].some((known) => known.has(id));
  }

  number(id: string): NumberRecord | undefined {
    return this.#numbers.get(id);
  }

  numbers(): IterableIterator<NumberRecord> {
    return this.#numbers.values();
  }

  /** Those whose running name review comes to its decision by itself. */
  awaitingDecision(): NumberRecord[] {
    return [...this.#awaitingDecision].flatMap((id) => this.#numbers.get(id) ?? []);
  }

  /** The numbers with these digits, in whichever accounts. */
  holders(digits: string): NumberRecord[] {
    return [...(this.#byDigits.get(digits) ?? [])].flatMap((id) => this.#numbers.get(id) ?? []);
  }

  putNumber(number: NumberRecord): void {
    const before = this.#numbers.get(number.id);
    if (before === number) return;
    const shelf = this.#shelf(number.waba_id);
    this.#changing("numbers", number.id, before);
    this.#numbers.set(number.id, number);
    if (before !== undefined && isRegistered(before)) this.#shelf(before.waba_id).registered -= 1;
    if (isRegistered(number)) shelf.registered += 1;
    if (number.name_review === undefined) this.#awaitingDecision.delete(number.id);
    else this.#awaitingDecision.add(number.id);
    if (before === undefined) {
      shelf.ids.add(number.id);
      const digits = digitsOf(number);
      this.#byDigits.set(digits, (this.#byDigits.get(digits) ?? new Set()).add(number.id));
    }
    if (before?.last_onboarded_time !== number.last_onboarded_time || before === undefined) shelf.orders.clear();
  }

  removeNumber(id: string, now: number): boolean {
    const number = this.#numbers.get(id);
    if (number === undefined) return false;
    this.#changing("numbers", id, number);
    this.#numbers.delete(id);
    this.#awaitingDecision.delete(id);
    const shelf = this.#shelf(number.waba_id);
    shelf.ids.delete(id);
    if (isRegistered(number)) shelf.registered -= 1;
    shelf.orders.clear();
    this.#byDigits.get(digitsOf(number))?.delete(id);
    this.#deletedAt.set(digitsOf(number), now);
    return true;
  }

  wasJustDeleted(digits: string, now: number): boolean {
    const at = this.#deletedAt.get(digits);
    return at !== undefined && now - at < RECENTLY_DELETED;
  }

  /** The numbers of one account in the asked order; ties by id, so that the order is total. */
  sorted(wabaId: string, order: ListOrder): readonly Place[] {
    const shelf = this.#shelf(wabaId);
    const known = shelf.orders.get(order);
    if (known !== undefined) return known;
    const places = [...shelf.ids].flatMap((id) => {
      const number = this.#numbers.get(id);
      return number === undefined ? [] : [{ value: sortValue(number, order), id }];
    });
    places.sort((left, right) => comparePlaces(left, right, order));
    shelf.orders.set(order, places);
    return places;
  }

  #shelf(wabaId: string): Shelf {
    const shelf = this.#shelves.get(wabaId);
    if (shelf === undefined) throw new Error(`no WhatsApp Business Account ${wabaId}`);
    return shelf;
  }
}

/** I: a number that was never onboarded has the lowest value, so it comes last by default. */
function sortValue(number: NumberRecord, order: ListOrder): string {
  if (order.startsWith("last_onboarded_time")) return number.last_onboarded_time ?? "";
  return creationValue(number.created_at);
}

export function creationValue(createdAt: number): string {
  return String(createdAt).padStart(CREATED_AT_DIGITS, "0");
}

export function comparePlaces(left: Place, right: Place, order: ListOrder): number {
  const byValue = left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  if (byValue !== 0) return order.endsWith(".desc") ? -byValue : byValue;
  return left.id.length - right.id.length || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}
