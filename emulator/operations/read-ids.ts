/** GET /?ids=… : several objects in one answer, keyed by id. */

import type { Params } from "../calls/params.ts";
import { IDS_MAX } from "../limits.ts";
import { invalidParam, tooManyIds, unsupportedRequest } from "../refusals/request.ts";
import type { RootOperation } from "./operation.ts";

export const readIds: RootOperation = (_state, params, context) => {
  const ids = readList(params);
  if (ids === undefined) throw unsupportedRequest(context.call.method);
  if (ids.length === 0) throw invalidParam("ids", "must be non-empty", "");
  if (ids.length > IDS_MAX) throw tooManyIds(ids.length);
  return Object.fromEntries(ids.map((id) => [id, context.readNode(id)]));
};

/** Joined with commas, or a JSON list. Undefined when there is no such parameter. */
function readList(params: Params): readonly string[] | undefined {
  const value = params.get("ids");
  if (value === undefined) return undefined;
  const parts: unknown[] = Array.isArray(value) ? value : typeof value === "number" ? [value] : split(value);
  const ids = parts.map((part) => {
    if (typeof part !== "string" && typeof part !== "number") throw invalidParam("ids", "must be a list of ids", value);
    return String(part).trim();
  });
  return [...new Set(ids)].filter((id) => id !== "");
}

function split(value: unknown): string[] {
  if (typeof value !== "string") throw invalidParam("ids", "must be a list of ids", value);
  return value.split(",");
}
