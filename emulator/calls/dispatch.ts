/**
 * From a call that could be read to its operation: token → proof → object → limits → route → permissions → operation.
 * I: the order of the last four; Meta documents none. Nothing waits.
 */
import type { JsonObject } from "../json.ts";
import { type Context, numberNow, preverifiedNow } from "../operations/operation.ts";
import type { BusinessRecord } from "../records/business.ts";
import type { NumberRecord } from "../records/number.ts";
import type { PreverifiedRecord } from "../records/preverified.ts";
import type { WabaRecord } from "../records/waba.ts";
import { noSuchObject } from "../refusals/access.ts";
import { unknownAlias } from "../refusals/request.ts";
import type { Route } from "../routes/route.ts";
import { isId, type Match, matchRoute } from "../routes.ts";
import { refusalWhenGone } from "../rules/closed.ts";
import { reaches, reachesBusiness, requireScopes, type TokenRecord } from "../tokens.ts";
import type { Challenge } from "../webhooks/challenge.ts";
import type { World } from "../world.ts";
import { checkProof } from "./appsecret-proof.ts";
import type { GraphCall } from "./request.ts";
import { isCounted, type Reading, subjectOf } from "./usage.ts";

/** A call that is let in: its row, and its operation with all that it needs. */
export interface Target {
  readonly route: Route;
  readonly run: () => JsonObject;
  /** What must be proven before `run`, and throws as `run` would. */
  readonly challenge: () => Challenge | undefined;
}

/** What goes before the object: who calls. Throws a GraphRefusal. */
export function admit(world: World, call: GraphCall): TokenRecord {
  const now = world.clock.now();
  const token = world.tokens.admit(call.token, now);
  checkProof(world.app, token, call.params, now);
  return token;
}

/** Counts the call and adds to `readings`, also when it throws a GraphRefusal; without them nothing is counted. */
export function targetOf(
  world: World,
  call: GraphCall,
  token: TokenRecord,
  match: Match,
  readings?: Reading[],
): Target {
  const { random, settings, emit, tokens, usage, uploads } = world;
  const state = call.method === "GET" ? world.lag.seen(world.state, world.clock.now()) : world.state;
  const meter: Meter = (counted, wabaId) => {
    if (readings === undefined || !isCounted(counted)) return;
    const { reading, refusal } = usage.meter(subjectOf(token.app_id, counted.route, wabaId), state, world.clock.now());
    readings.push(reading);
    if (refusal !== undefined) throw refusal;
  };
  const context: Context = {
    state,
    now: world.clock.now(),
    settings,
    call,
    token,
    tokens,
    random,
    uploads,
    emit,
    readNode: (id) => {
      if (!isId(id)) throw unknownAlias(id);
      return target(context, matchRoute(state, "GET", [id]), id, meter).run();
    },
  };
  return target(context, match, call.segments[0] ?? "", meter);
}

/** Throws when the call is one too many. */
type Meter = (match: Match, wabaId: string | undefined) => void;

function target(context: Context, match: Match, id: string, meter: Meter): Target {
  const { route, refusal } = match;
  const { state, token, call } = context;
  const isNode = isId(id) && route?.on !== "root";
  const found = isNode ? findNode(context, id) : {};
  const isReached = found !== undefined && reachesNode(context, found);
  meter(match, isReached ? (found.number?.waba_id ?? found.waba?.id) : undefined);
  if (!isReached) throw noSuchObject(call.method, id);
  if (refusal !== undefined) throw refusal;
  if (route === undefined) throw noSuchObject(call.method, id);
  requireScopes(token, route.scopes);
  const gone =
    found.number === undefined || call.method === "GET" || route.seesGone ? undefined : refusalWhenGone(found.number);
  if (gone !== undefined) throw gone;
  const run = bind(route, found, context);
  if (run === undefined) throw noSuchObject(call.method, id);
  return { route, run: () => run(state), challenge: () => challengeOf(route, found, context) };
}

type Bound = (state: Context["state"]) => JsonObject;

function bind(route: Route, found: Found, context: Context): Bound | undefined {
  const { params } = context.call;
  const { number, waba, business, preverified } = found;
  if (route.on === "root") return (state) => route.run(state, params, context);
  if (route.on === "number" && number) return (state) => route.run(state, params, { ...context, number });
  if (route.on === "waba" && waba) return (state) => route.run(state, params, { ...context, waba });
  if (route.on === "business" && business) return (state) => route.run(state, params, { ...context, business });
  if (route.on === "preverified" && preverified)
    return (state) => route.run(state, params, { ...context, preverified });
  return undefined;
}

function challengeOf(route: Route, { number, waba }: Found, context: Context): Challenge | undefined {
  const { state, call } = context;
  if (route.on === "number" && number) return route.challenge?.(state, call.params, { ...context, number });
  if (route.on === "waba" && waba) return route.challenge?.(state, call.params, { ...context, waba });
  return undefined;
}

interface Found {
  readonly number?: NumberRecord | undefined;
  readonly waba?: WabaRecord | undefined;
  readonly business?: BusinessRecord | undefined;
  readonly preverified?: PreverifiedRecord | undefined;
}

function findNode(context: Context, id: string): Found | undefined {
  const { state } = context;
  const number = numberNow(state, id, context);
  if (number !== undefined) return { number };
  const waba = state.waba(id);
  if (waba !== undefined) return { waba };
  const preverified = preverifiedNow(state, id, context.now);
  if (preverified !== undefined) return { preverified };
  const business = state.business(id);
  return business === undefined ? undefined : { business };
}

/** I: a business that a pre-verified number is shared with reads it, and its owner alone changes it. */
function reachesNode({ token, state, call }: Context, { number, waba, business, preverified }: Found): boolean {
  const wabaId = number?.waba_id ?? waba?.id;
  if (wabaId !== undefined) return reaches(token, wabaId);
  const owner = business?.id ?? preverified?.business_id;
  const readers = call.method === "GET" ? (preverified?.shared_with ?? []) : [];
  return owner === undefined || [owner, ...readers].some((id) => reachesBusiness(token, id, state));
}
