/**
 * Every figure the emulator enforces, with its unit. Marks: D documented by Meta, T told by a third party,
 * I inferred here because nobody has published the figure.
 */

/** Milliseconds. */
export const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** D: the PIN and the one-time code have six digits. */
export const SIX_DIGITS = /^\d{6}$/;

/** T: Meta's OpenAPI file says about ten minutes, single use. */
export const CODE_LIFETIME = 10 * MINUTE;
/** I: Meta publishes neither the count nor the window. */
export const CODE_REQUESTS_MAX = 5;
export const CODE_REQUESTS_WINDOW = 12 * HOUR;
/** I for the count; D for the wait of about 12 hours after too many guesses. */
export const WRONG_CODES_MAX = 5;
export const WRONG_CODES_WINDOW = 12 * HOUR;

/** D: ten register calls and ten deregister calls per number in a moving 72 hours, then blocked for the next 72. */
export const CALLS_MAX = 10;
export const CALLS_WINDOW = 72 * HOUR;
export const CALLS_BLOCK = 72 * HOUR;

/** I: below the ten register calls, or it could never be met; the wait as for codes. */
export const WRONG_PINS_MAX = 5;
export const WRONG_PINS_WINDOW = 12 * HOUR;

/** D: ten name changes in 30 days; 14 days from approval to the register call that takes the name over. */
export const NAME_CHANGES_MAX = 10;
export const NAME_CHANGES_WINDOW = 30 * DAY;
export const NAME_REGISTER_DEADLINE = 14 * DAY;
/** T: Meta's OpenAPI file; other sources give other bounds. */
export const NAME_LENGTH = { min: 2, max: 75 } as const;

/** D: a number deleted in WhatsApp Manager is refused for five minutes. */
export const RECENTLY_DELETED = 5 * MINUTE;

/**
 * D: a pre-verified number is proven for 90 days, may be proven again in the last 45 of them, and leaves the pool when
 * it was never proven for 90; once claimed it must be registered within 90 days.
 */
export const PREVERIFIED_LIFETIME = 90 * DAY;
export const PREVERIFIED_RENEWAL = 45 * DAY;
export const CLAIM_REGISTER_DEADLINE = 90 * DAY;

/** T: rows on a page of a list. */
export const PAGE_ROWS = { default: 25, max: 100 } as const;

/** Of the emulator itself. */
export const BODY_BYTES_MAX = 1024 * 1024;
export const LOG_ENTRIES_MAX = 50_000;
export const NUMBERS_MAX = 1_000_000;
export const WABAS_MAX = 10_000;
export const LATENCY_MS_MAX = 10 * MINUTE;
/** Ten years: far enough for every deadline, and the dates stay printable. */
export const CLOCK_STEP_SECONDS_MAX = 10 * 365 * 24 * 3600;
