/**
 * `startEmulator`: a Graph API stand-in on a local port. HTTP in and out only; what a call means is in graph.ts, what
 * a test may do behind it in control/.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { type Answer, asRefusal } from "./calls/answer.ts";
import { readBytes } from "./calls/body.ts";
import { answerGraph, refuseUnread } from "./calls/graph.ts";
import type { RawRequest } from "./calls/request.ts";
import { type Control, createControl } from "./control/control.ts";
import { CONTROL_PREFIX, controlApp } from "./control/routes.ts";
import { BODY_BYTES_MAX, HEADER_BYTES_MAX, UPLOAD_FILE_BYTES_MAX, UPLOAD_PREFIX } from "./limits.ts";
import { type EmulatorOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { GraphRefusal } from "./refusals/refusal.ts";
import { invalidRequest } from "./refusals/request.ts";
import { DEFAULT_TOKEN } from "./seeds/seed.ts";
import { StateFile } from "./state/state-file.ts";
import { createWorld, keptOf, type World } from "./world.ts";

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
  const file = options.state === undefined ? undefined : new StateFile(options.state);
  try {
    const world = createWorld(options, file);
    await file?.follow(keptOf(world));
    return await serve(world, options, file);
  } catch (error) {
    file?.release();
    throw error;
  }
}

async function serve(world: World, options: ResolvedOptions, file: StateFile | undefined): Promise<Emulator> {
  const control = createControl(world);
  const closing = new AbortController();
  const server = createGraphServer(world, control, closing.signal);
  const port = await listen(server, options.port, options.host);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise<void>((resolve) => {
      closing.abort();
      world.deliveries.close();
      server.close(() => resolve());
      server.closeAllConnections();
    }).then(() => file?.close());
    return closed;
  };
  return {
    ...(file === undefined ? control : keeping(control, file)),
    url: `http://${urlHost(options.host)}:${port}`,
    port,
    token: DEFAULT_TOKEN,
    wabaIds: world.state.wabas().map((waba) => waba.id),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Calls of the handle return at once, so their changes reach the file a little later; `close` waits for it. */
function keeping(control: Control, file: StateFile): Control {
  const methods = Object.entries(control).map(([name, method]: [string, (...given: unknown[]) => unknown]) => {
    const kept = (...given: unknown[]): unknown => {
      try {
        return method(...given);
      } finally {
        file.settled().catch(reportUnsaved);
      }
    };
    return [name, kept];
  });
  return Object.fromEntries(methods);
}

function reportUnsaved(error: unknown): void {
  process.stderr.write(`emulator: ${(error as Error).message}\n`);
}

function unsavedRefusal(error: Error): GraphRefusal {
  reportUnsaved(error);
  return new GraphRefusal({ status: 500, code: 1, type: "EmulatorFault", message: error.message });
}

function createGraphServer(world: World, control: Control, closing: AbortSignal): Server {
  // The host program's own Request and Response stay as they are.
  const answerControl = getRequestListener(controlServer(world, control).fetch, { overrideGlobalObjects: false });
  // Calls that come on one connection without waiting for answers still come one after the other.
  const lastOn = new WeakMap<Socket, Promise<void>>();
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (isControl(incoming.url ?? "")) return void answerControl(incoming, outgoing);
    const before = lastOn.get(incoming.socket) ?? Promise.resolve();
    const turn = before.then(() => answerHttp(world, incoming, outgoing, closing));
    const done = turn.catch((error: unknown) => {
      // A client that went away while it sent: nobody is left to read the answer.
      if (incoming.destroyed && !incoming.complete) outgoing.destroy();
      else send(outgoing, refuseUnread(world, asRefusal(error)));
    });
    lastOn.set(incoming.socket, done);
  };
  const server = createServer({ maxHeaderSize: HEADER_BYTES_MAX, requireHostHeader: false }, answer);
  // I: an expectation that is not 100-continue is let pass, and so is a wish for another protocol.
  server.on("checkExpectation", answer);
  server.on("connect", (_incoming, socket: Socket) => socket.end(malformed(world)));
  const refusedSockets = new WeakSet<object>();
  server.on("clientError", (_error, socket: Socket) => {
    // The parser reports every piece that still comes in; what the client sends is read on, or the answer would be lost.
    if (refusedSockets.has(socket)) return;
    refusedSockets.add(socket);
    if (!socket.writable) return void socket.destroy();
    socket.end(malformed(world));
    socket.setTimeout(LINGER_MS, () => socket.destroy());
  });
  return server;
}

function controlServer(world: World, control: Control): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    await world.settled?.();
    context.header("x-waba-emulator", "1");
  });
  app.route(CONTROL_PREFIX, controlApp(control));
  app.onError((error, context) => {
    reportUnsaved(error);
    return context.json({ error: error.message }, 500, { "x-waba-emulator": "1" });
  });
  return app;
}

/** What a client that was refused may still send before its connection is cut. */
const LINGER_MS = 1000;

function isControl(target: string): boolean {
  return target.startsWith(CONTROL_PREFIX) && /^([/?]|$)/.test(target.slice(CONTROL_PREFIX.length));
}

async function answerHttp(
  world: World,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const { method = "GET", headers } = incoming;
  const asked = readTarget(incoming);
  if (asked === undefined) return send(outgoing, refuseUnread(world, NO_HOST));
  const raw: RawRequest = {
    ...asked,
    method,
    authorization: headers.authorization,
    contentType: headers["content-type"],
    fileOffset: headers.file_offset,
    body: method === "GET" || method === "HEAD" ? NO_BODY : await readBytes(incoming, bytesMax(asked.target)),
  };
  const answer = await answerGraph(world, raw, closing);
  // Without a file there is nothing to wait for.
  const unsaved = world.settled === undefined ? undefined : await world.settled().catch(unsavedRefusal);
  if (answer === undefined) outgoing.destroy();
  else send(outgoing, unsaved === undefined ? answer : refuseUnread(world, unsaved));
}

const NO_BODY = new Uint8Array();

function bytesMax(target: string): number {
  return target.includes(`/${UPLOAD_PREFIX}`) ? UPLOAD_FILE_BYTES_MAX : BODY_BYTES_MAX;
}

const NO_HOST = invalidRequest("it has no Host header, or one that is no host");
const ABSOLUTE = /^(https?):\/\/([^/?#]+)(.*)$/i;

/**
 * Links point to where the client thinks it is: the host of the request line or of the header, by the scheme that a
 * proxy in front says. I: x-forwarded-host is not looked at, as a proxy that changes the host can be told not to.
 */
function readTarget(incoming: IncomingMessage): Pick<RawRequest, "origin" | "target"> | undefined {
  const { url = "/", headers, socket } = incoming;
  const [, scheme = headers["x-forwarded-proto"] === "https" ? "https" : "http", authority, rest] =
    ABSOLUTE.exec(url) ?? [];
  const local = incoming.httpVersion === "1.0" ? `${urlHost(socket.localAddress ?? "")}:${socket.localPort}` : "";
  const host = authority ?? headers.host ?? local;
  const origin = `${scheme}://${host}`;
  if (!/^[^\s/?#@\\]+$/.test(host) || !URL.canParse(origin)) return undefined;
  return { origin, target: authority === undefined ? url : rest || "/" };
}

function send(outgoing: ServerResponse, { status, headers, body, truncate }: Answer): void {
  if (truncate !== undefined) {
    sendPart(outgoing, { status, headers, body }, truncate);
    return;
  }
  const isBodyless = status === 204 || status === 205 || status === 304;
  outgoing.writeHead(status, isBodyless ? headers : { ...headers, "content-length": Buffer.byteLength(body) });
  outgoing.end(isBodyless ? undefined : body);
}

/** The header promises the whole, and at least its last byte is missing. */
function sendPart(outgoing: ServerResponse, { status, headers, body }: Answer, truncate: number | true): void {
  const bytes = Buffer.from(body);
  const end = truncate === true ? bytes.length >> 1 : Math.min(truncate, bytes.length - 1);
  outgoing.writeHead(status, { ...headers, "content-length": bytes.length, connection: "close" });
  outgoing.flushHeaders();
  if (end > 0) outgoing.write(bytes.subarray(0, end));
  outgoing.socket?.destroySoon();
}

/** As bytes, for what Node's HTTP parser gives up on, where there is no response object. */
function malformed(world: World): string {
  const { status, headers, body } = refuseUnread(world, invalidRequest("it is not valid HTTP"));
  const lines = Object.entries({ ...headers, "content-length": Buffer.byteLength(body), connection: "close" });
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
