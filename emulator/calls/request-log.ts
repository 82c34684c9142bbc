/**
 * What clients asked: every Graph call in order, and how many went to each route. Secrets are struck out of the
 * parameters. The token stays readable on purpose: these are test tokens, and tests compare which one was used.
 */
import type { Json } from "../json.ts";
import { LOG_ENTRIES_MAX } from "../limits.ts";
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
  /** Requests by HTTP: a batch is one of them, while each of its items counts above and is listed below. */
  readonly http: number;
  /** The latest ones, oldest first; the counts know all. */
  readonly requests: readonly LogEntry[];
}

const SECRETS = new Set([
  "access_token",
  "appsecret_proof",
  "backup",
  "batch",
  "cert",
  "certificate",
  "code",
  "input_token",
  "new_certificate",
  "password",
  "pin",
  "sig",
  "verify_token",
]);
const REDACTED = "[redacted]";
const DEPTH_MAX = 6;
const TEXT_MAX = 500;
/** Of one list, object or set of parameters. */
const MEMBERS_MAX = 100;
/** What is named otherwise is no name but a text in the wrong place, and may be a secret. */
const NAME = /^[\w.[\]-]{1,100}$/;

export class RequestLog {
  #entries: LogEntry[] = [];
  #counts = new Map<string, number>();
  #http = 0;

  countRequest(): void {
    this.#http += 1;
  }

  add(entry: LogEntry): void {
    const route = `${entry.method} ${entry.route ?? "(not emulated)"}`;
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
    const token = entry.token === null ? null : cut(withoutSecret(entry.token));
    this.#entries.push({ ...entry, path: cut(entry.path), token });
    // Cut seldom and in one go: shifting at each call would cost more than the call.
    if (this.#entries.length >= 2 * LOG_ENTRIES_MAX) this.#entries = this.#entries.slice(-LOG_ENTRIES_MAX);
  }

  report(): RequestReport {
    return {
      counts: Object.fromEntries(this.#counts),
      http: this.#http,
      requests: this.#entries.slice(-LOG_ENTRIES_MAX),
    };
  }

  clear(): void {
    this.#entries = [];
    this.#counts.clear();
    this.#http = 0;
  }
}

/** The token of an app holds the app's secret: `APP_ID|APP_SECRET`. */
function withoutSecret(token: string): string {
  return token.replace(/\|.*$/s, `|${REDACTED}`);
}

export function redactParams(params: Params): { readonly [name: string]: Json } {
  return redactMembers([...params], 0);
}

function redact(name: string, value: unknown, depth: number): Json {
  if (SECRETS.has(name)) return REDACTED;
  // What nobody could read may hold a verify token under no name.
  if (name === "webhook_configuration" && (typeof value !== "object" || Array.isArray(value))) return REDACTED;
  if (typeof value === "string") return cut(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object" || depth >= DEPTH_MAX) return "[left out]";
  if (Array.isArray(value)) return value.slice(0, MEMBERS_MAX).map((item) => redact("", item, depth + 1));
  return redactMembers(Object.entries(value), depth + 1);
}

function redactMembers(members: readonly [string, unknown][], depth: number): { readonly [name: string]: Json } {
  const shown = members.slice(0, MEMBERS_MAX);
  return Object.fromEntries(
    shown.map(([name, value]) => (NAME.test(name) ? [name, redact(name, value, depth)] : ["[left out]", REDACTED])),
  );
}

function cut(text: string): string {
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}...` : text;
}
