/**
 * What clients asked: every Graph call in order, and how many went to each route. Secrets are struck out of the
 * parameters. The token stays readable on purpose: these are test tokens, and tests compare which one was used.
 */
import type { Json } from "./json.ts";
import { LOG_ENTRIES_MAX } from "./limits.ts";
import type { Params } from "./params.ts";

export interface LogEntry {
  readonly time: string;
  readonly method: string;
  /** As asked, version included, query not. */
  readonly path: string;
  /** The route's template, or null when no route is emulated there. */
  readonly route: string | null;
  /** Null when the connection was cut instead of answered. */
  readonly status: number | null;
  readonly params: { readonly [name: string]: Json };
  readonly token: string | null;
  /** Whether an ordered fault took part. */
  readonly fault: boolean;
}

export interface RequestReport {
  /** By verb and template: `GET /{WABA}/phone_numbers`. */
  readonly counts: { readonly [route: string]: number };
  /** The latest ones, oldest first; the counts know all. */
  readonly requests: readonly LogEntry[];
}

const SECRETS = new Set([
  "access_token",
  "appsecret_proof",
  "backup",
  "cert",
  "certificate",
  "code",
  "input_token",
  "new_certificate",
  "password",
  "pin",
  "verify_token",
]);
const REDACTED = "[redacted]";
const DEPTH_MAX = 6;
const TEXT_MAX = 500;

export class RequestLog {
  #entries: LogEntry[] = [];
  #counts = new Map<string, number>();

  add(entry: LogEntry): void {
    const route = `${entry.method} ${entry.route ?? "(not emulated)"}`;
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
    this.#entries.push({ ...entry, token: entry.token === null ? null : withoutSecret(entry.token) });
    // Cut seldom and in one go: shifting at each call would cost more than the call.
    if (this.#entries.length >= 2 * LOG_ENTRIES_MAX) this.#entries = this.#entries.slice(-LOG_ENTRIES_MAX);
  }

  report(): RequestReport {
    return { counts: Object.fromEntries(this.#counts), requests: this.#entries.slice(-LOG_ENTRIES_MAX) };
  }

  clear(): void {
    this.#entries = [];
    this.#counts.clear();
  }
}

/** The token of an app holds the app's secret: `APP_ID|APP_SECRET`. */
function withoutSecret(token: string): string {
  return token.replace(/\|.*$/s, `|${REDACTED}`);
}

export function redactParams(params: Params): { readonly [name: string]: Json } {
  return Object.fromEntries([...params].map(([name, value]) => [name, redact(name, value, 0)]));
}

function redact(name: string, value: unknown, depth: number): Json {
  if (SECRETS.has(name)) return REDACTED;
  // As text it may be JSON that nobody could read, with a verify token in it.
  if (name === "webhook_configuration" && typeof value === "string") return REDACTED;
  if (typeof value === "string") return value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}...` : value;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object" || depth >= DEPTH_MAX) return "[left out]";
  if (Array.isArray(value)) return value.map((item) => redact("", item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(key, item, depth + 1)]));
}
