/** The table of contents: every Graph route that is emulated, and how a path finds its row. */

import { noSuchObject } from "./refusals/access.ts";
import type { GraphRefusal } from "./refusals/refusal.ts";
import { unknownField } from "./refusals/request.ts";
import { NUMBER_ROUTES } from "./routes/number.ts";
import type { NodeKind, Route } from "./routes/route.ts";
import { WABA_ROUTES } from "./routes/waba.ts";
import type { State } from "./state.ts";

export const ROUTES: readonly Route[] = [...NUMBER_ROUTES, ...WABA_ROUTES];

/** By verb and what follows the id; on a bare id all kinds share the entry. */
const BY_SHAPE = Map.groupBy(
  ROUTES.filter((route) => route.on !== "root"),
  (route) => shape(route.method, route.template.split("/").slice(2)),
);
const ROOTS = new Map(
  ROUTES.filter((route) => route.on === "root").map((route) => [
    shape(route.method, route.template.split("/").slice(1)),
    route,
  ]),
);

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
  const root = ROOTS.get(shape(method, segments));
  if (root !== undefined) return { route: root };
  const [id, ...rest] = segments;
  if (id === undefined) return undefined;
  const candidates = BY_SHAPE.get(shape(method, rest)) ?? [];
  const first = candidates[0];
  if (first === undefined) return undefined;
  const bare = rest.length === 0;
  // `/me` and the like are other routes of Graph, not ids.
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

function kindOf(state: State, id: string): NodeKind | undefined {
  if (state.number(id) !== undefined) return "number";
  if (state.waba(id) !== undefined) return "waba";
  if (state.preverified(id) !== undefined) return "preverified";
  return state.business(id) === undefined ? undefined : "business";
}

function shape(method: string, edge: readonly string[]): string {
  return [method, ...edge].join("/");
}
