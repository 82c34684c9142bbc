/**
 * How a Graph call is answered: fault → route → token → node → operation → answer → log. Operations are synchronous
 * and know nothing of HTTP; this is the one place that renders answers and envelopes.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./faults.ts";
import type { JsonObject } from "./json.ts";
import type { NumberRecord } from "./number.ts";
import { numberNow } from "./operations/operation.ts";
import type { PreverifiedRecord } from "./preverified.ts";
import { noSuchObject } from "./refusals/access.ts";
import { envelope, GraphRefusal } from "./refusals/refusal.ts";
import { notEmulated } from "./refusals/request.ts";
import { type CallFrame, type GraphCall, headerToken, type RawRequest, readCall, readFrame } from "./request.ts";
import { redactParams } from "./request-log.ts";
import { matchRoute } from "./routes.ts";
import type { State } from "./state.ts";
import { reaches, type TokenRecord } from "./tokens.ts";
import type { BusinessRecord, WabaRecord } from "./waba.ts";
import type { World } from "./world.ts";

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** Undefined: the connection is to be cut. `signal` ends waits when the emulator closes. */
export async function answerGraph(world: World, raw: RawRequest, signal: AbortSignal): Promise<Answer | undefined> {
  const frame = readFrame(raw);
  const fault = world.faults.take(frame.method, frame.segments);
  await wait((fault?.latencyMs ?? 0) + world.latencyMs, signal);
  if (signal.aborted) return undefined;
  const traceId = `A${world.traces.token(22)}`;
  const read = await attempt(() => readCall(raw, frame));
  const answer = answerRead(world, frame, read, fault, traceId);
  const cut = fault?.drop !== undefined;
  const call = read instanceof GraphRefusal ? undefined : read;
  world.log.add({
    time: new Date(world.clock.now()).toISOString(),
    method: frame.method,
    path: frame.path,
    route: answer.route,
    status: cut ? null : answer.status,
    params: call === undefined ? {} : redactParams(call.params),
    token: call?.token ?? headerToken(raw.authorization) ?? frame.queryToken ?? null,
    fault: fault !== undefined,
  });
  return cut ? undefined : { ...answer, headers: { ...standing(frame, traceId), ...answer.headers } };
}

type RoutedAnswer = Answer & { readonly route: string | null };

/** From here to the answer nothing waits, so calls on one number come one after the other. */
function answerRead(
  world: World,
  frame: CallFrame,
  read: GraphCall | GraphRefusal,
  fault: Fault | undefined,
  traceId: string,
): RoutedAnswer {
  const match = matchRoute(world.state, frame.method, frame.segments);
  const route = match?.route.template ?? null;
  if (fault?.drop === "before") return { route, status: 0, headers: {}, body: "" };
  if (fault?.status !== undefined) return { route, ...faultAnswer(fault, fault.status) };
  try {
    if (read instanceof GraphRefusal) throw read;
    return { route, ...json(200, dispatch(world, read, match)) };
  } catch (error) {
    return { route, ...refused(asRefusal(error), traceId) };
  }
}

function dispatch(world: World, call: GraphCall, match: ReturnType<typeof matchRoute>): JsonObject {
  if (match === undefined) throw notEmulated(`${call.method} /${call.segments.join("/")}`);
  const token = world.tokens.admit(call.token);
  const { route, refusal } = match;
  const { state, random, settings, emit } = world;
  const now = world.clock.now();
  const context = { state, now, settings, call, token, random, emit };
  if (route.on === "root") return route.run(state, call.params, context);
  const id = call.segments[0] ?? "";
  const found = findNode(state, id, now);
  if (found === undefined || !reachesNode(token, found)) throw noSuchObject(call.method, id);
  if (refusal !== undefined) throw refusal;
  if (route.on === "number" && found.number) return route.run(state, call.params, { ...context, number: found.number });
  if (route.on === "waba" && found.waba) return route.run(state, call.params, { ...context, waba: found.waba });
  if (route.on === "business" && found.business) {
    return route.run(state, call.params, { ...context, business: found.business });
  }
  if (route.on === "preverified" && found.preverified) {
    return route.run(state, call.params, { ...context, preverified: found.preverified });
  }
  throw noSuchObject(call.method, id);
}

interface Found {
  readonly number?: NumberRecord | undefined;
  readonly waba?: WabaRecord | undefined;
  readonly business?: BusinessRecord | undefined;
  readonly preverified?: PreverifiedRecord | undefined;
}

function findNode(state: State, id: string, now: number): Found | undefined {
  const number = numberNow(state, id, now);
  if (number !== undefined) return { number };
  const waba = state.waba(id);
  if (waba !== undefined) return { waba };
  const preverified = state.preverified(id);
  if (preverified !== undefined) return { preverified };
  const business = state.business(id);
  return business === undefined ? undefined : { business };
}

/** I: a business and its pre-verified numbers are within reach of a token that sees one of its accounts. */
function reachesNode(token: TokenRecord, { number, waba }: Found): boolean {
  const wabaId = number?.waba_id ?? waba?.id;
  return wabaId === undefined || reaches(token, wabaId);
}

/** A fault of the emulator itself must not look like one of Meta's. */
function asRefusal(error: unknown): GraphRefusal {
  if (error instanceof GraphRefusal) return error;
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`emulator: unexpected ${reason}\n`);
  return new GraphRefusal({ status: 500, code: 1, type: "EmulatorFault", message: "The emulator failed: see stderr." });
}

export function refused(refusal: GraphRefusal, traceId: string): Answer {
  const answer = json(refusal.facts.status, envelope(refusal, traceId));
  if (refusal.facts.status >= 500) return answer;
  const reason = refusal.facts.code === 190 ? "invalid_token" : "invalid_request";
  // Header text is ASCII on one line, and the message may repeat what the client sent.
  const message = refusal.message.replace(/[^\x20-\x7e]/g, "?").replace(/["\\]/g, "'");
  const challenge = `OAuth "Facebook Platform" "${reason}" "${message}"`;
  return { ...answer, headers: { ...answer.headers, "www-authenticate": challenge } };
}

function faultAnswer(fault: Fault, status: number): Answer {
  if (fault.body === undefined) return { status, headers: {}, body: "" };
  if (typeof fault.body !== "string") return json(status, fault.body);
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body: fault.body };
}

function json(status: number, body: JsonObject): Answer {
  return { status, headers: { "content-type": "application/json; charset=UTF-8" }, body: JSON.stringify(body) };
}

/** I: a call without a version runs on the one that the project defaults to. */
const DEFAULT_VERSION = "v25.0";

/** On every answer. */
export function standing(frame: Pick<CallFrame, "version"> | undefined, traceId: string): { [name: string]: string } {
  return {
    "facebook-api-version": frame?.version ?? DEFAULT_VERSION,
    "x-fb-trace-id": traceId,
    "x-fb-request-id": traceId,
    "x-waba-emulator": "1",
    "cache-control": "private, no-cache, no-store, must-revalidate",
  };
}

async function attempt(read: () => Promise<GraphCall>): Promise<GraphCall | GraphRefusal> {
  try {
    return await read();
  } catch (error) {
    return asRefusal(error);
  }
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0) return;
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
