/** The table of contents: every Graph route that is emulated, and how a path finds its row. */
import { addNumber } from "./operations/add-number.ts";
import { listNumbers } from "./operations/list-numbers.ts";
import type { NumberOperation, WabaOperation } from "./operations/operation.ts";
import { readNumber } from "./operations/read-number.ts";
import { readWaba } from "./operations/read-waba.ts";
import { deregisterNumber, registerNumber } from "./operations/register.ts";
import { requestNumberCode } from "./operations/request-code.ts";
import { updateNumber } from "./operations/update-number.ts";
import { verifyNumberCode } from "./operations/verify-code.ts";
import { type GraphRefusal, noSuchObject, unknownField } from "./refusals.ts";
import type { State } from "./state.ts";

type Route =
  | { readonly method: string; readonly template: string; readonly on: "number"; readonly run: NumberOperation }
  | { readonly method: string; readonly template: string; readonly on: "waba"; readonly run: WabaOperation };

const ROUTES: readonly Route[] = [
  { method: "GET", template: "/{PNID}", on: "number", run: readNumber },
  { method: "POST", template: "/{PNID}", on: "number", run: updateNumber },
  { method: "POST", template: "/{PNID}/request_code", on: "number", run: requestNumberCode },
  { method: "POST", template: "/{PNID}/verify_code", on: "number", run: verifyNumberCode },
  { method: "POST", template: "/{PNID}/register", on: "number", run: registerNumber },
  { method: "POST", template: "/{PNID}/deregister", on: "number", run: deregisterNumber },
  { method: "GET", template: "/{WABA}", on: "waba", run: readWaba },
  { method: "GET", template: "/{WABA}/phone_numbers", on: "waba", run: listNumbers },
  { method: "POST", template: "/{WABA}/phone_numbers", on: "waba", run: addNumber },
];

/** By verb and what follows the id; on a bare id a number and an account share the entry. */
const BY_SHAPE = Map.groupBy(ROUTES, (route) => shape(route.method, route.template.split("/").slice(2)));

export interface Match {
  readonly route: Route;
  /** Set when the id is of another kind than the route is for. */
  readonly refusal?: GraphRefusal;
}

/**
 * The row for a call, or undefined when it is not emulated. Graph's ids do not tell what they name, so the state is
 * asked; an unknown id counts as a number's, and is refused when it is looked up.
 */
export function matchRoute(state: State, method: string, segments: readonly string[]): Match | undefined {
  const [id, ...rest] = segments;
  if (id === undefined) return undefined;
  const candidates = BY_SHAPE.get(shape(method, rest)) ?? [];
  const first = candidates[0];
  if (first === undefined) return undefined;
  const bare = rest.length === 0;
  // `/me`, `/debug_token` and the like are other routes of Graph, not ids.
  if (bare && !/^\d+$/.test(id)) return undefined;
  const kind = kindOf(state, id);
  if (kind === undefined) return { route: first };
  const route = candidates.find((candidate) => candidate.on === kind);
  if (route !== undefined) return { route };
  if (bare) return undefined;
  // K: Graph reads an edge that the node does not have as a field it does not have.
  const refusal = method === "GET" ? unknownField(rest.join("/"), kind) : noSuchObject(method, id);
  return { route: first, refusal };
}

function kindOf(state: State, id: string): "number" | "waba" | "business" | undefined {
  if (state.number(id) !== undefined) return "number";
  if (state.waba(id) !== undefined) return "waba";
  return state.isBusiness(id) ? "business" : undefined;
}

function shape(method: string, edge: readonly string[]): string {
  return [method, ...edge].join("/");
}
