/** From the engine's events to the steps of a plan, or of what was done. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

/** What the engine would do, or did, to one resource. */
export interface Step {
  readonly urn: string;
  readonly type: string;
  /** The engine's word: `update`, `create`, `delete`, `replace` … */
  readonly op: string;
  /** The properties that change, with the engine's word for how: `add`, `update`, `delete`. Empty where none is named. */
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
  return {
    op,
    urn,
    type,
    changes: Object.fromEntries(named.length > 0 ? named : plain),
    old: old?.outputs ?? {},
    declared: now?.inputs ?? {},
    outputs: now?.outputs ?? {},
  };
}
