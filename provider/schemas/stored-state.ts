/** How old outputs become a state: of which version they are, brought up to this one, and checked part by part. */
import { z } from "zod";

/** A state that cannot be made sense of: written by a newer version, or by hand. */
export class StateError extends Error {
  override readonly name = "StateError";
}

export type Outputs = Readonly<Record<string, unknown>>;

/** The step from version n to n + 1 stands at n - 1; what is released is never changed. */
export type Migrations = readonly ((outputs: Outputs) => Outputs)[];

/** Which version outputs are of that are written now. */
export function versionAfter(migrations: Migrations): number {
  return migrations.length + 1;
}

/** What is not a version of ours is left to the reader, who refuses what it cannot read. */
export function migratedBy(migrations: Migrations, outputs: Outputs): Outputs {
  const { schemaVersion: from } = outputs;
  if (typeof from !== "number" || !Number.isInteger(from) || from < 1) return outputs;
  return migrations.slice(from - 1).reduce((older, step) => step(older), outputs);
}

type Parts<Schemas extends Readonly<Record<string, z.ZodType>>> = { [Part in keyof Schemas]: z.infer<Schemas[Part]> };

/**
 * The parts of a state that outputs hold.
 * @param who as "number 1972385232742141"
 * @throws StateError when a newer version wrote them, or we did not
 */
export function storedParts<const Schemas extends Readonly<Record<string, z.ZodType>>>(
  who: string,
  stored: Outputs,
  migrations: Migrations,
  schemas: Schemas,
): Parts<Schemas> {
  const version = stored.schemaVersion;
  const current = versionAfter(migrations);
  if (typeof version === "number" && version > current) {
    throw new StateError(
      `The state of ${who} was written by a newer pulumi-waba (state version ${version}, this one reads up to ` +
        `${current}). Install the newer version: npm install pulumi-waba@latest`,
    );
  }
  const outputs = migratedBy(migrations, stored);
  const parts = Object.entries(schemas).map(([part, schema]) => {
    const parsed = schema.safeParse(outputs);
    if (parsed.success) return [part, parsed.data] as const;
    const where = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
    throw new StateError(
      `The state of ${who} is not one that pulumi-waba wrote (${where}). Restore it from an earlier checkpoint: ` +
        "pulumi stack history",
    );
  });
  return Object.fromEntries(parts) as Parts<Schemas>;
}

/** What a stack holds of a resource. */
export interface StoredState<Observed, Ledger, Echo> {
  /** Graph's id, or a path of Graph's that identity.ts of its class in lifecycle/ makes. */
  id: string;
  /** What Graph says. */
  observed: Observed;
  /** What Graph does not remember. */
  ledger: Ledger;
  /** The args as far as they were achieved. */
  echo: Echo;
  /** The Graph that it was read from. */
  baseUrl: string;
}

const others = z.object({ baseUrl: z.string() });

/**
 * Reads the state that old outputs describe.
 * @param kind as "business profile"
 */
export function stateReader<Observed, Ledger, Echo>(
  kind: string,
  migrations: Migrations,
  schemas: { observed: z.ZodType<Observed>; ledger: z.ZodType<Ledger>; echo: z.ZodType<Echo> },
): (id: string, stored: Outputs) => StoredState<Observed, Ledger, Echo> {
  return (id, stored) => {
    const { others: rest, ...parts } = storedParts(`${kind} ${id}`, stored, migrations, { ...schemas, others });
    return { id, ...parts, ...rest };
  };
}

/** What `read` makes of the outputs; undefined where the stack only reads the resource, or another version wrote them. */
export function ownState<State>(
  read: (id: string, stored: Outputs) => State,
  id: string,
  outputs: Outputs | undefined,
): State | undefined {
  if (outputs?.schemaVersion === undefined) return undefined;
  try {
    return read(id, outputs);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return undefined;
  }
}
