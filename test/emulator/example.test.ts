import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runExample } from "../support/example.ts";

const COMMAND = "vitest run --root examples/emulator-tests";

test("the example's tests pass", { timeout: 60_000 }, async () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/emulator.md"), "utf8");
  expect(page).toContain(`npx ${COMMAND}`);
  expect(await runExample(COMMAND)).toEqual({ exitCode: 0, passed: 8, failures: [] });
});
