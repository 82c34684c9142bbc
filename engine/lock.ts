import { setTimeout as wait } from "node:timers/promises";
import { lock } from "proper-lockfile";

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  readonly pollMs?: number;
  /** Called once, when somebody else holds the lock. */
  readonly onWait?: () => void;
}

// The holder touches the lock every 5 s; one that has not for 20 s is dead, and its lock is taken over.
const staleMs = 20_000;
const touchMs = 5_000;

/** Does `work` while no other process holds the lock of `path`. Its signal aborts when the lock is lost (a long sleep). */
export async function withLock<T>(
  path: string,
  work: (signal: AbortSignal) => Promise<T>,
  { signal, pollMs = 500, onWait }: LockOptions = {},
): Promise<T> {
  const lost = new AbortController();
  const take = () =>
    lock(path, { realpath: false, stale: staleMs, update: touchMs, onCompromised: (cause) => lost.abort(cause) });
  let release: (() => Promise<void>) | undefined;
  for (let waiting = false; release === undefined; waiting = true) {
    signal?.throwIfAborted();
    try {
      release = await take();
    } catch (cause) {
      if (!isHeld(cause)) throw cause;
      if (!waiting) onWait?.();
      await wait(pollMs, undefined, signal ? { signal } : {});
    }
  }
  try {
    return await work(signal ? AbortSignal.any([signal, lost.signal]) : lost.signal);
  } finally {
    if (!lost.signal.aborted) await release();
  }
}

function isHeld(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ELOCKED";
}
