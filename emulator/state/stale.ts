/**
 * Reads that lag behind writes, as Meta's do: for some time after a write, GET calls are answered from what was there
 * before it, lists too. Writes always see the truth, and so does control. Times are the emulator's.
 */
import type { Images, State } from "./state.ts";

interface Past {
  /** Until this time the images are what reads see. */
  readonly until: number;
  readonly images: Images;
}

export class Lag {
  /** Oldest first. */
  #past: readonly Past[] = [];
  #seen:
    | { readonly of: State; readonly revision: number; readonly past: readonly Past[]; readonly as: State }
    | undefined;

  /** Does a write that reads see `staleMs` later. What a refused one keeps, such as a counted call, is seen at once. */
  write<Result>(state: State, staleMs: number, now: number, run: () => Result): Result {
    if (staleMs <= 0) return run();
    const images: Images = new Map();
    const result = state.recording(images, run);
    if (images.size > 0) this.#past = [...this.#live(now), { until: now + staleMs, images }];
    return result;
  }

  /** The state as a read sees it now. A record that several writes changed is seen as before the oldest that counts. */
  seen(state: State, now: number): State {
    this.#past = this.#live(now);
    if (this.#past.length === 0) return state;
    const known = this.#seen;
    if (known?.of === state && known.revision === state.revision && known.past === this.#past) return known.as;
    const images: Images = new Map();
    for (const entry of this.#past.toReversed()) for (const [id, image] of entry.images) images.set(id, image);
    const as = state.withImages(images);
    this.#seen = { of: state, revision: state.revision, past: this.#past, as };
    return as;
  }

  #live(now: number): readonly Past[] {
    return this.#past.every(({ until }) => now < until) ? this.#past : this.#past.filter(({ until }) => now < until);
  }
}
