import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runExample } from "../support/example.ts";

const COMMAND = "vitest run --root examples/mocks-tests";

test("the example of tests with Pulumi's mocks passes", async () => {
  expect(readFileSync(join(import.meta.dirname, "../../README.md"), "utf8")).toContain(`npx ${COMMAND}`);
  expect(await runExample(COMMAND)).toEqual({ exitCode: 0, passed: 7, failures: [] });
});
