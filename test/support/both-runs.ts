/**
 * The tests of test/lifecycle run twice: with our functions, and once more through the real plugin process (the vitest
 * project `plugin`). Here is what cannot, and the reporter that counts both runs: a test that runs only with our
 * functions and is not listed fails the command.
 */
import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

const FOLDER = "test/lifecycle/";

/** By file under test/lifecycle, each with the reason. test/plugin/both-runs.test.ts holds how many they are. */
export const FUNCTIONS_ONLY: Readonly<Record<string, string>> = {
  "convergence.test.ts": "a referee stands between our client and the wire",
  "transport.test.ts": "asks our transport alone, without a provider",
  "wait-clock.test.ts": "moves the clock while a wait is on, which the plugin process sees too late",
};

type Counted = Map<string, ReadonlySet<string>>;

export class BothRuns implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const functions = ranIn("lifecycle", modules);
    const plugin = ranIn("plugin", modules);
    if (functions.size === 0 || plugin.size === 0) return;
    const missing = [...functions].flatMap(([file, tests]) =>
      file in FUNCTIONS_ONLY
        ? []
        : [...tests].filter((test) => !plugin.get(file)?.has(test)).map((test) => [file, test]),
    );
    process.stdout.write(
      `test/lifecycle: ${sum(functions)} tests with our functions, ${sum(plugin)} through the plugin\n`,
    );
    for (const [file, reason] of Object.entries(FUNCTIONS_ONLY)) {
      const tests = functions.get(file);
      if (tests !== undefined) process.stdout.write(`  ${tests.size} of ${file} not: ${reason}\n`);
    }
    for (const [file, test] of missing) process.stdout.write(`  FAILED: not through the plugin: ${file} > ${test}\n`);
    if (missing.length > 0) process.exitCode = 1;
  }
}

/** By file, the tests that were not skipped. */
function ranIn(project: string, modules: readonly TestModule[]): Counted {
  const ran: Counted = new Map();
  for (const module of modules) {
    const file = relative(module.project.config.root, module.moduleId).replaceAll("\\", "/");
    if (module.project.name !== project || !file.startsWith(FOLDER)) continue;
    const tests = [...module.children.allTests()].filter((test) => test.result().state !== "skipped");
    ran.set(file.slice(FOLDER.length), new Set(tests.map((test) => test.fullName)));
  }
  return ran;
}

function sum(counted: Counted): number {
  return [...counted.values()].reduce((total, tests) => total + tests.size, 0);
}
