/**
 * Calls of the last hour, in sixty buckets of a minute: constant memory and work however many calls come. The window
 * moves by whole minutes, so a call counts for 59 to 60 of them.
 */
import { MINUTE } from "../limits.ts";

const BUCKETS = 60;

export class HourCount {
  readonly #buckets = new Uint32Array(BUCKETS);
  #total = 0;
  /** The minute, since 1970, that the newest bucket is for. */
  #latest = 0;

  add(now: number): void {
    this.#move(now);
    const index = this.#latest % BUCKETS;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#total += 1;
  }

  total(now: number): number {
    this.#move(now);
    return this.#total;
  }

  /** How long until fewer than `limit` calls count, in milliseconds; 0 when it is so already. */
  untilBelow(limit: number, now: number): number {
    let left = this.total(now);
    for (let step = 1; step <= BUCKETS && left >= limit; step++) {
      left -= this.#buckets[(this.#latest + step) % BUCKETS] ?? 0;
      if (left < limit) return (this.#latest + step) * MINUTE - now;
    }
    return 0;
  }

  #move(now: number): void {
    const minute = Math.floor(now / MINUTE);
    // An injected clock may go back: what was counted stays.
    const steps = Math.min(minute - this.#latest, BUCKETS);
    for (let step = 1; step <= steps; step++) {
      const index = (this.#latest + step) % BUCKETS;
      this.#total -= this.#buckets[index] ?? 0;
      this.#buckets[index] = 0;
    }
    this.#latest = Math.max(this.#latest, minute);
  }
}
