/**
 * Outputs that older versions wrote, taken to the form of this one. One step a version, never changed once released:
 * stacks stay in their form for years. test/frozen holds one of each version.
 */

/** Raise it with every change that an older reader would misread, and append a step. */
export const SCHEMA_VERSION = 2;

type Outputs = Readonly<Record<string, unknown>>;

/** The step from version n to n + 1 stands at n - 1. */
const STEPS: readonly ((outputs: Outputs) => Outputs)[] = [
  // 2 knows which Graph a number was read from. Where nobody noted it, the next read does.
  (outputs) => outputs,
];

/** What is not a version of ours is left to the reader, who refuses what it cannot read. */
export function migrated(outputs: Outputs): Outputs {
  const { schemaVersion: from } = outputs;
  if (typeof from !== "number" || !Number.isInteger(from) || from < 1) return outputs;
  return STEPS.slice(from - 1).reduce((older, step) => step(older), outputs);
}
