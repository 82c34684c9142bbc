type WithoutUndefined<T> = { [K in keyof T]: WithoutUndefined<Exclude<T[K], undefined>> };

/** Drops keys without a value, at every depth: one `undefined` in a result fails the whole operation. */
export function withoutUndefined<T>(value: T): WithoutUndefined<T> {
  if (Array.isArray(value)) return value.map((item) => withoutUndefined(item)) as WithoutUndefined<T>;
  if (value === null || typeof value !== "object") return value as WithoutUndefined<T>;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)])) as WithoutUndefined<T>;
}
