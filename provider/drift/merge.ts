/**
 * One report out of several, as of the shards of a fleet, or of some of their stacks. Of a stack that is in several, the
 * latest counts. The calls are those of the whole runs. Pure.
 */
import { judged, summed } from "./judge.ts";
import { REPORT_SCHEMA_VERSION, type Report, type StackReport } from "./report.ts";
import { matches } from "./selection.ts";

export interface MergeOptions {
  /** Names or patterns, of the stack or with its project before it; empty: all. */
  readonly stacks: readonly string[];
  /** Undefined: as the latest of the reports has it. */
  readonly failOn: readonly string[] | undefined;
}

/** @param reports at least one; undefined where no stack fits */
export function merged(reports: readonly Report[], { stacks: wanted, failOn }: MergeOptions): Report | undefined {
  const inTime = reports.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
  const [first] = inTime;
  const last = inTime.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const latest = new Map(inTime.flatMap(({ stacks }) => stacks.map((stack) => [placeOf(stack), stack] as const)));
  const all = [...latest.values()].toSorted((one, other) => placeOf(one).localeCompare(placeOf(other)));
  const stacks = all.filter((stack) => wanted.length === 0 || wanted.some((name) => isNamed(stack, name)));
  if (stacks.length === 0 && wanted.length > 0) return undefined;
  const classes = failOn ?? last.failOn;
  const calls = inTime.reduce((sum, { summary }) => sum + summary.calls, 0);
  const previousAt = inTime
    .flatMap((one) => one.previousAt ?? [])
    .toSorted()
    .at(-1);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: last.tool,
    startedAt: first.startedAt,
    finishedAt:
      inTime
        .map(({ finishedAt }) => finishedAt)
        .toSorted()
        .at(-1) ?? last.finishedAt,
    ...(previousAt === undefined ? {} : { previousAt }),
    ...judged(stacks, classes),
    failOn: [...classes],
    summary: summed(
      stacks,
      calls,
      inTime.some(({ summary }) => summary.new !== undefined),
    ),
    stacks,
  };
}

function placeOf({ project, stack }: Pick<StackReport, "project" | "stack">): string {
  return `${project}/${stack}`;
}

function isNamed(stack: StackReport, wanted: string): boolean {
  return matches(stack.stack, wanted) || matches(placeOf(stack), wanted);
}
