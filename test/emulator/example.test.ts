/** The example runs by the command that its readers use, on the built package. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const COMMAND = "vitest run --root examples/emulator-tests";

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

test("the example's tests pass", { timeout: 60_000 }, async () => {
  expect(readFileSync(join(root, "docs/emulator.md"), "utf8")).toContain(`npx ${COMMAND}`);
  const folder = mkdtempSync(join(tmpdir(), "waba-example-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const output = join(folder, "report.json");
  // Without what this vitest tells its workers.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^VITEST|^TEST$|^NODE_ENV$/.test(name)),
  );
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, ...COMMAND.split(" ").slice(1), "--no-cache", "--reporter=json", `--outputFile=${output}`];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "ignore" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [code] = await once(child, "exit");
  const { numPassedTests, testResults }: Report = JSON.parse(readFileSync(output, "utf8"));
  const failures = testResults.flatMap(({ message, assertionResults }) => [
    message,
    ...assertionResults.flatMap(({ failureMessages }) => failureMessages),
  ]);
  expect(failures.filter(Boolean)).toEqual([]);
  expect([code, numPassedTests]).toEqual([0, 8]);
});
