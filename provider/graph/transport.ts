/**
 * One HTTP request to Graph and its bounded answer, by undici: a pool of connections, a time limit on each part,
 * and at most MAX_BODY_BYTES of body. Knows nothing of Graph's codes; what fails here is a TransportError.
 * undici takes longer to load than all else of ours, so it is loaded for the first request.
 */
import type { Dispatcher, request as Request } from "undici";

/** A page of 100 numbers with certificates and health is under 1 MB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 32;

export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole exchange, connecting included. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** No complete answer. `sent` is false only when it is certain that the request never left. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly sent: boolean;
  /** The peer's certificate is signed by nobody whom this machine trusts. */
  readonly distrusted: boolean;
  constructor(problem: string, sent: boolean, distrusted = false) {
    super(problem);
    this.sent = sent;
    this.distrusted = distrusted;
  }
}

export interface Transport {
  /** @throws TransportError */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const DISTRUSTED = [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];
/** Raised before anything was sent, so that Graph saw nothing of the request: a certificate is looked at before, too. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  ...DISTRUSTED,
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** @param env where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up: with none of them there is no proxy. */
export function createTransport(env: Readonly<Record<string, string | undefined>>): Transport {
  const proxies = definedOnly({
    httpProxy: env.http_proxy || env.HTTP_PROXY,
    httpsProxy: env.https_proxy || env.HTTPS_PROXY,
    noProxy: env.no_proxy || env.NO_PROXY,
  });
  let opened: Promise<Wire> | undefined;

  return {
    async send({ method, url, headers, body, timeoutMs }) {
      opened ??= open(proxies);
      const { dispatcher, request } = await opened;
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await request(url, { method, headers, body: body ?? null, dispatcher, signal });
        return { status: answer.statusCode, headers: answer.headers, body: await readBounded(answer.body) };
      } catch (error) {
        if (signal.aborted) throw new TransportError(`no answer within ${timeoutMs / 1000} s`, true);
        throw asTransportError(error);
      }
    },
    close: async () => (await opened)?.dispatcher.close(),
  };
}

interface Proxies {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

interface Wire {
  readonly dispatcher: Dispatcher;
  readonly request: typeof Request;
}

async function open(proxies: Proxies): Promise<Wire> {
  const { Agent, EnvHttpProxyAgent, request } = await import("undici");
  const options = { connections: MAX_CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } };
  const isProxied = proxies.httpProxy !== undefined || proxies.httpsProxy !== undefined;
  return { dispatcher: isProxied ? new EnvHttpProxyAgent({ ...options, ...proxies }) : new Agent(options), request };
}

function definedOnly<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as { [K in keyof T]?: string };
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new TransportError(`an answer of more than ${MAX_BODY_BYTES} bytes`, true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function asTransportError(error: unknown): Error {
  if (error instanceof TransportError) return error;
  if (!(error instanceof Error)) return new TransportError(String(error), true);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code === undefined) return error;
  return new TransportError(`${error.message || code}`, !NEVER_SENT.has(code), DISTRUSTED.includes(code));
}
