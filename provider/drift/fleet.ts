/** Many stacks, a few at a time. One that fails hides no other. */
import type { StackReport } from "./report.ts";
import { type CheckedStack, INTERRUPTED, type StackTarget, uncheckedStack } from "./stack-check.ts";

export interface FleetOptions {
  readonly concurrency: number;
  readonly check: (target: StackTarget) => Promise<CheckedStack>;
  readonly onChecked?: (report: StackReport, done: number) => void;
  /** Stacks that have not begun then are left out, and told as interrupted. */
  readonly signal?: AbortSignal | undefined;
}

export interface CheckedFleet {
  /** In the order of the targets. */
  readonly reports: readonly StackReport[];
  readonly calls: number;
}

export async function checkFleet(targets: readonly StackTarget[], options: FleetOptions): Promise<CheckedFleet> {
  const { concurrency, check, onChecked, signal } = options;
  const reports: StackReport[] = [];
  let [next, done, calls] = [0, 0, 0];
  const work = async () => {
    for (let at = next++; at < targets.length; at = next++) {
      const target = targets[at];
      if (target === undefined) return;
      const checked = signal?.aborted === true ? interrupted(target) : await check(target).catch(failed(target));
      reports[at] = checked.report;
      calls += checked.calls;
      done += 1;
      onChecked?.(checked.report, done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, targets.length) }, work));
  return { reports, calls };
}

function interrupted(target: StackTarget): CheckedStack {
  return { report: uncheckedStack(target, INTERRUPTED), calls: 0 };
}

function failed(target: StackTarget): (error: unknown) => CheckedStack {
  return (error) => {
    const why = error instanceof Error ? error.message : String(error);
    return { report: uncheckedStack(target, why), calls: 0 };
  };
}
