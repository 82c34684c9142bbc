/**
 * A number's outputs that older versions wrote, taken to the form of this one. One step a version, never changed once
 * released: stacks stay in their form for years. test/frozen holds one of each version.
 */
import { type Migrations, versionAfter } from "./stored-state.ts";

/** Append a step with every change that an older reader would misread. */
export const MIGRATIONS: Migrations = [
  // 2 knows which Graph a number was read from. Where nobody noted it, the next read does.
  (outputs) => outputs,
];

export const SCHEMA_VERSION = versionAfter(MIGRATIONS);
