import { expect, test } from "vitest";
import { atLeast, parseVersion, sameVersion } from "../../../engine/version.ts";

function newEnough(text: string, minimum: string): boolean | undefined {
  const [version, least] = [parseVersion(text), parseVersion(minimum)];
  return version && least ? atLeast(version, least) : undefined;
}

test.each([
  ["v3.259.0", "3.259.0", true],
  ["3.259.1", "3.259.0", true],
  ["3.260.0-alpha.1+dirty", "3.259.0", true],
  ["4.0.0", "3.259.0", true],
  ["3.258.9", "3.259.0", false],
  ["3.259.0-alpha.1", "3.259.0", false],
  ["v2.999.999", "3.259.0", false],
  ["go1.26.8", "1.26", true],
  ["go1.26", "1.26", true],
  ["go1.9.7", "1.26", false],
])("%s against a minimum of %s: %s", (text, minimum, expected) => {
  expect(newEnough(text, minimum)).toBe(expected);
});

test.each(["", "dev", "3", "pulumi 3.259.0", "3.259.x"])("%j is no version", (text) => {
  expect(parseVersion(text)).toBeUndefined();
});

test("a leading v makes no difference, a prerelease does", () => {
  expect(sameVersion("v3.259.0\n", "3.259.0")).toBe(true);
  expect(sameVersion("v3.259.0-dev", "3.259.0")).toBe(false);
  expect(sameVersion("3.259.1", "3.259.0")).toBe(false);
});
