/** An emulator with a clock that stands still, and a client that speaks plain HTTP to it. */
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";

export const WABA = "102290129340398";
export const CAKE_SHOP = "1972385232742141";
export const ICE_CREAM = "1754951608042154";
export const SANDBOX = "1972385232742143";
export const START = Date.parse("2026-11-02T09:00:00Z");
export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** What answers may hold, all claimed to be there: a test that reads a missing one fails on the spot. */
export interface Body {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly code: string;
  readonly now: string;
  readonly data: readonly { readonly [name: string]: unknown; readonly id: string }[];
  readonly paging: { readonly next?: string; readonly previous?: string };
  readonly error: {
    readonly message: string;
    readonly code: number;
    readonly error_subcode?: number;
    readonly error_user_title?: string;
    readonly fbtrace_id: string;
  };
  readonly requests: readonly unknown[];
  readonly routes: readonly string[];
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the answer is not JSON. */
  readonly body: Body;
}

interface Call {
  readonly token?: string | null;
  readonly json?: unknown;
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

export interface Graph {
  readonly emulator: Emulator;
  get(path: string, call?: Call): Promise<Reply>;
  post(path: string, json?: unknown, call?: Call): Promise<Reply>;
  send(method: string, path: string, call?: Call): Promise<Reply>;
  control(method: string, path: string, json?: unknown): Promise<Reply>;
}

export async function startGraph(options: EmulatorOptions = {}): Promise<Graph> {
  const emulator = await startEmulator({ clock: () => START, ...options });
  onTestFinished(() => emulator.close());
  const send = async (method: string, path: string, call: Call = {}): Promise<Reply> => {
    const token = call.token === undefined ? "emulator-token" : call.token;
    const headers = new Headers(call.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    let body: string | URLSearchParams | undefined;
    if (call.json !== undefined) {
      headers.set("content-type", "application/json");
      body = JSON.stringify(call.json);
    } else if (call.form !== undefined) body = new URLSearchParams(call.form);
    return fetchReply(emulator.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  };
  return {
    emulator,
    send,
    get: (path, call) => send("GET", path, call),
    post: (path, json, call) => send("POST", path, { json, ...call }),
    control: (method, path, json) => send(method, `/__emulator/${path}`, { token: null, json }),
  };
}

export async function fetchReply(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
}

/** Bytes as they are, where a client would tidy them up. Reads until the server closes the connection. */
export function rawExchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

/** What the emulator keeps of one number, as the control routes show it. */
export function kept(graph: Graph, id: string): { readonly [name: string]: unknown } {
  const numbers = graph.emulator.state().numbers as { readonly [id: string]: { readonly [name: string]: unknown } };
  const number = numbers[id];
  if (number === undefined) throw new Error(`the emulator has no number ${id}`);
  return number;
}

/** The path and query of a paging link. */
export function pathOf(link: string | undefined): string {
  if (link === undefined) throw new Error("there is no such page");
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** Adds, verifies and leaves ready to register. */
export async function addVerified(graph: Graph, phone = "2125550100", name = "Lucky Shrub"): Promise<string> {
  const added = await graph.post(`/${WABA}/phone_numbers`, { cc: "1", phone_number: phone, verified_name: name });
  const { id } = added.body;
  await graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en" });
  await graph.post(`/${id}/verify_code`, { code: graph.emulator.code(id) });
  return id;
}
