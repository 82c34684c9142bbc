import { expect, test } from "vitest";
import { withMain } from "../../../engine/project.ts";

test.each([
  ["name: a\nmain: examples/quickstart/index.ts\nruntime: nodejs\n", "main: program/examples/quickstart/index.ts"],
  ['main: "src/"\nname: a\n', "main: program/src/"],
  ["main: 'src' # here\n", "main: program/src"],
  ["name: a\n", "main: program"],
  ["main:\nname: a\n", "main: program"],
  ["name: a\nconfig:\n  main: x\n", "main: program"],
])("%j runs the linked program", (text, line) => {
  const lines = withMain(text).split("\n");
  expect(lines.filter((one) => one.startsWith("main:"))).toEqual([line]);
  expect(
    lines
      .filter((one) => !one.startsWith("main:"))
      .join("\n")
      .trim(),
  ).toBe(text.replace(/^main:.*\n/m, "").trim());
});
