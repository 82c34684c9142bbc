import { writeSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A vitest reporter that ends stdout with `tests: 123 passed, 0 failed, 0 skipped`, alone on its line. */
export class TestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally = count(modules, unhandled.length);
    // At exit, because other reporters and coverage print after this hook, and the line has to be the last one.
    process.once("exit", () => writeSync(1, `${tallyLine(tally)}\n`));
  }
}

export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

// A file that did not load, a hook that threw, an error that nobody caught: each has no test of its own and counts as one.
function count(modules: readonly TestModule[], unhandled: number): Tally {
  const tally: Tally = { passed: 0, failed: unhandled, skipped: 0 };
  for (const module of modules) {
    const failedBefore = tally.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") tally.passed++;
      else if (state === "failed") tally.failed++;
      else tally.skipped++;
    }
    if (!module.ok() && tally.failed === failedBefore) tally.failed++;
  }
  return tally;
}
