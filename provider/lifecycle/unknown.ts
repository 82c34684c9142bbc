/**
 * Values that are not known yet: in a preview an output of another resource arrives as this text. A check lets it
 * through untouched, and nothing compares or normalises it.
 * Source: `pulumi.runtime.unknownValue`, part of the engine's protocol; measured to reach dynamic providers.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** True when the value or anything inside it is not known yet. */
export function holdsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}
