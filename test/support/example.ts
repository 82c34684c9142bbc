/** An example's tests, run by the command that its readers use, on the built package. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

export interface ExampleRun {
  readonly exitCode: number | null;
  readonly passed: number;
  readonly failures: readonly string[];
}

/** @param command as the docs say it, without `npx` */
export async function runExample(command: string): Promise<ExampleRun> {
  const folder = mkdtempSync(join(tmpdir(), "waba-example-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const output = join(folder, "report.json");
  // Without what this vitest tells its workers.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^VITEST|^TEST$|^NODE_ENV$/.test(name)),
  );
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const args = [vitest, ...command.split(" ").slice(1), "--no-cache", "--reporter=json", `--outputFile=${output}`];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: "ignore" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  const { numPassedTests, testResults }: Report = JSON.parse(readFileSync(output, "utf8"));
  const failures = testResults.flatMap(({ message, assertionResults }) => [
    message,
    ...assertionResults.flatMap(({ failureMessages }) => failureMessages),
  ]);
  return { exitCode, passed: numPassedTests, failures: failures.filter(Boolean) };
}
