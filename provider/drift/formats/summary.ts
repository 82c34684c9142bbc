/** A report in one line, and in a few facts. */

import { count } from "../../count.ts";
import { fails } from "../fail-on.ts";
import type { Report } from "../report.ts";
import { moment, name } from "./wording.ts";

/** In the words of the exit code: `2 findings`, `Nothing to report`, `Could not tell`. */
export function headline({ exitCode, stacks, failOn, summary }: Report): string {
  if (exitCode === 0) return `Nothing to report of ${count(summary.resources, "number")}`;
  const found = stacks.flatMap(({ findings }) => findings).filter((finding) => fails(finding, failOn)).length;
  const findings = count(found, "finding");
  if (exitCode === 2) return `${findings} in ${count(summary.stacks, "stack")}`;
  const undecided = stacks.filter(({ errors }) => errors.length > 0).length || summary.stacksFailed;
  const of = `could not tell for ${undecided} of ${count(summary.stacks, "stack")}`;
  return found === 0 ? of.replace("could", "Could") : `${findings}, and ${of}`;
}

/** What was checked, and by which rules. */
export function summary({ summary: sums, failOn, previousAt, finishedAt, tool }: Report): string[] {
  const failed = sums.resourcesFailed > 0 ? ` (${sums.resourcesFailed} could not be read)` : "";
  return [
    `${count(sums.resources, "number")} in ${count(sums.stacks, "stack")}${failed}`,
    Object.entries(sums.findings)
      .filter(([, amount]) => amount > 0)
      .map(([kind, amount]) => `${amount} ${kind}`)
      .join(", "),
    sums.new === undefined ? "" : `${sums.new} new`,
    sums.resolved === undefined ? "" : `${sums.resolved} resolved`,
    sums.acknowledged > 0 ? `${sums.acknowledged} expected` : "",
    `fails on ${failOn.map(name).join(", ")}`,
    `${count(sums.calls, "call")} to Graph`,
    previousAt === undefined ? "" : `compared with ${moment(previousAt)}`,
    `${moment(finishedAt)}, ${name(`${tool.name} ${tool.version}`)}`,
  ].filter((fact) => fact !== "");
}
