/**
 * One resource of a stack, taken through the steps that the engine takes (measured on 3.259), without an engine: check,
 * diff, create, update, read, delete, with what it keeps and what it forgets in between. The provider is either our
 * functions or the real plugin process.
 */
import { isDeepStrictEqual } from "node:util";

export type Properties = Record<string, unknown>;

export interface Provider {
  /** A new operation: the engine starts the plugin's process anew for each. */
  begin?(): void;
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ changes?: boolean; replaces?: string[] }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

export interface Resource {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly initErrors: readonly string[];
}

/** What a preview shows: the operation, and the properties that the engine names. */
export interface Preview {
  readonly op: "create" | "update" | "replace" | "same";
  readonly properties: readonly string[];
}

export class CheckError extends Error {
  override readonly name = "CheckError";
}

export class EngineDouble {
  readonly #provider: Provider;
  resource: Resource | undefined;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  get outputs(): Properties {
    if (this.resource === undefined) throw new Error("the stack has no resource");
    return this.resource.outputs;
  }

  /** `pulumi preview`: calls check and diff, never Graph. */
  async preview(program: Properties): Promise<Preview> {
    const inputs = await this.#checked(program);
    if (this.resource === undefined) return { op: "create", properties: [] };
    const { id, outputs, inputs: oldInputs, initErrors } = this.resource;
    const { changes, replaces = [] } = await this.#provider.diff(id, outputs, inputs);
    if (replaces.length > 0) return { op: "replace", properties: replaces };
    const changed = changedKeys(oldInputs, inputs);
    // With DIFF_UNKNOWN the engine compares the inputs itself, and no difference there is none at all.
    const differs = changes ?? changed.length > 0;
    if (!differs) return { op: initErrors.length > 0 ? "update" : "same", properties: [] };
    return { op: "update", properties: changes === undefined ? changed : [] };
  }

  /** `pulumi up` with `options: refresh: always`. */
  async up(program: Properties): Promise<Preview> {
    await this.refresh();
    return this.#apply(program);
  }

  async upWithoutRefresh(program: Properties): Promise<Preview> {
    this.#provider.begin?.();
    return this.#apply(program);
  }

  async #apply(program: Properties): Promise<Preview> {
    const preview = await this.preview(program);
    const inputs = await this.#checked(program);
    if (preview.op === "create") {
      const { id, outs } = await this.#keepingPartial(inputs, () => this.#provider.create(inputs));
      this.resource = { id, inputs, outputs: outs, initErrors: [] };
    } else if (preview.op === "replace") {
      const old = this.resource as Resource;
      this.resource = undefined;
      const { id, outs } = await this.#keepingPartial(inputs, () => this.#provider.create(inputs));
      this.resource = { id, inputs, outputs: outs, initErrors: [] };
      await this.#provider.delete(old.id, old.outputs);
    } else if (preview.op === "update") {
      const { id, outputs } = this.resource as Resource;
      const { outs } = await this.#keepingPartial(inputs, () => this.#provider.update(id, outputs, inputs));
      this.resource = { id, inputs, outputs: outs, initErrors: [] };
    } else {
      // The engine keeps the old outputs and takes the new inputs.
      this.resource = { ...(this.resource as Resource), inputs };
    }
    return preview;
  }

  /** `pulumi refresh`. True when the engine would show a change: diff is asked with the old inputs as the news. */
  async refresh(): Promise<boolean> {
    this.#provider.begin?.();
    if (this.resource === undefined) return false;
    const { id, inputs, outputs } = this.resource;
    const read = await this.#provider.read(id, outputs);
    if (!read.id || read.props === undefined) {
      this.resource = undefined;
      return true;
    }
    const { changes } = await this.#provider.diff(read.id, read.props, inputs);
    const refreshed = { id: read.id, inputs: read.inputs ?? inputs, outputs: read.props, initErrors: [] };
    this.resource = refreshed;
    return changes ?? changedKeys(inputs, refreshed.inputs).length > 0;
  }

  async destroy(): Promise<void> {
    await this.refresh();
    if (this.resource !== undefined) await this.#provider.delete(this.resource.id, this.resource.outputs);
    this.resource = undefined;
  }

  async #checked(program: Properties): Promise<Properties> {
    const { inputs, failures } = await this.#provider.check(this.resource?.inputs ?? {}, { ...program });
    if (failures.length > 0)
      throw new CheckError(failures.map(({ property, reason }) => `${property} ${reason}`).join("\n"));
    return inputs;
  }

  /** A failure with an id is kept in the state with what it achieved; the engine comes back to it. */
  async #keepingPartial<T>(inputs: Properties, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      const partial = error as { id?: string; properties?: Properties; reasons?: string[] };
      if (partial.id !== undefined && partial.properties !== undefined) {
        this.resource = { id: partial.id, inputs, outputs: partial.properties, initErrors: partial.reasons ?? [] };
      }
      throw error;
    }
  }
}

function changedKeys(olds: Properties, news: Properties): string[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  keys.delete("__provider");
  return [...keys].filter((key) => !isDeepStrictEqual(olds[key], news[key])).toSorted();
}
