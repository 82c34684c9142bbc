/** From an HTTP request to a Graph call: version, path, verb, token, and all parameters merged. */
import { isTooDeep } from "./json.ts";
import type { Params } from "./params.ts";
import { invalidBody } from "./refusals/request.ts";

/** What the HTTP server hands over; on GET the body is empty, as Meta's own SDK sends `{}` on every GET. */
export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

export interface GraphCall {
  readonly method: string;
  /** As asked, without the query. */
  readonly path: string;
  readonly version: string | undefined;
  /** The path without version and empty segments: `1972385232742141`, `register`. */
  readonly segments: readonly string[];
  readonly origin: string;
  readonly params: Params;
  readonly token: string | undefined;
  /** Set when the token came by query: Graph then repeats it in paging links. */
  readonly queryToken: string | undefined;
}

export type CallFrame = Omit<GraphCall, "params" | "token">;

const VERSION = /^v\d+\.\d+$/;

/** Everything that can be told without the body, so that a broken body still has a route in the log. */
export function readFrame(raw: RawRequest): CallFrame {
  const segments = raw.url.pathname.split("/").filter((segment) => segment !== "");
  const version = segments[0] !== undefined && VERSION.test(segments[0]) ? segments.shift() : undefined;
  const override = raw.method === "POST" ? raw.url.searchParams.get("method") : null;
  return {
    method: (override ?? raw.method).toUpperCase(),
    path: raw.url.pathname,
    version,
    segments,
    origin: raw.url.origin,
    queryToken: raw.url.searchParams.get("access_token") ?? undefined,
  };
}

/** I: where a name comes twice, the body wins over the query, and the header over both for the token. */
export async function readCall(raw: RawRequest, frame: CallFrame): Promise<GraphCall> {
  const params = new Map<string, unknown>();
  for (const [name, value] of raw.url.searchParams) params.set(name, decoded(value));
  for (const [name, value] of await readBody(raw)) params.set(name, value);
  const byParam = params.get("access_token");
  const token = headerToken(raw.authorization) ?? (typeof byParam === "string" ? byParam : undefined);
  params.delete("access_token");
  if (raw.method === "POST") params.delete("method");
  return { ...frame, params, token: token === "" ? undefined : token };
}

export function headerToken(authorization: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
}

/** K: a body of another type, or of none, is not looked at. */
async function readBody(raw: RawRequest): Promise<Iterable<[string, unknown]>> {
  const { body } = raw;
  if (body.byteLength === 0) return [];
  const type = (raw.contentType ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return readJson(new TextDecoder().decode(body));
  if (type === "application/x-www-form-urlencoded") {
    return [...new URLSearchParams(new TextDecoder().decode(body))].map(([name, value]) => [name, decoded(value)]);
  }
  if (type === "multipart/form-data") return readMultipart(body, raw.contentType ?? "");
  return [];
}

function readJson(text: string): [string, unknown][] {
  if (text.trim() === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidBody("it is not valid JSON");
  }
  if (isTooDeep(value)) throw invalidBody("it is nested too deeply");
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalidBody("it is not a JSON object");
  return Object.entries(value);
}

async function readMultipart(body: Uint8Array, contentType: string): Promise<[string, unknown][]> {
  let form: FormData;
  try {
    // Copied, as the type asks for bytes that own their memory.
    form = await new Response(Uint8Array.from(body), { headers: { "content-type": contentType } }).formData();
  } catch {
    throw invalidBody("it is not valid multipart/form-data");
  }
  return [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, decoded(value)]] : []));
}

/** Graph decodes JSON inside form and query values. Only lists and objects: `123` and `true` may be names. */
function decoded(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    const inner: unknown = JSON.parse(value);
    return isTooDeep(inner) ? value : inner;
  } catch {
    return value;
  }
}
