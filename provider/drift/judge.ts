/**
 * What a run comes to: its exit code, why, and its sums. 0 nothing to report in the classes of --fail-on, 2 something, 1 it
 * could not be told; a run that checked nothing is never green. Pure.
 */
import { fails } from "./fail-on.ts";
import { FINDING_CLASSES, type Finding, type Report, type StackReport } from "./report.ts";

export const FAIL_ON_WORDS: readonly string[] = [...FINDING_CLASSES, "any", "none", "new"];

export function judged(
  stacks: readonly StackReport[],
  failOn: readonly string[],
): Pick<Report, "exitCode" | "verdict"> {
  const undecided = stacks.filter(({ errors }) => errors.length > 0).length;
  const findings = stacks.flatMap((stack) => stack.findings);
  const failing = findings.filter((finding) => fails(finding, failOn)).length;
  const found = `${failing} ${failing === 1 ? "finding" : "findings"} in ${failOn.join(", ")}`;
  if (undecided > 0) {
    const told = failing > 0 ? `; ${found} of what was checked` : "";
    return {
      exitCode: 1,
      verdict: `It could not be told for ${undecided} of ${counted(stacks.length, "stack")}${told}.`,
    };
  }
  if (failing > 0) return { exitCode: 2, verdict: `There are ${found}.`.replace("There are 1 ", "There is 1 ") };
  const checked = stacks.flatMap(({ resources }) => resources).filter(({ outcome }) => outcome !== "failed").length;
  if (checked === 0) return { exitCode: 1, verdict: `Nothing was checked: ${whyNothing(stacks)}.` };
  return {
    exitCode: 0,
    verdict: `There is nothing to report in ${failOn.join(", ")} of ${counted(checked, "resource")}.`,
  };
}

function whyNothing(stacks: readonly StackReport[]): string {
  if (stacks.length === 0) return "no stack was selected";
  const resources = stacks.flatMap((stack) => stack.resources).length;
  return resources === 0 ? "no resource of pulumi-waba is in these stacks" : "no resource could be read";
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param hasMemory whether there was a report of --previous */
export function summed(stacks: readonly StackReport[], calls: number, hasMemory: boolean): Report["summary"] {
  const findings = stacks.flatMap((stack) => stack.findings);
  const counting = findings.filter(({ acknowledged }) => acknowledged === undefined);
  const of = (kind: Finding["class"]) => counting.filter((finding) => finding.class === kind).length;
  const resources = stacks.flatMap((stack) => stack.resources);
  return {
    stacks: stacks.length,
    stacksFailed: stacks.filter(({ outcome }) => outcome === "failed").length,
    resources: resources.length,
    resourcesFailed: resources.filter(({ outcome }) => outcome === "failed").length,
    findings: {
      drift: of("drift"),
      action: of("action"),
      access: of("access"),
      pending: of("pending"),
      noise: of("noise"),
    },
    ...(hasMemory
      ? {
          new: counting.filter(({ memory }) => memory === "new").length,
          resolved: stacks.flatMap((stack) => stack.resolved).length,
        }
      : {}),
    acknowledged: findings.length - counting.length,
    calls,
  };
}
