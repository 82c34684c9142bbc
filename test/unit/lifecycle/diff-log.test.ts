import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { comparisonsIn, logComparison } from "../../../provider/lifecycle/diff-log.ts";

test("a comparison is told by the names of what changed, never by values; the last of a resource counts", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-waba-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "diffs.jsonl");
  const old = { pin: "111111", webhook: { callbackUrl: "https://a", verifyToken: "one" }, register: true };
  logComparison(file, "1", old, { ...old, pin: "222222" });
  logComparison(file, "2", old, structuredClone(old));
  const webhook = { callbackUrl: "https://a", verifyToken: "two" };
  logComparison(file, "1", old, { pin: "111111", webhook, displayName: "New" });
  const text = readFileSync(file, "utf8");
  expect([...comparisonsIn(text)]).toEqual([
    ["1", ["webhook"]],
    ["2", []],
  ]);
  expect(text).not.toMatch(/111111|222222|two|New/);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(comparisonsIn("").size).toBe(0);
});
