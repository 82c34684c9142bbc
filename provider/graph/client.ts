/**
 * Calls to Graph with one credential: address, version, token and its proof, retries of what may be repeated, a
 * deadline for all calls of one Pulumi operation, an audit line for every write. Answers are checked by zod.
 * Everything that varies (transport, clock, randomness, waiting) is handed in.
 */
import { createHmac } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import type { AuditLog } from "./audit.ts";
import { readAnswer } from "./classify.ts";
import {
  AccessTokenError,
  AppThrottledError,
  BlockedError,
  type Call,
  DeadlineError,
  GraphError,
  NetworkError,
  ThrottledError,
  UnexpectedAnswerError,
} from "./errors.ts";
import type { Pace } from "./pace.ts";
import { waitBeforeRetry } from "./retry.ts";
import { type HttpRequest, type Transport, TransportError } from "./transport.ts";
import { usageIn } from "./usage.ts";

/** Longer than any answer seen from Meta, and short enough that two fit into an operation. */
const REQUEST_TIMEOUT_MS = 25_000;
/** Under the 60 s that no chain of calls may exceed: a first Ctrl-C reaches no dynamic provider. */
export const OPERATION_TIMEOUT_MS = 55_000;

export interface Credential {
  readonly accessToken: string;
  readonly appSecret: string | undefined;
  /** Where the token was found, for messages: never its value. */
  readonly source: string;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly credential: Credential;
  readonly transport: Transport;
  readonly audit?: AuditLog | undefined;
  /** Shared by all calls with one credential. */
  readonly pace?: Pace | undefined;
  /** Values beside the credential that no message may show, whatever call they were sent with. */
  readonly secrets?: readonly string[];
  readonly effects?: Effects;
}

export interface Effects {
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const REAL_EFFECTS: Effects = { elapsed: () => performance.now(), random: Math.random, sleep: (ms) => delay(ms) };

export interface Write {
  readonly call: Call;
  readonly path: string;
  /** Sent as JSON. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Values of `params` that no message may show. */
  readonly secrets?: readonly string[];
  /** True only where twice the same call has one effect. */
  readonly repeatable?: boolean;
}

/** A file, or what is left of it, for a session of Graph's resumable upload. */
export interface Piece {
  readonly call: Call;
  readonly path: string;
  /** In place of `path` where it is written down: the path holds a signature. */
  readonly shownAs: string;
  readonly bytes: Uint8Array;
  /** Where in the file it begins. */
  readonly offset: number;
  readonly secrets: readonly string[];
}

export class GraphClient {
  readonly #options: ClientOptions;
  readonly #effects: Effects;
  #deadline: number;

  /** The time for one Pulumi operation begins here: make a client for each. */
  constructor(options: ClientOptions) {
    this.#options = options;
    this.#effects = options.effects ?? REAL_EFFECTS;
    this.#deadline = this.#effects.elapsed() + OPERATION_TIMEOUT_MS;
  }

  /**
   * @param secrets parts of the address that no message may show
   * @throws GraphError, UnexpectedAnswerError, NetworkError, BlockedError or DeadlineError
   */
  async get<Schema extends z.ZodType>(
    call: Call,
    path: string,
    query: Readonly<Record<string, string>>,
    schema: Schema,
    secrets: readonly string[] = [],
  ): Promise<z.infer<Schema>> {
    const url = this.#url(path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return this.#send(call, { method: "GET", url, headers: {} }, schema, { repeatable: true, secrets });
  }

  /** @throws GraphError, UnexpectedAnswerError, NetworkError, BlockedError or DeadlineError */
  async post<Schema extends z.ZodType>(write: Write, schema: Schema): Promise<z.infer<Schema>> {
    const body = JSON.stringify(write.params);
    return this.#write(write, { method: "POST", headers: { "content-type": "application/json" }, body }, schema);
  }

  /** @throws GraphError, UnexpectedAnswerError, NetworkError, BlockedError or DeadlineError */
  async delete<Schema extends z.ZodType>(write: Omit<Write, "params">, schema: Schema): Promise<z.infer<Schema>> {
    return this.#write(write, { method: "DELETE", headers: {} }, schema);
  }

  /** Never repeated here: what came of a piece that was cut off is to be asked first. Meta wants this form of the token. */
  async upload<Schema extends z.ZodType>(piece: Piece, schema: Schema): Promise<z.infer<Schema>> {
    const { bytes, offset } = piece;
    const headers = {
      authorization: `OAuth ${this.#options.credential.accessToken}`,
      "content-type": "application/octet-stream",
      file_offset: String(offset),
    };
    return this.#write(piece, { method: "POST", headers, body: bytes }, schema);
  }

  async #write<Schema extends z.ZodType>(
    { call, path, shownAs = path, repeatable = false, secrets = [] }: Omit<Write, "params"> & { shownAs?: string },
    request: Pick<HttpRequest, "method" | "headers" | "body">,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const result = this.#send(call, { ...request, url: this.#url(path) }, schema, { repeatable, secrets });
    await this.#options.audit?.record(call, `${request.method} ${shownAs}`, result);
    return result;
  }

  #url(path: string): URL {
    const base = this.#options.baseUrl.replace(/\/+$/, "");
    const url = new URL(`${base}/${this.#options.apiVersion}${path}`);
    const { accessToken, appSecret } = this.#options.credential;
    if (appSecret !== undefined) url.searchParams.set("appsecret_proof", proofOf(accessToken, appSecret));
    return url;
  }

  async #send<Schema extends z.ZodType>(
    call: Call,
    request: Omit<HttpRequest, "timeoutMs">,
    schema: Schema,
    { repeatable, secrets }: { repeatable: boolean; secrets: readonly string[] },
  ): Promise<z.infer<Schema>> {
    const { accessToken, appSecret, source } = this.#options.credential;
    const proof = request.url.searchParams.get("appsecret_proof");
    const disclosure = {
      secrets: [accessToken, appSecret ?? "", proof ?? "", ...(this.#options.secrets ?? []), ...secrets],
      tokenSource: source,
    };
    const headers = { accept: "application/json", authorization: `Bearer ${accessToken}`, ...request.headers };

    for (let tries = 1; ; tries += 1) {
      await this.#takeTurn(call, request.method !== "GET");
      const remainingMs = this.#deadline - this.#effects.elapsed();
      if (remainingMs <= 0) throw new DeadlineError(call, OPERATION_TIMEOUT_MS / 1000);
      try {
        const timeoutMs = Math.ceil(Math.min(REQUEST_TIMEOUT_MS, remainingMs));
        const answer = await this.#options.transport.send({ ...request, headers, timeoutMs });
        this.#options.pace?.observe(usageIn(answer.headers));
        return readAnswer(call, answer, schema, disclosure);
      } catch (cause) {
        const error = asNetworkError(cause, call, request.url.host);
        if (isThrottled(error)) {
          this.#options.pace?.throttled(error instanceof AppThrottledError ? undefined : call.account);
        }
        if (error instanceof AccessTokenError) this.#options.pace?.refused(error);
        const wait = waitBeforeRetry(
          {
            tries,
            repeatable,
            retryable: isRetryable(error),
            neverSent: error instanceof NetworkError && !error.sent,
            remainingMs: this.#deadline - this.#effects.elapsed(),
          },
          this.#effects.random(),
        );
        if (wait === undefined) throw error;
        await this.#effects.sleep(wait);
      }
    }
  }

  /** Waits as long as Meta's quotas ask for; a block that outlasts this operation ends it here. */
  async #takeTurn(call: Call, isWrite: boolean): Promise<void> {
    const turn = this.#options.pace?.turn(call.account, isWrite);
    if (turn === undefined) return;
    if (turn.do === "giveUp") throw turn.because.of(call);
    if (turn.do === "comeBack") {
      const { afterMs } = turn;
      if (afterMs > this.#deadline - this.#effects.elapsed()) throw new BlockedError(call, Math.ceil(afterMs / 60_000));
      await this.#effects.sleep(afterMs);
      return this.#takeTurn(call, isWrite);
    }
    if (turn.ms === 0) return;
    // What we wait of our own accord is not taken from the time for calls: of many writes at once the last would fail.
    this.#deadline += turn.ms;
    await this.#effects.sleep(turn.ms);
    // Meta may have begun to throttle meanwhile. The write has its place by now.
    const then = this.#options.pace?.turn(call.account, false);
    if (then !== undefined && then.do !== "wait") await this.#takeTurn(call, false);
  }
}

function asNetworkError(error: unknown, call: Call, host: string): unknown {
  return error instanceof TransportError
    ? new NetworkError(call, { host, sent: error.sent, problem: error.message })
    : error;
}

function isThrottled(error: unknown): boolean {
  return error instanceof ThrottledError || (error instanceof UnexpectedAnswerError && error.throttled);
}

/** Errors of unknown kinds are our own mistakes: trying again would hide them. */
function isRetryable(error: unknown): boolean {
  const known = error instanceof GraphError || error instanceof UnexpectedAnswerError || error instanceof NetworkError;
  return known && error.retryable;
}

/** Meta's page "Securing Graph API requests": HMAC-SHA256 of the token under the app's secret, in lower-case hex. */
function proofOf(accessToken: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(accessToken).digest("hex");
}
