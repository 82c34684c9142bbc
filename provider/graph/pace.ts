/**
 * How fast calls may follow one another: slower from three quarters of Meta's quota on, not at all while Meta throttles,
 * and so many writes a minute. One for each credential; each account waits for itself, so that other tenants go on.
 */
import type { Usage } from "./usage.ts";

export interface PaceOptions {
  readonly writesPerMinute: number;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

/** What a call has to do before it is made. */
export type Turn =
  | { readonly do: "wait"; readonly ms: number }
  /** Meta takes no calls until then, in `elapsed` time. */
  | { readonly do: "comeBack"; readonly afterMs: number };

const MINUTE_MS = 60_000;
const SLOW_FROM_PERCENT = 75;
/** The wait before each call when the quota is all but used up. */
const SLOWEST_MS = 4_000;

interface Standing {
  percent: number;
  blockedUntil: number;
}

export class Pace {
  readonly #options: PaceOptions;
  /** By account; the app as a whole under "". */
  readonly #standings = new Map<string, Standing>();
  /** When the writes of the last minute begin, those that still wait among them. */
  #writes: number[] = [];

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Asked once before each call; a write takes its place in the minute by it. */
  turn(account: string | undefined, isWrite: boolean): Turn {
    const now = this.#options.elapsed();
    const standings = ["", ...(account === undefined ? [] : [account])].flatMap(
      (key) => this.#standings.get(key) ?? [],
    );
    const blockedFor = Math.max(0, ...standings.map(({ blockedUntil }) => blockedUntil - now));
    if (blockedFor > 0) return { do: "comeBack", afterMs: blockedFor };
    const percent = Math.max(0, ...standings.map((standing) => standing.percent));
    return { do: "wait", ms: Math.max(slowdown(percent), isWrite ? this.#placeForWrite(now) : 0) };
  }

  /** What an answer's headers said. */
  observe(usages: readonly Usage[]): void {
    const now = this.#options.elapsed();
    for (const { account = "", percent, regainMs } of usages) {
      this.#standings.set(account, { percent, blockedUntil: now + regainMs });
    }
  }

  #placeForWrite(now: number): number {
    const { writesPerMinute } = this.#options;
    this.#writes = this.#writes.filter((at) => now - at < MINUTE_MS);
    const before = this.#writes.at(-writesPerMinute);
    const at = before === undefined ? now : Math.max(now, before + MINUTE_MS);
    this.#writes.push(at);
    return at - now;
  }
}

/** Nothing below three quarters, then evenly up to the slowest. */
function slowdown(percent: number): number {
  const share = (Math.min(percent, 100) - SLOW_FROM_PERCENT) / (100 - SLOW_FROM_PERCENT);
  return share <= 0 ? 0 : Math.round(share * SLOWEST_MS);
}
