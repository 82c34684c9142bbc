/** The table of contents: every Graph route that is emulated, and how a path finds its row. */
import { UPLOAD_PREFIX } from "./limits.ts";
import { noSuchObject } from "./refusals/access.ts";
import type { GraphRefusal } from "./refusals/refusal.ts";
import { notEmulated, unknownAlias, unknownPath, unsupportedRequest } from "./refusals/request.ts";
import { BUSINESS_ROUTES } from "./routes/business.ts";
import { documentedAt } from "./routes/documented.ts";
import { IDS_ROUTES } from "./routes/ids.ts";
import { NUMBER_ROUTES } from "./routes/number.ts";
import { ON_PREMISES_ROUTES } from "./routes/on-premises.ts";
import { PREVERIFIED_ROUTES } from "./routes/preverified.ts";
import { ROOT_ROUTES } from "./routes/root.ts";
import type { NodeKind, Route } from "./routes/route.ts";
import { UPLOAD_ROUTES } from "./routes/uploads.ts";
import { WABA_ROUTES } from "./routes/waba.ts";
import type { State } from "./state/state.ts";

export const ROUTES: readonly Route[] = [
  ...NUMBER_ROUTES,
  ...WABA_ROUTES,
  ...IDS_ROUTES,
  ...BUSINESS_ROUTES,
  ...PREVERIFIED_ROUTES,
  ...ROOT_ROUTES,
  ...UPLOAD_ROUTES,
  ...ON_PREMISES_ROUTES,
];

/** By verb and what follows the id; on a bare id all kinds share the entry. */
const BY_SHAPE = Map.groupBy(
  ROUTES.filter((route) => route.on !== "root"),
  (route) => shape(route.method, edgeOf(route)),
);
const ROOTS = new Map(
  ROUTES.filter((route) => route.on === "root").map((route) => [shape(route.method, edgeOf(route)), route]),
);
/** Every edge of a kind, whatever the verb; without a kind: every edge that any node has. */
const EDGES = new Set(ROUTES.flatMap((route) => [shape(route.on, edgeOf(route)), shape("", edgeOf(route))]));

export interface Match {
  /** Undefined when no route is emulated there. */
  readonly route?: Route;
  /** What the call is refused with once its token is known to reach the object. */
  readonly refusal?: GraphRefusal;
}

/**
 * The row for a call. Graph's ids do not tell what they name, so the state is asked; an unknown id counts as a
 * number's, and is refused when it is looked up.
 */
export function matchRoute(state: State, method: string, segments: readonly string[]): Match {
  const root = ROOTS.get(shape(method, rootOf(state, segments)));
  if (root !== undefined) return { route: root };
  const [id, ...edge] = segments;
  if (id === undefined) return { refusal: unsupportedRequest(method) };
  if (!isId(id)) return { refusal: refuseRoot(method, segments) };
  const candidates = BY_SHAPE.get(shape(method, edge)) ?? [];
  const kind = kindOf(state, id);
  const route = kind === undefined ? candidates[0] : candidates.find((candidate) => candidate.on === kind);
  if (route !== undefined) return { route };
  if (kind === undefined) return { refusal: noSuchObject(method, id) };
  const refusal = refuseEdge(method, id, edge, kind);
  const [other] = candidates;
  return other === undefined || edge.length === 0 ? { refusal } : { route: other, refusal };
}

/** A root's path with the placeholders of its template. What names no object may be an app: which one, the operation asks. */
function rootOf(state: State, segments: readonly string[]): readonly string[] {
  const [first = "", ...rest] = segments;
  if (rest.length === 0 && first.startsWith(UPLOAD_PREFIX)) return [`${UPLOAD_PREFIX}{SESSION}`];
  const isApp = rest.length === 1 && rest[0] === "uploads" && isId(first) && kindOf(state, first) === undefined;
  return isApp ? ["{APP}", "uploads"] : segments;
}

/** K: digits, and two groups of them for what belongs to an object. */
export function isId(segment: string): boolean {
  return /^\d+(_\d+)?$/.test(segment);
}

function refuseRoot(method: string, segments: readonly string[]): GraphRefusal {
  const known = documentedAt("root", segments);
  if (known.some(({ methods }) => methods.includes(method))) return notEmulated(`${method} /${segments.join("/")}`);
  if (known.length > 0 || EDGES.has(shape("root", segments))) return unsupportedRequest(method);
  // What only roots of several parts begin with names nothing by itself either.
  return unknownAlias(segments[0] ?? "");
}

/** Of a node that is there. */
function refuseEdge(method: string, id: string, edge: readonly string[], kind: NodeKind): GraphRefusal {
  const known = documentedAt(kind, edge);
  const row = known.find(({ methods }) => methods.includes(method));
  if (row !== undefined) return notEmulated(`${method} /${id}${row.edge && `/${row.edge}`}`);
  if (edge.length === 0) return noSuchObject(method, id);
  // R of other nodes: to a read, an edge of other nodes and one that is only written to are as unknown as any.
  if (method === "GET")
    return unknownPath(EDGES.has(shape("", edge)) || known.length > 0 ? edge : unknownPart(kind, edge));
  if (known.length > 0 || EDGES.has(shape("", edge))) return noSuchObject(method, id);
  return unknownPath(unknownPart(kind, edge));
}

function unknownPart(kind: NodeKind, edge: readonly string[]): readonly string[] {
  return isEdge(kind, edge.slice(0, 1)) ? edge.slice(1) : edge;
}

function isEdge(kind: NodeKind, edge: readonly string[]): boolean {
  return EDGES.has(shape(kind, edge)) || documentedAt(kind, edge).length > 0;
}

function kindOf(state: State, id: string): NodeKind | undefined {
  if (state.number(id) !== undefined) return "number";
  if (state.waba(id) !== undefined) return "waba";
  if (state.preverified(id) !== undefined) return "preverified";
  return state.business(id) === undefined ? undefined : "business";
}

function edgeOf({ on, template }: Route): readonly string[] {
  const parts = template.split("/").filter((part) => part !== "");
  return on === "root" ? parts : parts.slice(1);
}

function shape(first: string, edge: readonly string[]): string {
  return [first, ...edge].join("/");
}
