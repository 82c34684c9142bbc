/** What an operation answers: plain JSON, where a member that is undefined is left out of the answer. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** More nesting than any call has, and far less than what overflows a recursive reader. */
const LEVELS_MAX = 20;

export function isTooDeep(value: unknown, levels = LEVELS_MAX): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
