/**
 * Every figure the emulator enforces, with its unit. Marks: D documented by Meta, T told by a third party,
 * I inferred here because nobody has published the figure.
 */

/** Milliseconds. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

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

/** I: published for pre-verified numbers only; a live number was seen EXPIRED and working. */
export const PROOF_LIFETIME = 90 * DAY;

/** D: ten register calls and ten deregister calls per number in a moving 72 hours, then blocked for the next 72. */
export const CALLS_MAX = 10;
export const CALLS_WINDOW = 72 * HOUR;
export const CALLS_BLOCK = 72 * HOUR;

/** I: below the ten register calls, or it could never be met; the wait as for codes. */
export const WRONG_PINS_MAX = 5;
export const WRONG_PINS_WINDOW = 12 * HOUR;

/** D: from the end of Meta's embedded signup to the register call. */
export const SIGNUP_REGISTER_DEADLINE = 14 * DAY;

/** D: ten name changes in 30 days; 14 days from approval to the register call that takes the name over. */
export const NAME_CHANGES_MAX = 10;
export const NAME_CHANGES_WINDOW = 30 * DAY;
export const NAME_REGISTER_DEADLINE = 14 * DAY;
/** T: Meta's OpenAPI file; other sources give other bounds. */
export const NAME_LENGTH = { min: 2, max: 75 } as const;
/** K: of Meta's help pages. */
export const NAME_LENGTH_ADVISED = 3;

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

/** D: a business profile. The description has 512 in Meta's guide and 256 in its OpenAPI file. */
export const PROFILE_LENGTHS = { about: 139, address: 256, description: 512, email: 128, website: 256 } as const;
export const PROFILE_WEBSITES_MAX = 2;

/** D: the guide; Meta's OpenAPI file says 3 ice breakers, and 30 characters for a command's name. */
export const ICE_BREAKERS_MAX = 4;
export const ICE_BREAKER_LENGTH_MAX = 80;
export const COMMANDS_MAX = 30;
export const COMMAND_LENGTHS = { name: 32, description: 256 } as const;

/** D: a refused Official Business Account may be asked for again after 30 days. */
export const OBA_REAPPLY_WAIT = 30 * DAY;
export const OBA_LINKS_MAX = 5;

/** K: of the hours in which calls are taken: entries a day, and days off. */
export const CALL_HOURS_PER_DAY_MAX = 2;
export const CALL_HOLIDAYS_MAX = 20;
/** D: the one retention that Meta offers, in minutes. */
export const NO_STORAGE_MINUTES = 60;

/** T: Meta's OpenAPI file. */
export const WABA_NAME_LENGTH_MAX = 100;

/** D: of the address of an override, in characters. */
export const CALLBACK_URI_LENGTH_MAX = 200;
/** R: a refused override named 6,000 ms; I for deliveries. */
export const CALLBACK_TIMEOUT = 6 * SECOND;
/** I: the pauses before each further attempt; Meta goes on for up to 7 days (D) and publishes no times. */
export const WEBHOOK_RETRY_DELAYS = [SECOND, 5 * SECOND, 30 * SECOND];

/** D: calls of one app on one WABA in a rolling hour, before and after it has a registered number. */
export const WABA_CALLS_PER_HOUR = 200;
export const REGISTERED_WABA_CALLS_PER_HOUR = 5000;
/** I: Meta counts 200 calls an hour for each user of an app, and does not say what that is without users. */
export const APP_CALLS_PER_HOUR = 5000;
/** D: an appsecret_proof with a time. I: as far ahead too, for clocks that differ. */
export const APPSECRET_PROOF_LIFETIME = 5 * MINUTE;
/** K: when an app loses the data of a user who does not come back. System users have no such end. */
export const DATA_ACCESS = 90 * DAY;

/** D: calls in a batch. K: ids in one read. */
export const BATCH_MAX = 50;
export const IDS_MAX = 50;

/** Of the emulator itself. */
export const DELIVERIES_MAX = 10_000;
export const CALLBACK_BODY_BYTES_MAX = 64 * 1024;
/** How long a webhook waits at least, so that the answer to the call that caused it is out first. */
export const WEBHOOK_LEAD = 10;
export const WEBHOOK_RETRIES_MAX = 20;
export const BODY_BYTES_MAX = 1024 * 1024;
/** D: what an upload session's id begins with. */
export const UPLOAD_PREFIX = "upload:";
export const UPLOAD_FILE_BYTES_MAX = 16 * 1024 * 1024;
/** Of the request line and the headers together: room for every field of a number and for long filters. */
export const HEADER_BYTES_MAX = 64 * 1024;
export const LOG_ENTRIES_MAX = 20_000;
export const NUMBERS_MAX = 1_000_000;
export const WABAS_MAX = 10_000;
/** The end of the year 9999, in milliseconds: later ones have no printed form. */
export const DATES_MAX = 253_402_300_799_000;
/** Milliseconds of the emulator's clock. */
export const STALE_MS_MAX = 24 * HOUR;
export const LATENCY_MS_MAX = 10 * MINUTE;
/** Ten years: far enough for every deadline, and the dates stay printable. */
export const CLOCK_STEP_SECONDS_MAX = 10 * 365 * 24 * 3600;
