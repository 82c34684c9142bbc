import { expect, test } from "vitest";
import { NoEngineError } from "../../../engine/no-engine.ts";
import { unfit } from "../../../engine/path-engine.ts";
import { forcedOrigin, stepsFor } from "../../../engine/steps.ts";
import { needsEngine } from "../../../engine/test-projects.ts";

test("what is there comes before what is fetched, and what is fetched before what is built", () => {
  expect(stepsFor(undefined)).toEqual(["path", "cached installer", "cached go", "installer", "go"]);
});

test.each([
  ["path", ["path"]],
  ["installer", ["cached installer", "installer"]],
  ["go", ["cached go", "go"]],
] as const)("WABA_ENGINE=%s leaves out every other way", (value, steps) => {
  expect(stepsFor(forcedOrigin(value))).toEqual(steps);
});

test("an empty WABA_ENGINE forces nothing, an unknown one is refused by name", () => {
  expect(forcedOrigin("")).toBeUndefined();
  expect(() => forcedOrigin("brew")).toThrow('WABA_ENGINE is "brew"; it may be path, installer, go, or unset');
});

test.each([
  ["v3.259.0", true, undefined],
  ["v3.270.0", true, undefined],
  ["v3.258.0", true, "/opt/pulumi is v3.258.0, older than 3.259.0"],
  ["v3.270.0", false, "/opt/pulumi has no pulumi-language-nodejs beside it"],
  ["nonsense", true, '/opt/pulumi calls its version "nonsense"'],
])("a pulumi on the PATH that says %s (host beside it: %s)", (printed, hasHost, reason) => {
  expect(unfit("/opt/pulumi", printed, hasHost)).toBe(reason);
});

test("when nothing works the message names what was tried, why it failed, and what to install", () => {
  const error = new NoEngineError(
    [
      { step: "path", reason: "pulumi is not there" },
      { step: "installer", reason: "could not reach get.pulumi.com" },
      { step: "go", reason: "go build ended with exit code 1: first line\nsecond line" },
    ],
    { forced: undefined, minimumGo: "1.26" },
  );
  expect(error.message).toMatchInlineSnapshot(`
    "No Pulumi engine could be found, fetched or built. What was tried:
      on the PATH         pulumi is not there
      Pulumi's installer  could not reach get.pulumi.com
      built with Go       go build ended with exit code 1: first line
                          second line
    Install Pulumi 3.259.0 or newer (https://www.pulumi.com/docs/install/) or Go 1.26 or newer (https://go.dev/dl/), then run this again."
  `);
});

test.each([
  [[], true],
  [["--project", "unit"], false],
  [["--project=unit", "--project=emulator"], false],
  [["--project", "engine"], true],
  [["--project", "unit", "--project", "e2e"], true],
  [["--project", "!unit"], true],
  [["test/e2e/up.test.ts"], true],
])("vitest with %j needs an engine: %s", (args, expected) => {
  expect(needsEngine(args)).toBe(expected);
});
