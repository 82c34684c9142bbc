/** What goes back to a client: status, headers and body, and how refusals and ordered faults are rendered. */

import type { Json, JsonObject } from "../json.ts";
import { envelope, GraphRefusal } from "../refusals/refusal.ts";
import type { Fault } from "./faults.ts";

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** How much of the body goes out before the connection is cut: so many bytes, or half of it. */
  readonly truncate?: number | true | undefined;
}

export function jsonAnswer(status: number, body: JsonObject | readonly Json[]): Answer {
  return { status, headers: { "content-type": "application/json; charset=UTF-8" }, body: JSON.stringify(body) };
}

export function refused(refusal: GraphRefusal, traceId: string): Answer {
  const answer = jsonAnswer(refusal.facts.status, envelope(refusal, traceId));
  if (refusal.facts.status >= 500) return answer;
  const reason = refusal.facts.code === 190 ? "invalid_token" : "invalid_request";
  // Header text is ASCII on one line, and the message may repeat what the client sent.
  const message = refusal.message.replace(/[^\x20-\x7e]/g, "?").replace(/["\\]/g, "'");
  const challenge = `OAuth "Facebook Platform" "${reason}" "${message}"`;
  return { ...answer, headers: { ...answer.headers, "www-authenticate": challenge } };
}

export function withHeaders(answer: Answer, headers: Answer["headers"]): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

export function faultAnswer(fault: Fault, status: number): Answer {
  if (fault.body === undefined) return { status, headers: {}, body: "" };
  if (typeof fault.body !== "string") return jsonAnswer(status, fault.body);
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body: fault.body };
}

/** On every answer. */
export function standing(version: string, traceId: string): { [name: string]: string } {
  return {
    "facebook-api-version": version,
    "x-fb-trace-id": traceId,
    "x-fb-request-id": traceId,
    // K: opaque, and on every answer of Meta's.
    "x-fb-debug": `${traceId}==`,
    "x-fb-rev": "1030000000",
    "x-waba-emulator": "1",
    "cache-control": "private, no-cache, no-store, must-revalidate",
  };
}

/** A fault of the emulator itself must not look like one of Meta's. */
export function asRefusal(error: unknown): GraphRefusal {
  if (error instanceof GraphRefusal) return error;
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`emulator: unexpected ${reason}\n`);
  return new GraphRefusal({ status: 500, code: 1, type: "EmulatorFault", message: "The emulator failed: see stderr." });
}
