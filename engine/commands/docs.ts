import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { madePages } from "../../docs/pages.ts";

// `npm run docs`: writes the pages that are made from tables in the code.
for (const [path, text] of Object.entries(madePages()))
  await writeFile(join(import.meta.dirname, "..", "..", path), text);
