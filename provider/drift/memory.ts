/** What earlier reports knew: which findings are new, since when the others are known, and which are gone. Pure. */
import type { Finding, Report, StackReport } from "./report.ts";

interface Known {
  readonly finding: Finding;
  readonly since: string;
}

/** By project and stack, then by the finding's key. */
export type Memory = ReadonlyMap<string, ReadonlyMap<string, Known>>;

/** Of several reports, as of the shards of a fleet, all are remembered. What an earlier run could not tell stays known. */
export function memoryOf(reports: readonly Report[]): Memory {
  const memory = new Map<string, Map<string, Known>>();
  for (const { startedAt, stacks } of reports.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))) {
    for (const stack of stacks) {
      const known = [...stack.findings, ...stack.unchecked].map((finding): [string, Known] => [
        finding.key,
        { finding, since: finding.since ?? startedAt },
      ]);
      memory.set(placeOf(stack), new Map(known));
    }
  }
  return memory;
}

/** @param now when this run began: what is new is known since then */
export function remembered(report: StackReport, memory: Memory, now: string): StackReport {
  const known = memory.get(placeOf(report)) ?? new Map<string, Known>();
  const findings = report.findings.map((finding): Finding => {
    const before = known.get(finding.key);
    if (before === undefined) return { ...finding, memory: "new", since: now };
    // What was expected until now counts again: that is news.
    const isNews = before.finding.acknowledged !== undefined && finding.acknowledged === undefined;
    return { ...finding, memory: isNews ? "new" : "ongoing", since: before.since };
  });
  const present = new Set(findings.map(({ key }) => key));
  const gone = [...known.values()].filter(({ finding }) => !present.has(finding.key));
  const { true: told = [], false: untold = [] } = Object.groupBy(gone, ({ finding }) =>
    isToldAbout(finding, report) ? "true" : "false",
  );
  const asFinding = ({ finding, since }: Known): Finding => ({ ...finding, since });
  return { ...report, findings, resolved: told.map(asFinding), unchecked: untold.map(asFinding) };
}

/** Whether this run would have seen the finding, were it still so. */
function isToldAbout({ urn, credential, wabaId }: Finding, { outcome, errors, resources }: StackReport): boolean {
  if (outcome === "checked") return true;
  // Of a stack that the engine failed at, not all resources may be there.
  if (urn === undefined) {
    const meant = resources.filter(
      (resource) => resource.credential === credential && (wabaId === undefined || resource.wabaId === wabaId),
    );
    return meant.length > 0 && meant.every((resource) => resource.outcome !== "failed");
  }
  const resource = resources.find((one) => one.urn === urn);
  return resource === undefined ? errors.length === 0 : resource.outcome !== "failed";
}

function placeOf({ project, stack }: Pick<StackReport, "project" | "stack">): string {
  return JSON.stringify([project, stack]);
}
