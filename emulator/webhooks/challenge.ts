/** The hub.challenge call: a callback URL proves that it belongs to who sets it by giving back a number. */
import { STATUS_CODES } from "node:http";
import type { GraphRefusal } from "../refusals/refusal.ts";
import { callbackFailed, challengeMismatch } from "../refusals/webhooks.ts";
import { type CallbackAnswer, callBack } from "./callback.ts";

export interface Challenge {
  readonly url: string;
  readonly verifyToken: string;
}

/** What the caller is refused with when the URL does not prove itself, and the status that it answered, if any. */
export interface Failure {
  readonly refusal: GraphRefusal;
  readonly status: number | null;
}

interface Terms {
  /** The text that must come back. */
  readonly expected: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Undefined: proven. I: the status must be 200 and the body the challenge to the byte. */
export async function verifyCallback({ url, verifyToken }: Challenge, terms: Terms): Promise<Failure | undefined> {
  const { expected, timeoutMs, signal } = terms;
  const asked = new URL(url);
  asked.searchParams.append("hub.mode", "subscribe");
  asked.searchParams.append("hub.challenge", expected);
  asked.searchParams.append("hub.verify_token", verifyToken);
  let answer: CallbackAnswer;
  try {
    answer = await callBack(asked, { method: "GET", timeoutMs, signal });
  } catch (error) {
    return { refusal: callbackFailed(curlText(error, timeoutMs)), status: null };
  }
  const { status, body } = answer;
  if (status !== 200) {
    return { refusal: callbackFailed(`HTTP Status Code = ${status}; HTTP Message = ${STATUS_CODES[status]}`), status };
  }
  if (body === expected) return undefined;
  return { refusal: challengeMismatch(expected, withoutToken(body, verifyToken)), status };
}

/** A page that repeats its query must not carry the token into an error. */
function withoutToken(body: string, token: string): string {
  const asQuery = new URLSearchParams({ token }).toString().slice("token=".length);
  return [token, asQuery, encodeURIComponent(token)].reduce((text, form) => text.replaceAll(form, "[redacted]"), body);
}

/** R for a timeout's text; I for the others: curl's own numbers, as Meta's answers hold them. */
function curlText(error: unknown, timeoutMs: number): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError") {
    return `curl_errno = 28; curl_error = Connection timed out after ${timeoutMs} milliseconds`;
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "curl_errno = 6; curl_error = Could not resolve host";
  if (code === "ECONNREFUSED") return "curl_errno = 7; curl_error = Failed to connect to server";
  if (/CERT|SIGNATURE/.test(code ?? "")) return `curl_errno = 60; curl_error = SSL certificate problem: ${message}`;
  return "curl_errno = 56; curl_error = Failure when receiving data from the peer";
}
