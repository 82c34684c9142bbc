/** The part of the page that says where the fleet stands: deadlines on a time line, numbers by phase, stacks. */

import { count } from "../../count.ts";
import { PHASES } from "../../lifecycle/phases.ts";
import { distance } from "../../time-text.ts";
import { fails } from "../fail-on.ts";
import type { CheckedResource, Report, StackReport } from "../report.ts";
import { bdi } from "./html-changes.ts";
import { html, type Markup } from "./html-text.ts";
import { moment, name, resourceName, stackName } from "./wording.ts";

/** Of each list. */
export const LISTED_MAX = 500;
/** Of the numbers of one phase. */
const NUMBERS_MAX = 100;

interface Deadline {
  readonly at: string;
  readonly what: string;
  readonly who: string;
}

export function deadlinesSection(report: Report): Markup {
  const all = deadlinesOf(report);
  const shown = all.slice(0, LISTED_MAX);
  const now = Date.parse(report.finishedAt);
  const end = Math.max(...shown.map(({ at }) => Date.parse(at)), now + 1);
  const start = Math.min(...shown.map(({ at }) => Date.parse(at)), now);
  const place = (time: number) => `${(((time - start) / (end - start)) * 96 + 2).toFixed(2)}%`;
  return html`<section aria-labelledby="deadlines">
<h2 id="deadlines">Deadlines</h2>
${
  all.length === 0
    ? html`<p>None.</p>`
    : html`<table role="table">
<caption>The soonest first, on a line from ${moment(new Date(start).toISOString())} to ${moment(new Date(end).toISOString())}; the stroke is the time of this report.</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Time</th><th scope="col" role="columnheader">What ends</th><th scope="col" role="columnheader" class="when">On the line</th></tr></thead>
<tbody role="rowgroup">
${shown.map(
  ({ at, what, who }) => html`<tr role="row">
<th scope="row" role="rowheader"><time datetime="${at}">${moment(at)}</time> <span class="soft">${distance(at, report.finishedAt)}</span></th>
<td role="cell">${bdi(name(what))}<br>${bdi(who)}</td>
<td role="cell">${line(place(now), place(Date.parse(at)), Date.parse(at) < now)}</td>
</tr>
`,
)}</tbody>
</table>`
}
${more(all.length, LISTED_MAX)}
</section>`;
}

/** Drawn of attributes alone: the page's policy takes no style beside its own. */
function line(now: string, at: string, over: boolean): Markup {
  return html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="track" width="100%" height="100%" rx="4"/><line class="tick" x1="${now}" x2="${now}" y1="0" y2="100%" stroke-width="2"/><circle class="${over ? "over" : "due"}" cx="${at}" cy="50%" r="5"/></svg>`;
}

function deadlinesOf({ stacks }: Report): Deadline[] {
  const all = stacks.flatMap((stack) => {
    const of = stack.resources.flatMap((resource) =>
      resource.deadlines.map(({ what, at }) => ({
        at,
        what,
        who: `${resourceName(resource).join(" ")} (${stackName(stack)})`,
        urn: resource.urn,
      })),
    );
    const known = new Set(of.map(({ urn, at }) => `${urn} ${Date.parse(at)}`));
    // A finding's deadline is most often its number's own.
    const more = stack.findings.flatMap(({ deadline, urn = "", number, name: called = "", property, message }) =>
      deadline === undefined || known.has(`${urn} ${Date.parse(deadline)}`)
        ? []
        : [{ at: deadline, what: property ?? message, who: `${name(number ?? called)} (${stackName(stack)})`, urn }],
    );
    return [...of, ...more];
  });
  return all.toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at));
}

export function phasesSection({ stacks }: Report): Markup {
  const numbers = stacks.flatMap((stack) => stack.resources.map((resource) => ({ stack, resource })));
  const phases = [...Map.groupBy(numbers, ({ resource }) => resource.phase ?? "not told")].toSorted(
    ([left], [right]) => rank(left) - rank(right),
  );
  return html`<section aria-labelledby="phases">
<h2 id="phases">The fleet by phase</h2>
<table role="table">
<caption>${count(numbers.length, "number")} in ${count(stacks.length, "stack")}.</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Phase</th><th scope="col" role="columnheader">Numbers</th><th scope="col" role="columnheader">Meaning</th></tr></thead>
<tbody role="rowgroup">
${phases.map(
  ([phase, those]) => html`<tr role="row">
<th scope="row" role="rowheader">${name(phase)}</th>
<td role="cell" data-label="Numbers">${those.length.toLocaleString("en-US")}${share(those.length, numbers.length)}</td>
<td role="cell">${meaning(phase)}
<details><summary>Which</summary><ul>${those.slice(0, NUMBERS_MAX).map(numberItem)}${those.length > NUMBERS_MAX ? html`<li class="cut">and ${(those.length - NUMBERS_MAX).toLocaleString("en-US")} more</li>` : undefined}</ul></details></td>
</tr>
`,
)}</tbody>
</table>
</section>`;
}

function share(part: number, whole: number): Markup {
  const width = `${((part / whole) * 100).toFixed(2)}%`;
  return html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="track" width="100%" height="100%" rx="4"/><rect class="fill" width="${width}" height="100%" rx="4"/></svg>`;
}

function numberItem({ stack, resource }: { readonly stack: StackReport; readonly resource: CheckedResource }): Markup {
  const { verifiedName, qualityRating, nextAction } = resource;
  const facts = [
    resourceName(resource).join(" "),
    verifiedName === undefined ? "" : `“${name(verifiedName)}”`,
    qualityRating === undefined ? "" : `quality ${name(qualityRating)}`,
    stackName(stack),
    nextAction === undefined ? "" : name(nextAction),
  ];
  return html`<li>${facts.filter((fact) => fact !== "").map((fact, index) => html`${index === 0 ? "" : " · "}${bdi(fact)}`)}</li>\n`;
}

export function stacksSection({ stacks, failOn }: Report): Markup {
  return html`<section aria-labelledby="stacks">
<h2 id="stacks">Stacks</h2>
<table role="table">
<caption>When each state was last written, and what was found since.</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Stack</th><th scope="col" role="columnheader">Outcome</th><th scope="col" role="columnheader">Numbers</th><th scope="col" role="columnheader">Findings</th><th scope="col" role="columnheader">Recorded</th></tr></thead>
<tbody role="rowgroup">
${stacks.slice(0, LISTED_MAX).map((stack) => {
  const { outcome, resources, findings, recordedAt } = stack;
  const counted = findings.filter((finding) => fails(finding, failOn)).length;
  return html`<tr role="row">
<th scope="row" role="rowheader">${bdi(stackName(stack))}</th>
<td role="cell" data-label="Outcome">${outcome === "failed" ? "could not be told" : "checked"}</td>
<td role="cell" data-label="Numbers">${resources.length.toLocaleString("en-US")}</td>
<td role="cell" data-label="Findings">${findings.length.toLocaleString("en-US")}${counted > 0 ? ` (${counted} fail)` : ""}</td>
<td role="cell" data-label="Recorded">${recordedAt === undefined ? "unknown" : moment(recordedAt)}</td>
</tr>
`;
})}</tbody>
</table>
${more(stacks.length, LISTED_MAX)}
</section>`;
}

function more(all: number, shown: number): Markup | undefined {
  return all > shown
    ? html`<p class="cut">And ${(all - shown).toLocaleString("en-US")} more: see the JSON report.</p>`
    : undefined;
}

/** In the order of the table of phases, which begins with what is worst. */
function rank(phase: string): number {
  const at = Object.keys(PHASES).indexOf(phase);
  return at === -1 ? Number.MAX_SAFE_INTEGER : at;
}

function meaning(phase: string): string {
  return Object.entries(PHASES).find(([known]) => known === phase)?.[1].meaning ?? "";
}
