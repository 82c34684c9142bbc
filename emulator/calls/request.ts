/**
 * From an HTTP request to a Graph call: version, path, verb, token, and all parameters merged. Node's own URL is not
 * used: it tidies paths, and it puts replacement characters where text is not valid UTF-8.
 */
import { isUtf8 } from "node:buffer";
import { hasBadText, isTooDeep, textValue } from "../json.ts";
import { BODY_BYTES_MAX, UPLOAD_FILE_BYTES_MAX, UPLOAD_PREFIX } from "../limits.ts";
import { invalidBody, invalidRequest, unknownVersion } from "../refusals/request.ts";
import { withBatchProof } from "./appsecret-proof.ts";
import type { Params } from "./params.ts";
import { DEFAULT_VERSION, runningVersion, VERSION_LIKE } from "./versions.ts";

/** What the HTTP server hands over, and a batch for each of its items. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** `http://127.0.0.1:4010`: the host that was asked, for paging links. */
  readonly origin: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** The header `file_offset` of an upload; an item of a batch has none. */
  readonly fileOffset?: string | string[] | undefined;
  /** Undefined when it is over the limit. On GET it is not looked at, as Meta's own SDK sends `{}` on every GET. */
  readonly body: Uint8Array | undefined;
  /** For an item of a batch: those of the batch. */
  readonly inherited?: { readonly token: string | undefined; readonly params: Params } | undefined;
}

export interface GraphCall {
  readonly method: string;
  /** As asked, without the query. */
  readonly path: string;
  /** The one that it runs on. */
  readonly version: string;
  /** The path without version and empty segments, decoded: `1972385232742141`, `register`. */
  readonly segments: readonly string[];
  readonly origin: string;
  readonly params: Params;
  readonly token: string | undefined;
  /** Set when the token came by query: Graph then repeats it in paging links. */
  readonly queryToken: string | undefined;
  /** A piece of a file: its body holds no parameters. */
  readonly upload?: Upload;
}

export interface Upload {
  readonly bytes: Uint8Array;
  /** Where in the file it begins, as the header says. */
  readonly offset: string | undefined;
  readonly isTokenInHeader: boolean;
}

/** Everything that can be told without the parameters, so that a broken call still has a place in the log. */
export type CallFrame = Omit<GraphCall, "params" | "token"> & {
  readonly query: string;
  /** Set when there is no such version. */
  readonly badVersion: string | undefined;
};

type Pair = [name: string, value: unknown];

/** Lists of text: forms repeat their names. */
const LISTS = new Set(["prompts", "supporting_links", "websites"]);

/** The verbs that a parameter of a POST may ask for; another `method` is a parameter like any (on-premises: `sms`). */
const OVERRIDES = new Set(["GET", "POST", "DELETE"]);

export function readFrame(raw: RawRequest, now: number): CallFrame {
  const mark = raw.target.indexOf("?");
  const path = mark < 0 ? raw.target : raw.target.slice(0, mark);
  const query = mark < 0 ? "" : raw.target.slice(mark + 1);
  const segments = path.split("/").filter((segment) => segment !== "");
  const asked = segments[0] !== undefined && VERSION_LIKE.test(segments[0]) ? segments.shift() : undefined;
  const version = runningVersion(asked, now);
  const loose = raw.method === "POST" || query.includes("access_token") ? new URLSearchParams(query) : undefined;
  return {
    method: override(raw, loose?.get("method")) ?? verb(raw.method),
    path,
    version: version ?? runningVersion(undefined, now) ?? DEFAULT_VERSION,
    badVersion: version === undefined ? asked : undefined,
    segments: segments.map(decodedSegment),
    origin: raw.origin,
    queryToken: loose?.get("access_token") || undefined,
    query,
  };
}

/** I: where a name comes twice, the body wins over the query, and the header over both for the token. */
export async function readCall(raw: RawRequest, frame: CallFrame): Promise<GraphCall> {
  if (frame.badVersion !== undefined) throw unknownVersion(frame.badVersion);
  const params = new Map<string, unknown>();
  for (const [name, value] of readPairs(frame.query)) params.set(name, value);
  const upload = uploadIn(raw, frame);
  if (raw.method !== "GET" && raw.method !== "HEAD" && upload === undefined) {
    for (const [name, value] of await readBody(raw)) params.set(name, value);
  }
  const byParam = params.get("access_token");
  const own = headerToken(raw.authorization) ?? (typeof byParam === "string" && byParam !== "" ? byParam : undefined);
  const asked = override(raw, params.get("method"));
  params.delete("access_token");
  if (asked !== undefined) params.delete("method");
  const token = own ?? raw.inherited?.token;
  const { query: _query, badVersion: _badVersion, ...known } = frame;
  const all = raw.inherited === undefined ? params : withBatchProof({ token, params }, raw.inherited);
  return { ...known, method: asked ?? frame.method, params: all, token, ...(upload && { upload }) };
}

function uploadIn(raw: RawRequest, { segments }: CallFrame): Upload | undefined {
  if (raw.method !== "POST" || segments.length !== 1 || !segments[0]?.startsWith(UPLOAD_PREFIX)) return undefined;
  if (raw.body === undefined) throw invalidBody(`it has more than ${UPLOAD_FILE_BYTES_MAX} bytes`);
  const offset = typeof raw.fileOffset === "string" ? raw.fileOffset : undefined;
  return { bytes: raw.body, offset, isTokenInHeader: headerToken(raw.authorization) !== undefined };
}

export function headerToken(authorization: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
}

function override(raw: RawRequest, asked: unknown): string | undefined {
  const word = raw.method === "POST" && typeof asked === "string" ? asked.toUpperCase() : "";
  return OVERRIDES.has(word) ? word : undefined;
}

/** I: HEAD is a GET whose body stays away. */
function verb(method: string): string {
  return method === "HEAD" ? "GET" : method.toUpperCase();
}

/** What cannot be decoded, or would then be two segments, stays as it is and so names nothing. */
function decodedSegment(segment: string): string {
  if (!segment.includes("%") || /%2f/i.test(segment)) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** K: a body of another type, or of none, is not looked at. */
async function readBody({ body, contentType = "" }: RawRequest): Promise<Iterable<Pair>> {
  if (body === undefined) throw invalidBody(`it has more than ${BODY_BYTES_MAX} bytes`);
  if (body.byteLength === 0) return [];
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return readJson(text(body));
  if (type === "application/x-www-form-urlencoded") return readPairs(text(body));
  if (type === "multipart/form-data") return readMultipart(body, contentType);
  return [];
}

function readJson(json: string): Pair[] {
  if (json.trim() === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw invalidBody("it is not valid JSON");
  }
  if (isTooDeep(value)) throw invalidBody("it is nested too deeply");
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalidBody("it is not a JSON object");
  return checked(Object.entries(value));
}

async function readMultipart(body: Uint8Array, contentType: string): Promise<Pair[]> {
  // Files are no parameters of any route here, so all of it is text.
  text(body);
  let form: FormData;
  try {
    // Copied, as the type asks for bytes that own their memory.
    form = await new Response(Uint8Array.from(body), { headers: { "content-type": contentType } }).formData();
  } catch {
    throw invalidBody("it is not valid multipart/form-data");
  }
  const read = [...form].flatMap(([name, value]): Pair[] =>
    typeof value === "string" ? [[name, textValue(value)]] : [],
  );
  return checked(gathered(read));
}

/** `a=b&c=d`, of a query or a form. */
function readPairs(pairs: string): Pair[] {
  if (pairs === "") return [];
  const read = pairs
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): Pair => {
      const mark = pair.indexOf("=");
      if (mark < 0) return [unescaped(pair), ""];
      return [unescaped(pair.slice(0, mark)), textValue(unescaped(pair.slice(mark + 1)))];
    });
  return checked(gathered(read));
}

/** K: `name[]` and `name[0]` are items of a list; of a name that is repeated otherwise the last value counts. */
function gathered(pairs: Pair[]): Pair[] {
  const lists = new Map<string, unknown[]>();
  const others = pairs.filter(([name, value]) => {
    const list = LISTS.has(name) && typeof value === "string" && value !== "" ? name : /^(.+)\[\d*\]$/.exec(name)?.[1];
    if (list === undefined) return true;
    const items = lists.get(list);
    if (items === undefined) lists.set(list, [value]);
    else items.push(value);
    return false;
  });
  return lists.size === 0 ? pairs : [...others, ...lists];
}

function checked(pairs: Pair[]): Pair[] {
  if (pairs.some(([name, value]) => hasBadText(name) || hasBadText(value))) {
    throw invalidRequest("it has NUL characters, or text that is not valid Unicode");
  }
  return pairs;
}

/** K: a `%` that starts no escape stands for itself. */
function unescaped(escaped: string): string {
  const spaced = escaped.includes("+") ? escaped.replaceAll("+", " ") : escaped;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return text(Buffer.from(bytesOf(spaced), "latin1"));
  }
}

function bytesOf(spaced: string): string {
  const latin = Buffer.from(spaced, "utf8").toString("latin1");
  return latin.replace(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function text(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw invalidRequest("it has text that is not valid UTF-8");
  return new TextDecoder().decode(bytes);
}
