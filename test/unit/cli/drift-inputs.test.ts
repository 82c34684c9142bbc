import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readExpected } from "../../../provider/cli/drift-inputs.ts";

/** Two projects, each with a waba-drift.yaml, and one without. */
function projects() {
  const root = mkdtempSync(join(tmpdir(), "pulumi-waba-test-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [a, b, none] = ["a", "b", "none"].map((name) => join(root, name)) as [string, string, string];
  for (const folder of [a, b, none]) mkdirSync(folder);
  const entry = (reason: string) => `expected: [{ stack: prod, reason: ${reason}, until: 2999-01-01 }]\n`;
  writeFileSync(join(a, "waba-drift.yaml"), `${entry("a")}classes: { messagingLimit: action }\n`);
  writeFileSync(join(b, "waba-drift.yaml"), entry("b"));
  return { a, b, none };
}

test("each project's own file counts for its stacks, and for no other's", () => {
  const { a, b, none } = projects();
  const expectedOf = readExpected(undefined, [a, b, none]);
  expect([a, b, none].map((folder) => expectedOf(folder).expected.map(({ reason }) => reason))).toEqual([
    ["a"],
    ["b"],
    [],
  ]);
  expect([a, b].map((folder) => expectedOf(folder).classes.size)).toEqual([1, 0]);
});

test("a file that is named counts for all, once", () => {
  const { a, b, none } = projects();
  const expectedOf = readExpected(join(b, "waba-drift.yaml"), [a, none]);
  expect(expectedOf(a)).toBe(expectedOf(none));
  expect(expectedOf(a).expected).toMatchObject([{ reason: "b" }]);
  expect(() => readExpected(join(none, "waba-drift.yaml"), [a])).toThrow(/there is no file/);
});
