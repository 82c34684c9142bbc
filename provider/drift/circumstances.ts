/** What decides an exception of the table of classes, from a change and what was recorded. Pure. */
import type { Change } from "./changes.ts";
import type { Circumstance } from "./classes.ts";
import type { ResourceState } from "./events.ts";
import { isOnlyUnregistered } from "./health.ts";
import { partAt } from "./subject.ts";

type Decide = (change: Change, old: ResourceState, now: ResourceState) => boolean;

export const CIRCUMSTANCES: Record<Circumstance, Decide> = {
  "asked for by us": ({ new: name }, { inputs, outputs }) =>
    typeof name === "string" && [inputs.displayName, outputs.displayName, ...requested(outputs)].includes(name),
  "same digits": ({ old, new: now }) => digits(old) === digits(now),
  "lower than before": ({ old, new: now }) => tier(now) < tier(old),
  "not registered": (_change, _old, { outputs }) => isOnlyUnregistered(outputs.healthStatus),
  "back to work": ({ old, new: now }) => now === "CONNECTED" && LIMPING.includes(String(old)),
  "not declared": ({ property }, { inputs }) => partAt(inputs, SHOWN_ARGS[property] ?? property) === undefined,
  // A partner's account is seen by nobody but the partner.
  "claim is expected": (_change, old, { outputs }) =>
    outputs.claimedBy !== undefined || [old.outputs.partners, old.outputs.sharedWith].some(isFilled),
};
/** Outputs that show an argument of another name. */
const SHOWN_ARGS: Readonly<Record<string, string>> = { hasPicture: "picture" };
const LIMPING = ["FLAGGED", "RESTRICTED", "RATE_LIMITED"];

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function requested({ nameRequests }: ResourceState["outputs"]): unknown[] {
  if (!Array.isArray(nameRequests)) return [];
  return nameRequests.flatMap((request: unknown) =>
    typeof request === "object" && request !== null && "name" in request ? [request.name] : [],
  );
}

function digits(value: unknown): string {
  return typeof value === "string" ? value.replace(/\D/g, "") : "";
}

/** `TIER_250` and `TIER_2K` as numbers; an unknown one is as low and as high as any. */
function tier(value: unknown): number {
  if (value === "TIER_UNLIMITED") return Number.POSITIVE_INFINITY;
  const [, count, thousands] = /^TIER_(\d+)(K?)$/.exec(String(value)) ?? [];
  return count === undefined ? Number.NaN : Number(count) * (thousands === "K" ? 1000 : 1);
}
