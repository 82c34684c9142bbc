/**
 * Reads that one operation of the engine shares: the numbers of an account come by pages of 100, once, whoever asks
 * first. Meta gives a new account 200 calls an hour; number by number a refresh would spend them.
 *
 * - The first page is read for the first number. A further page is read while all calls to the account stay within one a
 *   number that was asked for, that first page apart; else the number is asked by its id. So a large account of which
 *   few numbers are managed costs no more than those.
 * - Every tenth number that was asked by its id pays for one page more: of an account that is managed whole, declared
 *   in another order than the list's, the pages soon serve the rest. Of any other it costs a tenth at most.
 * - A number that we wrote to is asked by its id from then on. So is one that the pages lack, before it is called gone.
 * - A number that we added joins the pages that were read, so that a hundred new ones need no hundred lists.
 * - An account that may not be listed is read by id. Errors are not kept.
 */
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { NotFoundError, PermissionError } from "./errors.ts";
import { PageWalk } from "./page-walk.ts";
import type { PhoneNumbers } from "./phone-numbers.ts";

/** Longer than an operation that reads; one that waits for people does not live on old pages. */
const PAGES_LIVE_MS = 5 * 60_000;

const IDS_PER_PAGE = 10;

export type ReadStrategy = "list" | "get";

export interface ReaderOptions {
  readonly strategy: ReadStrategy;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

/** One for all numbers that are read with one credential. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #accounts = new Map<string, AccountPages>();
  readonly #written = new Set<string>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /**
   * The number, of which the account is known.
   * @throws NotFoundError, or what Graph's calls throw
   */
  async get(api: PhoneNumbers, wabaId: string | undefined, id: string): Promise<PhoneNumberNode> {
    if (this.#options.strategy === "get" || wabaId === undefined || this.#written.has(id)) return api.get(id);
    const number = await this.#account(wabaId).get(api, id);
    // Our own write may have happened while the page was on its way.
    return number === undefined || this.#written.has(id) ? api.get(id) : number;
  }

  /** Every number of the account. Of those that `isWritten`, it may show what was before. */
  async all(api: PhoneNumbers, wabaId: string): Promise<PhoneNumberNode[]> {
    return this.#account(wabaId).all(api);
  }

  /** To be told before each write to a number: what was read of it before is worth nothing. */
  written(id: string): void {
    this.#written.add(id);
  }

  /** True where what a list shows of the number may be older than our own write. */
  isWritten(id: string): boolean {
    return this.#written.has(id);
  }

  /** To be told of a number that we put on the account. */
  added(wabaId: string, number: PhoneNumberNode): void {
    this.written(number.id);
    this.#accounts.get(wabaId)?.add(number);
  }

  /** To be told when the account may have got another number, and which one is not known. */
  changed(wabaId: string): void {
    this.#accounts.delete(wabaId);
  }

  #account(wabaId: string): AccountPages {
    const known = this.#accounts.get(wabaId);
    const { elapsed } = this.#options;
    if (known !== undefined && elapsed() - known.since < PAGES_LIVE_MS) return known;
    const account = new AccountPages(wabaId, elapsed());
    this.#accounts.set(wabaId, account);
    return account;
  }
}

class AccountPages {
  readonly since: number;
  readonly #walk: PageWalk;
  #isForbidden = false;
  #asked = 0;
  #calls = 0;
  #byId = 0;
  /** Pages are read one after the other; whoever comes meanwhile waits and then looks again. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(wabaId: string, since: number) {
    this.#walk = new PageWalk(wabaId);
    this.since = since;
  }

  /** Undefined where the number is to be asked by its id. */
  async get(api: PhoneNumbers, id: string): Promise<PhoneNumberNode | undefined> {
    this.#asked += 1;
    const number = await this.#inTurn(async () => {
      while (!this.#walk.numbers.has(id) && this.#mayReadPage()) await this.#readPageOrGiveUp(api);
      if (!this.#walk.numbers.has(id)) {
        this.#calls += 1;
        this.#byId += 1;
      }
      return this.#walk.numbers.get(id);
    });
    if (number !== undefined) api.introduce(id, number.display_phone_number);
    return number;
  }

  add(number: PhoneNumberNode): void {
    this.#walk.add(number);
  }

  async all(api: PhoneNumbers): Promise<PhoneNumberNode[]> {
    return this.#inTurn(async () => {
      while (!this.#walk.isComplete) await this.#readPage(api);
      return [...this.#walk.numbers.values()];
    });
  }

  #mayReadPage(): boolean {
    if (this.#walk.isComplete || this.#isForbidden) return false;
    return this.#calls === 0 || this.#calls + 1 <= this.#asked + Math.floor(this.#byId / IDS_PER_PAGE);
  }

  async #readPageOrGiveUp(api: PhoneNumbers): Promise<void> {
    try {
      await this.#readPage(api);
    } catch (error) {
      // Some tokens may see a number and not the list of its account.
      if (!(error instanceof NotFoundError) && !(error instanceof PermissionError)) throw error;
      this.#isForbidden = true;
    }
  }

  async #readPage(api: PhoneNumbers): Promise<void> {
    this.#calls += 1;
    await this.#walk.step((wabaId, after) => api.page(wabaId, after));
  }

  async #inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(run, run);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
