import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { madePages } from "../../../docs/pages.ts";
import { phoneNumberInputs } from "../../../provider/schemas/phone-number-inputs.ts";

const ROOT = join(import.meta.dirname, "../../..");

test.each(Object.entries(madePages()))("%s is what the tables in the code say: npm run docs", async (path, text) => {
  expect(await readFile(join(ROOT, path), "utf8")).toBe(text);
});

test("the README names every argument", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  for (const argument of Object.keys(phoneNumberInputs.shape)) expect(readme).toContain(`\`${argument}\``);
});
