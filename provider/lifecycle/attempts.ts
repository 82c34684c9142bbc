/** Meta's ten registrations in any 72 hours, as far as we made them ourselves: others may have called too. Pure. */

const HOUR_MS = 60 * 60 * 1000;
export const MAX_ATTEMPTS = 10;
export const ATTEMPTS_WINDOW_MS = 72 * HOUR_MS;

/** The attempts that still count. */
export function recentAttempts(now: Date, attempts: readonly string[]): string[] {
  return attempts.filter((at) => within72Hours(now, at));
}

/** When the next attempt is allowed: undefined for now. */
export function nextAttemptAt(now: Date, attempts: readonly string[]): Date | undefined {
  const recent = recentAttempts(now, attempts).toSorted();
  const oldest = recent.at(-MAX_ATTEMPTS);
  return oldest === undefined ? undefined : new Date(Date.parse(oldest) + ATTEMPTS_WINDOW_MS);
}

/** The ledger after Meta said that all ten are used: it blocks for 72 hours from then on. */
export function exhausted(now: Date): string[] {
  return Array.from({ length: MAX_ATTEMPTS }, () => now.toISOString());
}

export function within72Hours(now: Date, at: string | undefined): boolean {
  return at !== undefined && now.getTime() - Date.parse(at) < ATTEMPTS_WINDOW_MS;
}
