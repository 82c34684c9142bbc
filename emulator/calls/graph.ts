/**
 * How a Graph request is answered, in stages: read → fault and delay → callback proof → route → token → target → run → log →
 * headers.
 * A batch goes through them once for each of its items. Nothing waits from the route to the log, so calls on one
 * number come one after the other.
 */
import { setTimeout as delay } from "node:timers/promises";
import { settleDueReviews } from "../operations/due-reviews.ts";
import { GraphRefusal } from "../refusals/refusal.ts";
import { matchRoute } from "../routes.ts";
import type { World } from "../world.ts";
import { type Answer, asRefusal, faultAnswer, jsonAnswer, refused, standing, withHeaders } from "./answer.ts";
import { answerItems, bringsToken, isBatch, readBatch } from "./batch.ts";
import { proveCallback } from "./callback-proof.ts";
import { admit, targetOf } from "./dispatch.ts";
import type { Fault } from "./faults.ts";
import { type CallFrame, type GraphCall, headerToken, type RawRequest, readCall, readFrame } from "./request.ts";
import { redactParams } from "./request-log.ts";
import { type Reading, usageHeaders } from "./usage.ts";
import { DEFAULT_VERSION } from "./versions.ts";

/** A request that was taken apart; `call` is its refusal where it could not be read whole. */
interface Request {
  readonly raw: RawRequest;
  readonly frame: CallFrame;
  readonly call: GraphCall | GraphRefusal;
  /** Set when its callback URL did not prove itself. */
  readonly unproven?: GraphRefusal | undefined;
}

/** Undefined: the connection is to be cut. `signal` ends waits when the emulator closes. */
export async function answerGraph(world: World, raw: RawRequest, signal: AbortSignal): Promise<Answer | undefined> {
  world.log.countRequest();
  const request = await readRequest(world, raw);
  if (world.latencyMs > 0) await wait(world.latencyMs, signal);
  if (signal.aborted) return undefined;
  const { call } = request;
  if (call instanceof GraphRefusal || !isBatch(call)) return answerCall(world, request, signal);
  return answerBatch(world, request, call, signal);
}

/** For what never became a request. */
export function refuseUnread(world: World, refusal: GraphRefusal): Answer {
  const traceId = newTraceId(world);
  const answer = refused(refusal, traceId);
  return { ...answer, headers: { ...standing(DEFAULT_VERSION, traceId), ...answer.headers } };
}

async function readRequest(world: World, raw: RawRequest): Promise<Request> {
  const frame = readFrame(raw, world.clock.now());
  return { raw, frame, call: await readCall(raw, frame).catch(asRefusal) };
}

async function answerBatch(
  world: World,
  request: Request,
  batch: GraphCall,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const traceId = newTraceId(world);
  const headers = standing(batch.version, traceId);
  try {
    const items = readBatch(batch);
    // K: the token of a batch is looked at first, and only for want of one those of the items are enough.
    if (batch.token !== undefined || !items.some(bringsToken)) admit(world, batch);
    const answers = await answerItems(batch, items, async (raw, refusal) => {
      const item = await readRequest(world, raw);
      return answerCall(world, refusal === undefined ? item : { ...item, call: refusal }, signal);
    });
    if (signal.aborted) return undefined;
    const answer = jsonAnswer(200, answers);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    const answer = refused(asRefusal(error), traceId);
    logCall(world, request, { method: batch.method, route: null, status: answer.status, fault: false });
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }
}

async function answerCall(world: World, request: Request, signal: AbortSignal): Promise<Answer | undefined> {
  const { frame, call } = request;
  const { method } = call instanceof GraphRefusal ? frame : call;
  const fault = world.faults.take(method, frame.segments);
  if (fault?.latencyMs !== undefined) await wait(fault.latencyMs, signal);
  const isRun = !(call instanceof GraphRefusal) && fault?.status === undefined && fault?.drop !== "before";
  const unproven = isRun ? await proveCallback(world, call, signal) : undefined;
  if (signal.aborted) return undefined;
  const traceId = newTraceId(world);
  const { route, ...answer } = answerNow(world, { ...request, unproven }, method, fault, traceId);
  const cut = fault?.drop !== undefined;
  logCall(world, request, { method, route, status: cut ? null : answer.status, fault: fault !== undefined });
  if (cut) return undefined;
  const headers = { ...standing(frame.version, traceId), ...answer.headers };
  return { ...answer, headers, truncate: fault?.truncate };
}

type RoutedAnswer = Answer & { readonly route: string | null };

function answerNow(
  world: World,
  { frame, call, unproven }: Request,
  method: string,
  fault: Fault | undefined,
  traceId: string,
): RoutedAnswer {
  settleDueReviews(world);
  const match = matchRoute(world.state, method, frame.segments);
  const route = match.route?.template ?? null;
  if (fault?.drop === "before") return { route, status: 0, headers: {}, body: "" };
  if (fault?.status !== undefined) return { route, ...faultAnswer(fault, fault.status) };
  const readings: Reading[] = [];
  try {
    if (call instanceof GraphRefusal) throw call;
    const token = admit(world, call);
    const target = targetOf(world, call, token, match, readings);
    if (unproven !== undefined) throw unproven;
    const staleMs = method === "GET" ? 0 : (fault?.staleMs ?? world.staleMs);
    const body = world.lag.write(world.state, staleMs, world.clock.now(), target.run);
    const status = target.route.statusOf?.(body) ?? 200;
    return { route, ...withHeaders(jsonAnswer(status, body), usageHeaders(readings)) };
  } catch (error) {
    const refusal = asRefusal(error);
    const told = match.route?.refusalOf?.(refusal) ?? refusal;
    return { route, ...withHeaders(refused(told, traceId), usageHeaders(readings)) };
  }
}

interface Logged {
  readonly method: string;
  readonly route: string | null;
  readonly status: number | null;
  readonly fault: boolean;
}

function logCall(world: World, { raw, frame, call }: Request, logged: Logged): void {
  const read = call instanceof GraphRefusal ? undefined : call;
  world.log.add({
    time: new Date(world.clock.now()).toISOString(),
    method: logged.method,
    path: frame.path,
    route: logged.route,
    status: logged.status,
    params: read === undefined ? {} : redactParams(read.params),
    token: read?.token ?? headerToken(raw.authorization) ?? frame.queryToken ?? null,
    fault: logged.fault,
  });
}

function newTraceId(world: World): string {
  return `A${world.traces.token(22)}`;
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
