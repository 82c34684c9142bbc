/**
 * From the engine's events to what became of each resource of ours: each is handed on as it was recorded and as it is, and
 * nothing of it is kept, so that a fleet's memory stays flat.
 */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

/** A resource as the engine has it. Secrets are blinded by the engine. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a read made of a resource. */
export type Observation =
  | { readonly outcome: "read"; readonly old: ResourceState; readonly now: ResourceState; readonly isUpdate: boolean }
  | { readonly outcome: "gone"; readonly old: ResourceState }
  | { readonly outcome: "failed"; readonly old: ResourceState; readonly said: string | undefined };

/** The types of resource of this package. */
export const OURS = "pulumi-nodejs:dynamic/waba:";

const properties = z.record(z.string(), z.unknown()).nullish();
const resourceState = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().default(""),
  delete: z.boolean().optional(),
  inputs: properties,
  outputs: properties,
});
const metadata = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: resourceState.nullish(),
  new: resourceState.nullish(),
});

export class Events {
  readonly #onResource: (observation: Observation) => void;
  /** Those whose read has begun and not ended, by URN. */
  readonly #reading = new Map<string, ResourceState>();
  readonly #errors = new Map<string | undefined, string>();
  /** True where an event could not be understood, so that a resource may be missing. */
  isUnreadable = false;

  constructor(onResource: (observation: Observation) => void) {
    this.#onResource = onResource;
  }

  take(event: EngineEvent): void {
    const { resourcePreEvent, resOutputsEvent, diagnosticEvent } = event;
    if (resourcePreEvent !== undefined) this.#begins(resourcePreEvent.metadata);
    if (resOutputsEvent !== undefined) this.#ends(resOutputsEvent.metadata);
    if (diagnosticEvent?.severity === "error") {
      const { urn, message } = diagnosticEvent;
      // The first is the reason; "preview failed" comes last.
      if (!this.#errors.has(urn)) this.#errors.set(urn, message.trim());
    }
  }

  /** What the engine said of the stack as a whole. */
  said(): string | undefined {
    return this.#errors.get(undefined) ?? [...this.#errors.values()][0];
  }

  /** Those whose read never ended have failed: how many. */
  end(): number {
    const failed = [...this.#reading.values()];
    this.#reading.clear();
    for (const old of failed) {
      this.#onResource({ outcome: "failed", old, said: this.#errors.get(old.urn) ?? this.said() });
    }
    return failed.length;
  }

  #begins(step: unknown): void {
    const { type, urn, old } = this.#understood(step) ?? {};
    if (type?.startsWith(OURS) !== true || urn === undefined || !old || old.delete === true) return;
    this.#reading.set(urn, stateOf(old));
  }

  #ends(step: unknown): void {
    const { op, urn = "", new: now } = this.#understood(step) ?? {};
    const old = this.#reading.get(urn);
    if (old === undefined) return;
    this.#reading.delete(urn);
    const isGone = op === "delete" || !now;
    this.#onResource(
      isGone ? { outcome: "gone", old } : { outcome: "read", old, now: stateOf(now), isUpdate: op !== "same" },
    );
  }

  #understood(step: unknown): z.infer<typeof metadata> | undefined {
    const parsed = metadata.safeParse(step);
    if (!parsed.success) this.isUnreadable = true;
    return parsed.data;
  }
}

function stateOf({ urn, type, id, inputs, outputs }: z.infer<typeof resourceState>): ResourceState {
  return { urn, type, id, inputs: inputs ?? {}, outputs: outputs ?? {} };
}
