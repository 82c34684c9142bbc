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

/** NUL characters, and halves of characters that no UTF-8 can carry. Not for what nests too deeply. */
export function hasBadText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasBadText);
  return Object.entries(value).some(([name, inner]) => hasBadText(name) || hasBadText(inner));
}

/** Graph decodes JSON inside text values. Only lists and objects: `123` and `true` may be names. */
export function textValue(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    const inner: unknown = JSON.parse(value);
    return isTooDeep(inner) ? value : inner;
  } catch {
    return value;
  }
}
