/** From the engine's events to the steps of a plan, or of what was done. */
import { isDeepStrictEqual } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

/** What the engine would do, or did, to one resource. */
export interface Step {
  readonly urn: string;
  readonly type: string;
  /** The engine's word: `update`, `create`, `delete`, `replace` … */
  readonly op: string;
  /**
   * The inputs that change, with the engine's word for how: `add`, `update`, `delete`. Of a secret, whose value is not
   * shown, an update is known only where the engine itself names it.
   */
  readonly changes: Readonly<Record<string, string>>;
  /** The outputs before. */
  readonly old: Readonly<Record<string, unknown>>;
  /** What the program declares. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** The outputs after; of a plan there are none. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

const properties = z.record(z.string(), z.unknown()).nullish();
const state = z.object({ inputs: properties, outputs: properties }).nullish();
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
  return {
    op,
    urn,
    type,
    changes: { ...compared, ...Object.fromEntries(named.length > 0 ? named : plain) },
    old: old?.outputs ?? {},
    declared: now?.inputs ?? {},
    outputs: now?.outputs ?? {},
  };
}

type Inputs = Readonly<Record<string, unknown>>;

function inputChanges(old: Inputs, now: Inputs): Record<string, string> {
  const keys = new Set([...Object.keys(old), ...Object.keys(now)].filter((key) => key !== "__provider"));
  const changed = [...keys].filter((key) => !isDeepStrictEqual(old[key], now[key]));
  const kind = (key: string) => (old[key] === undefined ? "add" : now[key] === undefined ? "delete" : "update");
  return Object.fromEntries(changed.map((key) => [key, kind(key)]));
}
