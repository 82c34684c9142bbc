import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FUNCTIONS_ONLY } from "../support/both-runs.ts";

test("three files of test/lifecycle, and no more, are left out of the run through the plugin", () => {
  const files = Object.keys(FUNCTIONS_ONLY);
  expect(files).toHaveLength(3);
  for (const file of files) expect(existsSync(join(import.meta.dirname, "../lifecycle", file)), file).toBe(true);
});
