/** From the engine's events to the steps of a plan, or of what was done. */
import { isDeepStrictEqual } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { holdsSecret } from "./changes.ts";

/** What the engine would do, or did, to one resource. */
export interface Step {
  readonly urn: string;
  /** Empty for one that is not there yet. */
  readonly id: string;
  readonly type: string;
  /** The engine's word: `update`, `create`, `delete`, `replace` … */
  readonly op: string;
  /** The inputs that change, with the engine's word for how: `add`, `update`, `delete`. */
  readonly changes: Readonly<Record<string, string>>;
  /** Inputs that hold secrets, before and after: whether these changed, the engine does not show. */
  readonly hidden: readonly string[];
  /** The outputs before. */
  readonly old: Readonly<Record<string, unknown>>;
  /** What the program declares. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** The outputs after; of a plan there are none. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

const properties = z.record(z.string(), z.unknown()).nullish();
const state = z.object({ id: z.string().default(""), inputs: properties, outputs: properties }).nullish();
const metadata = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: state,
  new: state,
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
});

/** Nothing is done by these. */
const IDLE = ["same", "refresh", "read"];

export class StepEvents {
  readonly planned: Step[] = [];
  readonly done: Step[] = [];
  readonly errors: string[] = [];
  /** Those of a refresh come before, under the same words. */
  readonly #begun = new Set<string>();

  take({ resourcePreEvent, resOutputsEvent, diagnosticEvent }: EngineEvent): void {
    const begins = stepOf(resourcePreEvent?.metadata);
    if (begins !== undefined && !IDLE.includes(begins.op)) {
      this.planned.push(begins);
      this.#begun.add(begins.urn);
    }
    const ends = stepOf(resOutputsEvent?.metadata);
    if (ends !== undefined && this.#begun.has(ends.urn)) this.done.push(ends);
    if (diagnosticEvent?.severity === "error") this.errors.push(diagnosticEvent.message.trim());
  }
}

function stepOf(event: unknown): Step | undefined {
  if (event === undefined) return undefined;
  const { op, urn, type, old, new: now, diffs, detailedDiff } = metadata.parse(event);
  const named = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind]);
  const plain = (diffs ?? []).map((name) => [name, "update"]);
  // Where a provider says itself that there is a change, the engine names none.
  const compared = inputChanges(old?.inputs ?? {}, now?.inputs ?? {});
  const changes = { ...compared, ...Object.fromEntries(named.length > 0 ? named : plain) };
  return {
    op,
    urn,
    id: old?.id ?? "",
    type,
    changes,
    hidden: Object.keys(now?.inputs ?? {}).filter(
      (name) => changes[name] === undefined && holdsSecret(old?.inputs?.[name]) && holdsSecret(now?.inputs?.[name]),
    ),
    old: old?.outputs ?? {},
    declared: now?.inputs ?? {},
    outputs: now?.outputs ?? {},
  };
}

/**
 * The steps with what the provider found changed in their secrets.
 * @param compared names by the resources' ids; of a resource that is not among them, every secret counts as changed
 */
export function withHidden(steps: readonly Step[], compared: ReadonlyMap<string, readonly string[]>): Step[] {
  return steps.map((step) => {
    const changed = compared.get(step.id);
    const updates = step.hidden.filter((name) => changed?.includes(name) ?? true).map((name) => [name, "update"]);
    return { ...step, changes: { ...step.changes, ...Object.fromEntries(updates) }, hidden: [] };
  });
}

type Inputs = Readonly<Record<string, unknown>>;

function inputChanges(old: Inputs, now: Inputs): Record<string, string> {
  const keys = new Set([...Object.keys(old), ...Object.keys(now)].filter((key) => key !== "__provider"));
  const changed = [...keys].filter((key) => !isDeepStrictEqual(old[key], now[key]));
  const kind = (key: string) => (old[key] === undefined ? "add" : now[key] === undefined ? "delete" : "update");
  return Object.fromEntries(changed.map((key) => [key, kind(key)]));
}
