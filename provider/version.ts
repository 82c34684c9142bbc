import { createRequire } from "node:module";
import { z } from "zod";

/** Of this package: by its name, since the source and what is built lie at different depths. */
export const version: string = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)("pulumi-waba/package.json")).version;
