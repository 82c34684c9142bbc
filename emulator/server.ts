/**
 * `startEmulator`: a Graph API stand-in on a local port. HTTP in and out only; what a call means is in graph.ts, what
 * a test may do behind it in control/.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { readBytes } from "./body.ts";
import { type Control, createControl } from "./control/control.ts";
import { CONTROL_PREFIX, controlApp } from "./control/routes.ts";
import { type Answer, answerGraph, refused, standing } from "./graph.ts";
import { BODY_BYTES_MAX } from "./limits.ts";
import { type EmulatorOptions, resolveOptions } from "./options.ts";
import { invalidBody } from "./refusals/request.ts";
import { DEFAULT_TOKEN } from "./seed.ts";
import { createWorld, type World } from "./world.ts";

/** A running emulator. The control methods equal the routes under `/__emulator/`. */
export interface Emulator extends Control {
  /** Without a slash at the end: `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** One that works, with every permission. */
  readonly token: string;
  readonly wabaIds: readonly string[];
  /** Cuts open connections; safe to call twice. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Listens on loopback unless told otherwise. Rejects on a bad option and when the port cannot be had. */
export async function startEmulator(given: EmulatorOptions = {}): Promise<Emulator> {
  const options = resolveOptions(given);
  const world = createWorld(options);
  const control = createControl(world);
  const closing = new AbortController();
  const server = createServer(
    getRequestListener(emulatorApp(world, control, closing.signal).fetch, {
      // The host program's own Request and Response stay as they are.
      overrideGlobalObjects: false,
      // Requests that are HTTP but cannot be read as a URL.
      errorHandler: () => toResponse(malformed(world)),
    }),
  );
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end(rawAnswer(malformed(world)));
    else socket.destroy();
  });
  const port = await listen(server, options.port, options.host);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      closing.abort();
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closed;
  };
  return {
    ...control,
    url: `http://${urlHost(options.host)}:${port}`,
    port,
    token: DEFAULT_TOKEN,
    wabaIds: world.state.wabas().map((waba) => waba.id),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function emulatorApp(world: World, control: Control, closing: AbortSignal): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route(CONTROL_PREFIX, controlApp(control));
  app.all("*", async ({ req, env }) => {
    const hasBody = req.method !== "GET" && req.method !== "HEAD";
    const body = hasBody ? await readBytes(env.incoming as IncomingMessage) : new Uint8Array();
    if (body === undefined) return toResponse(tooLarge(world));
    const raw = {
      method: req.method,
      url: new URL(req.url),
      authorization: req.header("authorization"),
      contentType: req.header("content-type"),
      body,
    };
    const answer = await answerGraph(world, raw, closing);
    return answer === undefined ? cut(env.outgoing) : toResponse(answer);
  });
  // Reached when a client goes away while it sends: nobody is left to read the answer.
  app.onError(() => toResponse(malformed(world)));
  return app;
}

function cut(outgoing: HttpBindings["outgoing"]): Response {
  (outgoing as ServerResponse).destroy();
  return RESPONSE_ALREADY_SENT;
}

function toResponse({ status, headers, body }: Answer): Response {
  const bodyless = status === 204 || status === 205 || status === 304;
  return new Response(bodyless || body === "" ? null : body, { status, headers });
}

function malformed(world: World): Answer {
  return refusedRequest(world, "the request is not valid HTTP");
}

function tooLarge(world: World): Answer {
  return refusedRequest(world, `it has more than ${BODY_BYTES_MAX} bytes`);
}

function refusedRequest(world: World, reason: string): Answer {
  const traceId = `A${world.traces.token(22)}`;
  const answer = refused(invalidBody(reason), traceId);
  return { ...answer, headers: { ...standing(undefined, traceId), ...answer.headers } };
}

/** For what Node's HTTP parser gives up on, where there is no response object. */
function rawAnswer({ status, headers, body }: Answer): string {
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ ...headers, "content-length": length, connection: "close" });
  return `HTTP/1.1 ${status} Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** What a client on this machine connects to. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
