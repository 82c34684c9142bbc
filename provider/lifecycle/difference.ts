/** What an `up` would change, as `diff` tells the engine. */
import { holdsUnknown } from "./unknown.ts";

export interface Difference {
  readonly changes?: boolean;
  readonly replaces?: string[];
}

export const NONE: Difference = { changes: false };
/** The engine compares the inputs itself, and names the property that differs. */
export const BY_INPUTS: Difference = {};

/** In a preview some args are not known yet: nothing is decided by them. */
export function someUnknown(news: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(news).some(([name, value]) => name !== "__provider" && holdsUnknown(value));
}
