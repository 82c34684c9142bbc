/** When a failed call is made again, and after how long. Pure: the client's loop in `client.ts` asks and obeys. */

export interface RetryPolicy {
  /** Tries in all, the first among them. */
  readonly maxTries: number;
  /** The wait before the second try is at most this long; each further one at most twice the one before. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
}

export const RETRY: RetryPolicy = { maxTries: 4, firstWaitMs: 500, maxWaitMs: 5_000 };

export interface Failure {
  /** Tries made so far. */
  readonly tries: number;
  /** The error's own word on whether trying again can help. */
  readonly retryable: boolean;
  /** True when it is certain that Graph never saw the call. */
  readonly neverSent: boolean;
  /** True for reads, and for writes that can be made twice with one effect. */
  readonly repeatable: boolean;
  /** What is left of the operation's time. */
  readonly remainingMs: number;
}

/**
 * The wait before the next try, or undefined for none. Full jitter: any part of the bound, so that numbers that
 * failed together do not come back together.
 * @param random from 0 up to 1
 */
export function waitBeforeRetry(failure: Failure, random: number, policy: RetryPolicy = RETRY): number | undefined {
  if (!failure.retryable) return undefined;
  if (!failure.repeatable && !failure.neverSent) return undefined;
  if (failure.tries >= policy.maxTries) return undefined;
  const bound = Math.min(policy.maxWaitMs, policy.firstWaitMs * 2 ** (failure.tries - 1));
  const wait = Math.floor(random * bound);
  return wait < failure.remainingMs ? wait : undefined;
}
