/**
 * An account's numbers, page by page: from where the last page ended, to the end, once. A cursor that Graph takes no more
 * starts the walk over, one that comes again leads in a circle, and a number that moved between pages stands in it once.
 */
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { type Call, CursorError, endless } from "./errors.ts";

export interface Page {
  readonly numbers: readonly PhoneNumberNode[];
  /** Where the next one begins; undefined on the last. */
  readonly next: string | undefined;
}

export class PageWalk {
  readonly #wabaId: string;
  #numbers = new Map<string, PhoneNumberNode>();
  #after: string | undefined;
  #isComplete = false;
  #startedOver = false;
  readonly #seen = new Set<string>();

  constructor(wabaId: string) {
    this.#wabaId = wabaId;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** As far as they were read. */
  get numbers(): ReadonlyMap<string, PhoneNumberNode> {
    return this.#numbers;
  }

  /** A number that the account got since. */
  add(number: PhoneNumberNode): void {
    this.#numbers.set(number.id, number);
  }

  /** One call. After an error the walk stands where it stood. */
  async step(page: (wabaId: string, after: string | undefined) => Promise<Page>): Promise<void> {
    const after = this.#after;
    try {
      const { numbers, next } = await page(this.#wabaId, after);
      if (next !== undefined && (next === after || this.#seen.has(next))) throw endless(listOf(this.#wabaId));
      for (const number of numbers) this.add(number);
      this.#after = next;
      if (next !== undefined) this.#seen.add(next);
      this.#isComplete = next === undefined;
    } catch (error) {
      if (!(error instanceof CursorError) || after === undefined || this.#startedOver) throw error;
      this.#startedOver = true;
      this.#numbers = new Map();
      this.#seen.clear();
      this.#after = undefined;
    }
  }
}

export function listOf(wabaId: string): Call {
  return { what: "list the numbers", on: `account ${wabaId}`, account: wabaId };
}
