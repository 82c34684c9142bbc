/**
 * Faults to order: delays, answers instead of the effect, connections cut before or after it, answers cut in the middle,
 * and writes that reads see later.
 *
 * A fault matches by verb and by path, both optional. The path is compared without version prefix and query:
 * - with a `*` it is a glob over the whole path: `*` stands for one segment or a part of it, `**` for anything
 *   (`POST` on a star, then `/register`, is register on every number); `{PNID}`, as the request log writes it, is a `*`;
 * - without one it is a prefix that ends at a segment: `/123` matches `/123` and `/123/register`, not `/1234`.
 * The oldest fault that matches and has runs left is used, one a call. One with `staleMs` matches writes only. Control
 * routes are never matched.
 */
import type { JsonObject } from "../json.ts";

export interface Fault {
  readonly match: { readonly method?: string | undefined; readonly path?: string | undefined };
  /** How many calls it takes; `always`: until the faults are cleared. */
  readonly times: number | "always";
  /** Answered instead of the effect; without a body, an empty one. */
  readonly status?: number | undefined;
  /** An object goes out as JSON, text as text/html. */
  readonly body?: JsonObject | string | undefined;
  /** Waited before anything else. */
  readonly latencyMs?: number | undefined;
  /** Cuts the connection before or after the effect. */
  readonly drop?: "before" | "after" | undefined;
  /** The body ends after so many bytes, or after half of it, and the connection with it; the header promises the whole. */
  readonly truncate?: number | true | undefined;
  /** After the effect reads see what was before, for so long by the emulator's clock. */
  readonly staleMs?: number | undefined;
}

export class FaultQueue {
  #faults: { readonly fault: Fault; left: number | "always" }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The faults that are still to come, with the runs they have left. */
  pending(): Fault[] {
    return this.#faults.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  take(method: string, segments: readonly string[]): Fault | undefined {
    const found = this.#faults.find(({ fault }) => matches(fault, method, segments));
    if (found === undefined || found.left === "always") return found?.fault;
    found.left -= 1;
    if (found.left === 0) this.#faults = this.#faults.filter((other) => other !== found);
    return found.fault;
  }
}

function matches({ match, staleMs }: Fault, method: string, segments: readonly string[]): boolean {
  if (staleMs !== undefined && (method === "GET" || method === "HEAD")) return false;
  if (match.method !== undefined && match.method !== "*" && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  const path = match.path.replace(/\{[^/{}]*\}/g, "*");
  const pattern = path.split("/").filter((segment) => segment !== "");
  if (/^v\d+\.\d+$/.test(pattern[0] ?? "")) pattern.shift();
  if (path.includes("*")) return glob(pattern.join("/")).test(segments.join("/"));
  return pattern.every((segment, index) => segment === segments[index]);
}

function glob(pattern: string): RegExp {
  const source = pattern
    .split(/(\*+)/)
    .map((part) => (part === "*" ? "[^/]+" : part.startsWith("*") ? ".*" : part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`);
}
