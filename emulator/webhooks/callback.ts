/** One HTTP exchange with a callback URL. Never follows a redirect, and gives up after a time limit. */
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { CALLBACK_BODY_BYTES_MAX } from "../limits.ts";

export interface CallbackAnswer {
  readonly status: number;
  readonly body: string;
}

interface CallbackCall {
  readonly method: "GET" | "POST";
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** Of real time, for the whole exchange. */
  readonly timeoutMs: number;
  /** Ends it when the emulator closes. */
  readonly signal: AbortSignal;
}

/** Rejects when no whole answer came, with a TimeoutError when there was no time left. Not `fetch`: a test that replaces the global one must not hear from the emulator. */
export function callBack(url: URL, call: CallbackCall): Promise<CallbackAnswer> {
  const { method, headers, body, timeoutMs, signal } = call;
  const timeout = AbortSignal.timeout(timeoutMs);
  const options: RequestOptions = {
    method,
    headers: { "user-agent": "pulumi-waba-emulator", "x-waba-emulator": "1", ...headers },
    // A connection of its own, closed at the end: none is left open when a test is over.
    agent: false,
    signal: AbortSignal.any([signal, timeout]),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(timeout.aborted ? timeout.reason : error);
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, options, (response) => readAnswer(response).then(resolve, fail));
    request.on("error", fail);
    request.end(body);
  });
}

/** Of a long body the beginning: nobody needs the rest. */
function readAnswer(response: IncomingMessage): Promise<CallbackAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = (): void =>
      resolve({ status: response.statusCode ?? 0, body: new TextDecoder().decode(Buffer.concat(chunks)) });
    response.on("data", (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size <= CALLBACK_BODY_BYTES_MAX) return;
      finish();
      response.destroy();
    });
    response.on("end", finish);
    response.on("error", reject);
    response.on("close", () => reject(new Error("the connection was cut")));
  });
}
