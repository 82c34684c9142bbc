/**
 * POST / with `batch`: up to 50 calls in one request. The items run one after the other and count one by one, in the
 * log, for faults and for limits; the request itself is logged only when it is refused as a whole.
 */

import { type Json, textValue } from "../json.ts";
import { BATCH_MAX } from "../limits.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import { batchTooLarge, invalidParam, notEmulated } from "../refusals/request.ts";
import type { Answer } from "./answer.ts";
import type { GraphCall, RawRequest } from "./request.ts";
import { VERSION_LIKE } from "./versions.ts";

/** As clients send it; unknown keys are not looked at. */
interface Item {
  readonly [key: string]: unknown;
}

export function isBatch(call: GraphCall): boolean {
  return call.method === "POST" && call.segments.length === 0 && call.params.has("batch");
}

/** Throws what the whole request is refused with. */
export function readBatch({ params }: GraphCall): readonly Item[] {
  const given = params.get("batch");
  const value = typeof given === "string" ? textValue(given) : given;
  if (!Array.isArray(value)) throw invalidParam("batch", "must be an array", typeof value);
  if (value.length === 0) throw invalidParam("batch", "must be non-empty", "[]");
  if (value.length > BATCH_MAX) throw batchTooLarge();
  const bad = value.findIndex((item) => typeof item !== "object" || item === null || Array.isArray(item));
  if (bad >= 0) throw invalidParam(`batch[${bad}]`, "must be an object", typeof value[bad]);
  return value;
}

/** Whether it has a token of its own; what the token is worth is seen when the item is answered. */
export function bringsToken({ relative_url, body }: Item): boolean {
  return [relative_url, body].some((text) => typeof text === "string" && /(^|[?&])access_token=/.test(text));
}

/** Answers one item; undefined when its connection is cut. */
export type AnswerItem = (raw: RawRequest, refusal: GraphRefusal | undefined) => Promise<Answer | undefined>;

/** K: what was not carried out, or is left out on request, is null. */
export async function answerItems(
  batch: GraphCall,
  items: readonly Item[],
  answerItem: AnswerItem,
): Promise<readonly Json[]> {
  const withHeaders = !isFalse(batch.params.get("include_headers"));
  const answers: Json[] = [];
  for (const item of items) {
    const answer = await answerItem(rawItem(batch, item), refusalOf(item));
    const isLeftOut = answer !== undefined && answer.status < 300 && isTrue(item.omit_response_on_success);
    answers.push(answer === undefined || isLeftOut ? null : itemAnswer(answer, withHeaders));
  }
  return answers;
}

/** A fault that cuts an answer short cuts the text of its item. */
function itemAnswer({ status, headers, body: whole, truncate }: Answer, withHeaders: boolean): Json {
  const body = truncate === undefined ? whole : whole.slice(0, truncate === true ? whole.length >> 1 : truncate);
  if (!withHeaders) return { code: status, body };
  return { code: status, headers: Object.entries(headers).map(([name, value]) => ({ name, value })), body };
}

/** Documented, and not emulated: names, and references from one item to another. */
const REFERENCES = ["name", "depends_on", "attached_files"];

function refusalOf(item: Item): GraphRefusal | undefined {
  const { method, relative_url, body } = item;
  if (typeof relative_url !== "string") return invalidParam("relative_url", "must be a string", typeof relative_url);
  if (method !== undefined && !isVerb(method)) return invalidParam("method", "must be a verb", method);
  if (body !== undefined && body !== null && typeof body !== "string" && typeof body !== "object") {
    return invalidParam("body", "must be a string", typeof body);
  }
  const name = REFERENCES.find((key) => item[key] !== undefined);
  if (name !== undefined) return notEmulated(`The key ${name} of a batch's item`);
  if ([relative_url, body].some((text) => typeof text === "string" && text.includes("{result="))) {
    return notEmulated("A reference from one item of a batch to another");
  }
  return undefined;
}

/** An item without a version runs on the batch's, and one without a token of its own with the batch's. */
function rawItem(batch: GraphCall, { method, relative_url, body }: Item): RawRequest {
  const path = typeof relative_url === "string" ? relative_url.replace(/^\/+/, "") : "";
  const version = batch.path.split("/").find((segment) => segment !== "");
  const prefix = version === undefined || VERSION_LIKE.test(path.split(/[/?]/, 1)[0] ?? "") ? "" : `/${version}`;
  const isForm = typeof body === "string";
  return {
    method: isVerb(method) ? method.toUpperCase() : "GET",
    target: `${prefix}/${path}`,
    origin: batch.origin,
    authorization: undefined,
    // D: the body of an item is urlencoded text. I: an object is taken too, as if it came as JSON.
    contentType: isForm ? "application/x-www-form-urlencoded" : "application/json",
    body: new TextEncoder().encode(isForm ? body : JSON.stringify(body ?? {})),
    inherited: { token: batch.token, params: batch.params },
  };
}

function isVerb(method: unknown): method is string {
  return typeof method === "string" && /^[a-z]{1,10}$/i.test(method);
}

/** In a form all values are text. */
function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1" || value === 1;
}

function isFalse(value: unknown): boolean {
  return value === false || value === "false" || value === "0" || value === 0;
}
