/** How much is left of what Meta allows, as far as we used it up ourselves. Pure. */
import { ATTEMPTS_WINDOW_MS, MAX_ATTEMPTS, recentAttempts } from "../lifecycle/attempts.ts";
import { MAX_NAME_REQUESTS, NAME_REQUESTS_WINDOW_MS, recentNameRequests } from "../lifecycle/name.ts";
import type { Ledger } from "../schemas/phone-number-state.ts";

export interface Budget {
  readonly used: number;
  readonly left: number;
  readonly of: number;
  /** In any so many hours. */
  readonly hours: number;
  /** When one more is free again: the oldest that counts falls out. */
  readonly oldestFallsOutAt?: string | undefined;
}

export interface Budgets {
  readonly register: Budget;
  readonly deregister: Budget;
  readonly names: Budget;
}

export function budgetsOf(now: Date, ledger: Ledger): Budgets {
  const attempts = (kind: "register" | "deregister") =>
    budget(recentAttempts(now, ledger.attempts[kind]), MAX_ATTEMPTS, ATTEMPTS_WINDOW_MS);
  const names = recentNameRequests(now, ledger).map(({ at }) => at);
  return {
    register: attempts("register"),
    deregister: attempts("deregister"),
    names: budget(names, MAX_NAME_REQUESTS, NAME_REQUESTS_WINDOW_MS),
  };
}

function budget(times: readonly string[], of: number, windowMs: number): Budget {
  const [oldest] = times.toSorted();
  return {
    used: times.length,
    left: Math.max(0, of - times.length),
    of,
    hours: windowMs / (60 * 60 * 1000),
    oldestFallsOutAt: oldest === undefined ? undefined : new Date(Date.parse(oldest) + windowMs).toISOString(),
  };
}
