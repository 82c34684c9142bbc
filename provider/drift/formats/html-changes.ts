/** The part of the page that says what changed: what could not be told, the changes by stack, and what is not new. */

import { count } from "../../count.ts";
import { distance } from "../../time-text.ts";
import type { Report, StackReport } from "../report.ts";
import { fill, type Piece } from "./fit.ts";
import { html, type Markup } from "./html-text.ts";
import { type Change, type Group, history, type Outline, type Place, spread } from "./outline.ts";
import { command, day, message, moment, sentence, stackName, subject, values } from "./wording.ts";

/** A phone still scrolls through a page of this length: about 3 MB. */
export const ROWS_MAX = 2000;
/** Of the numbers and the commands of one line, and of the errors of one stack. */
const LISTED_MAX = 200;

export function changesSection({ failed, groups, resolved, acknowledged, unchecked }: Outline, report: Report): Markup {
  const rows = groups.flatMap((group) =>
    group.changes.map(
      (change): Piece<Row> => ({ kind: "change", count: change.places.length, content: { group, change } }),
    ),
  );
  const { contents, leftOut } = fill(rows, [{ max: ROWS_MAX, size: () => 1 }]);
  const shown = Map.groupBy(contents, ({ group }) => group);
  return html`${failed.length > 0 ? failures(failed) : undefined}
<section aria-labelledby="changes">
<h2 id="changes">What changed</h2>
${groups.length === 0 ? html`<p>Nothing that was checked.</p>` : undefined}
${[...shown].map(([group, those]) => groupTable(group, those, report))}
${leftOut === undefined ? undefined : html`<p class="cut">Left out here: ${leftOut}. The JSON report has all.</p>`}
</section>
${known("resolved", "Resolved", resolved)}
${known("acknowledged", "Expected, by waba-drift.yaml", acknowledged)}
${known("unchecked", "Known, but not checked this time", unchecked)}`;
}

interface Row {
  readonly group: Group;
  readonly change: Change;
}

function failures(failed: readonly StackReport[]): Markup {
  return html`<section aria-labelledby="failures">
<h2 id="failures">Could not be told</h2>
<ul>${listed(
    failed,
    (stack) => html`<li><b>${bdi(stackName(stack))}</b>
<ul>${listed(stack.errors, (error) => html`<li>${bdi(sentence(error))}</li>\n`)}</ul></li>\n`,
  )}</ul>
</section>`;
}

function groupTable(group: Group, rows: readonly Row[], report: Report): Markup {
  const { stack } = group;
  const as =
    stack?.recordedAt === undefined
      ? "Old values are as the state of each stack has them."
      : `Old values are as of ${moment(stack.recordedAt)}.`;
  return html`<h3>${group.stack === undefined ? group.title : bdi(stackName(group.stack))}</h3>
<table class="changes" role="table">
<caption>${as}</caption>
<colgroup><col class="who"><col class="what"><col></colgroup>
<thead role="rowgroup"><tr role="row">${["Number", "What changed", "What to do"].map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(({ change }) => changeRow(change, report))}</tbody>
</table>
`;
}

function changeRow(change: Change, { finishedAt }: Report): Markup {
  const { finding } = change;
  const { deadline, nextAction } = finding;
  return html`<tr role="row">
<th scope="row" role="rowheader">${who(change)}</th>
<td role="cell"><span class="kind ${finding.class}">${finding.class}</span> ${since(change)}${what(change)}</td>
<td role="cell"><p>${bdi(message(finding, change.places))}</p>
${nextAction === undefined ? undefined : html`<p><b>Next:</b> ${bdi(sentence(nextAction))}</p>`}
${deadline === undefined ? undefined : html`<p><b>Until:</b> <time datetime="${deadline}">${moment(deadline)}</time> (${distance(deadline, finishedAt)})</p>`}
${heal(change)}</td>
</tr>
`;
}

function who(change: Change): Markup {
  const { places } = change;
  const [{ finding }] = places;
  if (places.length === 1) return html`${subject(finding).map((part) => html`${bdi(part)}<br>`)}`;
  return html`<details><summary>${spread(change)}</summary>
<ul>${listed(places, (place) => html`<li>${bdi(subject(place.finding).join(" "))} (${bdi(stackName(place.stack))})</li>\n`)}</ul></details>`;
}

function what({ finding }: Change): Markup | undefined {
  const said = values(finding);
  if (said === undefined) return undefined;
  if (said.old === undefined || said.new === undefined) return html`<p><code>${bdi(said.property)}</code></p>`;
  return html`<p><code>${bdi(said.property)}</code>: <code>${bdi(said.old)}</code> → <code>${bdi(said.new)}</code></p>`;
}

function since(change: Change): Markup | undefined {
  const { fresh, since: first } = history(change);
  const parts = [
    fresh === 0 ? "" : change.places.length === 1 ? "new" : `${fresh.toLocaleString("en-US")} new`,
    first === undefined ? "" : `since ${day(first)}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? undefined : html`<span class="soft">${parts.join(", ")}</span>`;
}

function heal({ places }: Change): Markup | undefined {
  const commands = [...new Set(places.flatMap(({ finding }) => finding.heal ?? []))];
  if (commands.length === 0) return undefined;
  const shown = commands.slice(0, LISTED_MAX).flatMap((one) => command(one) ?? []);
  const more = commands.length - shown.length;
  const rest = more > 0 ? html`<p>${count(more, "more command")}: see the JSON report.</p>` : undefined;
  if (commands.length === 1) return html`${shown.map((one) => html`<pre><code>${one}</code></pre>`)}${rest}`;
  return html`<details><summary>${count(commands.length, "command")} to heal</summary>
<pre><code>${shown.join("\n")}</code></pre>${rest}</details>`;
}

function known(id: string, title: string, places: readonly Place[]): Markup | undefined {
  if (places.length === 0) return undefined;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title} (${places.length.toLocaleString("en-US")})</h2>
<ul>${listed(places, ({ stack, finding }) => {
    const why = finding.acknowledged;
    return html`<li>${bdi(stackName(stack))} · ${bdi(subject(finding).join(" "))} · ${bdi(message(finding))}${what({ finding, places: [{ stack, finding }], counts: false })}
${why === undefined ? undefined : html`<p class="soft">${bdi(sentence(why.reason))} (until ${day(why.until)})</p>`}</li>\n`;
  })}</ul>
</section>`;
}

/** As many as are shown, and how many more there are. */
function listed<Item>(items: readonly Item[], show: (item: Item) => Markup): Markup {
  const more = items.length - LISTED_MAX;
  return html`${items.slice(0, LISTED_MAX).map(show)}${more > 0 ? html`<li class="cut">and ${more.toLocaleString("en-US")} more</li>` : undefined}`;
}

/** A name in Hebrew or Arabic does not turn what stands beside it. */
export function bdi(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}
