import { expect, test } from "vitest";
import { parseArguments } from "../../../engine/host/arguments.ts";
import { outcome } from "../../../engine/host/child.ts";
import { nodeArguments, type Program, programEnvironment } from "../../../engine/host/command.ts";
import { parseOptions } from "../../../engine/host/options.ts";
import { describe as describePackage } from "../../../engine/host/packages.ts";
import { shellWords } from "../../../engine/host/shell-words.ts";

const program: Program = {
  monitor: "127.0.0.1:1",
  engine: "127.0.0.1:2",
  organization: "",
  project: "shop",
  stack: "dev",
  rootDirectory: "/shop",
  programDirectory: "/shop/app",
  entryPoint: "index.ts",
  args: ["extra"],
  dryRun: true,
  parallel: 4,
  tracing: undefined,
  config: { "shop:region": "eu", "old:config:key": "1" },
  configSecretKeys: ["shop:pin"],
};

test("flags of the engine stand before its address, with = or a space", () => {
  expect(parseArguments(["--logtostderr", "-v=9", "--tracing", "file:/t", "127.0.0.1:7"])).toEqual({
    engineAddress: "127.0.0.1:7",
    tracing: "file:/t",
    showVersion: false,
  });
  expect(parseArguments(["-tracing=x", "127.0.0.1:7"])).toMatchObject({ engineAddress: "127.0.0.1:7", tracing: "x" });
  expect(parseArguments(["--version"])).toMatchObject({ engineAddress: undefined, showVersion: true });
});

test("TypeScript through ts-node is on unless the options say otherwise, as in Pulumi's host", () => {
  expect(parseOptions({})).toEqual({ typescript: true, tsconfig: undefined, nodeargs: "", packagemanager: "auto" });
  expect(parseOptions({ typescript: false }).typescript).toBe(false);
});

test("a misspelt option is refused by name", () => {
  expect(() => parseOptions({ tpyescript: false, typescript: false })).toThrow('unknown runtime option "tpyescript"');
});

test.each([
  [{ typescript: "no" }, "typescript option must be a boolean"],
  [{ tsconfig: 1 }, "tsconfig option must be a string"],
  [{ nodeargs: [] }, "nodeargs option must be a string"],
  [{ packagemanager: "cargo" }, 'packagemanager option must be one of auto, npm, yarn, pnpm, bun, got "cargo"'],
])("%j is refused", (options, message) => {
  expect(() => parseOptions(options)).toThrow(message);
});

test.each([
  ["", []],
  ["  --import  tsx ", ["--import", "tsx"]],
  [`--title='a "b" c' "d\\"e" f\\ g`, ['--title=a "b" c', 'd"e', "f g"]],
  [`"" 'a\\n' "a\\n"`, ["", "a\\n", "a\\n"]],
])("nodeargs %j are split as a shell would", (line, words) => {
  expect(shellWords(line)).toEqual(words);
});

test("an open quote in nodeargs is an error", () => {
  expect(() => shellWords("--title='oops")).toThrow("a quote (') is not closed");
});

test("node gets its own flags, the SDK's runner, then what the runner wants; empty values are left out", () => {
  expect(nodeArguments(program, parseOptions({ nodeargs: "--inspect" }), "/sdk/run")).toEqual(
    `--inspect /sdk/run --monitor 127.0.0.1:1 --engine 127.0.0.1:2 --project shop --root-directory /shop --stack dev --pwd /shop/app --dry-run --parallel 4 index.ts extra`.split(
      " ",
    ),
  );
});

test("the program gets config under keys that old SDKs know too", () => {
  expect(programEnvironment(program, parseOptions({ tsconfig: "t.json" }))).toEqual({
    PULUMI_CONFIG: '{"shop:config:region":"eu","old:config:key":"1"}',
    PULUMI_CONFIG_SECRET_KEYS: '["shop:pin"]',
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_TSCONFIG_PATH: "t.json",
  });
  expect(programEnvironment(program, parseOptions({ typescript: false }))).not.toHaveProperty(
    "PULUMI_NODEJS_TYPESCRIPT",
  );
});

test.each([
  [0, null, { kind: "done" }],
  [32, null, { kind: "bail" }],
  [3, null, { kind: "failed", error: "Program exited with non-zero exit code: 3" }],
  [null, "SIGKILL", { kind: "failed", error: "Program was ended by SIGKILL" }],
] as const)("a program that ends with code %s and signal %s", (code, signal, expected) => {
  expect(outcome(code, signal)).toEqual(expected);
});

test("a package is a plugin if it says so and names it; @pulumi packages need no name", () => {
  expect(describePackage({ name: "@pulumi/aws", version: "7.1.0", pulumi: { resource: true } })?.plugin).toEqual({
    name: "aws",
    version: "v7.1.0",
    server: "",
  });
  expect(describePackage({ name: "x", version: "1.0.0", pulumi: { resource: true } })).not.toHaveProperty("plugin");
  expect(describePackage({ name: "x" })).toBeUndefined();
});
