import { expect, test } from "vitest";
import { hash, installNeeded } from "../../../engine/bootstrap/packages.mjs";

const lock = lockOf({ "": {}, "node_modules/a": { version: "1.0.0", integrity: "i" } });
const stamp = hash(lock);

function lockOf(packages: object): string {
  return JSON.stringify({ lockfileVersion: 3, packages });
}

test("packages that the stamp knows are not looked at again", () => {
  expect(installNeeded({ stamp, lock, installed: "{}" })).toBe(false);
});

test("an install that did not reach its end is done again, whatever the stamp says", () => {
  expect(installNeeded({ stamp, lock, installed: undefined })).toBe(true);
  expect(installNeeded({ stamp: undefined, lock, installed: "{ broken" })).toBe(true);
});

test("what somebody installed by hand is left alone when it is what the lock file says", () => {
  const installed = lockOf({ "node_modules/a": { version: "1.0.0", integrity: "i" } });
  expect(installNeeded({ stamp: undefined, lock, installed })).toBe(false);
});

test.each([
  ["another version", { "node_modules/a": { version: "1.0.1", integrity: "i" } }],
  ["other contents", { "node_modules/a": { version: "1.0.0", integrity: "j" } }],
  ["a package less", {}],
])("%s than the lock file says is installed anew", (_title, packages) => {
  expect(installNeeded({ stamp: "old", lock, installed: lockOf(packages) })).toBe(true);
});

test("packages of other platforms may be missing", () => {
  const optional = lockOf({ "": {}, "node_modules/mac-only": { version: "1.0.0", optional: true, os: ["darwin"] } });
  expect(installNeeded({ stamp: undefined, lock: optional, installed: lockOf({}) })).toBe(false);
});
