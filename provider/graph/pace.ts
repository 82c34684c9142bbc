/**
 * How fast calls may follow one another: slower from three quarters of Meta's quota on, not at all while Meta throttles
 * or after Graph refused the token, and so many writes a minute. One for each credential; each account waits for itself, so
 * that other tenants go on.
 */
import type { AccessTokenError } from "./errors.ts";
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
  | { readonly do: "comeBack"; readonly afterMs: number }
  /** Graph refused the token a moment ago, whatever the call. */
  | { readonly do: "giveUp"; readonly because: AccessTokenError };

const MINUTE_MS = 60_000;
/** Each call before the end of a block can prolong it. */
const UNKNOWN_BLOCK_MS = 5 * MINUTE_MS;
/** Of a token; longer than an operation takes for a tenant's numbers, and no trap for a process that waits for people. */
const REFUSAL_LIVES_MS = MINUTE_MS;
const BURST_SHARE = 1 / 6;
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
  #refusal: { readonly because: AccessTokenError; readonly until: number } | undefined;
  /** When the next write would begin if they followed one another evenly. */
  #evenly = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Asked once before each call; a write takes its place in the minute by it. */
  turn(account: string | undefined, isWrite: boolean): Turn {
    const now = this.#options.elapsed();
    if (this.#refusal !== undefined && now < this.#refusal.until)
      return { do: "giveUp", because: this.#refusal.because };
    const standings = this.#standingsOf(account);
    const blockedFor = Math.max(0, ...standings.map(({ blockedUntil }) => blockedUntil - now));
    if (blockedFor > 0) return { do: "comeBack", afterMs: blockedFor };
    const percent = Math.max(0, ...standings.map((standing) => standing.percent));
    return { do: "wait", ms: Math.max(slowdown(percent), isWrite ? this.#placeForWrite(now) : 0) };
  }

  /** Graph throttled a call on the account, or all of the app: where the headers did not say for how long, a while. */
  throttled(account: string | undefined): void {
    const now = this.#options.elapsed();
    if (this.#standingsOf(account).some(({ blockedUntil }) => blockedUntil > now)) return;
    this.#standings.set(account ?? "", { percent: 100, blockedUntil: now + UNKNOWN_BLOCK_MS });
  }

  /** Graph does not take the credential's token: each number of a tenant would only hear it again. */
  refused(because: AccessTokenError): void {
    this.#refusal = { because, until: this.#options.elapsed() + REFUSAL_LIVES_MS };
  }

  /** What an answer's headers said. */
  observe(usages: readonly Usage[]): void {
    const now = this.#options.elapsed();
    for (const { account = "", percent, regainMs } of usages) {
      // An answer that was on its way when Meta began to throttle does not end that.
      const before = this.#standings.get(account)?.blockedUntil ?? 0;
      this.#standings.set(account, { percent, blockedUntil: Math.max(before, now + regainMs) });
    }
  }

  /** Of the app, and of the account. */
  #standingsOf(account: string | undefined): Standing[] {
    return ["", ...(account === undefined ? [] : [account])].flatMap((key) => this.#standings.get(key) ?? []);
  }

  /** A few may go at once, so that small stacks never wait; then evenly, so that nobody waits long. */
  #placeForWrite(now: number): number {
    const { writesPerMinute } = this.#options;
    const atOnce = Math.max(1, Math.floor(writesPerMinute * BURST_SHARE));
    const apart = MINUTE_MS / Math.max(1, writesPerMinute - atOnce);
    const due = Math.max(this.#evenly, now);
    this.#evenly = due + apart;
    return Math.max(0, Math.ceil(due - (atOnce - 1) * apart - now));
  }
}

/** Nothing below three quarters, then evenly up to the slowest. */
function slowdown(percent: number): number {
  const share = (Math.min(percent, 100) - SLOW_FROM_PERCENT) / (100 - SLOW_FROM_PERCENT);
  return share <= 0 ? 0 : Math.round(share * SLOWEST_MS);
}
