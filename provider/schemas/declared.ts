/** What a program declares, out of inputs as the engine keeps them. */
import type { z } from "zod";

/**
 * Inputs that `check` let through, with everything known and without Pulumi's own keys. What an older version let
 * through and this one refuses is taken as it is: a refresh and a destroy ask no `check`.
 */
export function declaredBy<Schema extends z.ZodType>(
  schema: Schema,
  { __provider: _text, ...inputs }: Readonly<Record<string, unknown>>,
): z.infer<Schema> {
  const { data } = schema.safeParse(inputs);
  return data ?? (inputs as z.infer<Schema>);
}
