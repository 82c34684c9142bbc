/** The page that the step summary and the issue share: sections of entries, as much of it as the receiver takes. */

import { count } from "../../count.ts";
import type { Finding, Report } from "../report.ts";
import { fill, type Kind, LEFT_OUT_ROOM, type Limit, type Piece, type Section } from "./fit.ts";
import { code, commandBlock, prose } from "./markdown-text.ts";
import { type Change, called, history, outline, type Place, spread } from "./outline.ts";
import { headline, summary } from "./summary.ts";
import { command, day, message, moment, sentence, some, stackName, subject, values } from "./wording.ts";

/** How many of the numbers of one line are named. */
const NAMED_MAX = 8;
/** How many of a stack's errors are shown. */
const ERRORS_MAX = 5;

export interface PageOptions {
  /** The first lines, as markdown. */
  readonly top: string;
  /** What a bullet begins with. */
  readonly bullet: (finding: Finding) => string;
  readonly limit: Limit<string>;
}

export function markdownPage(report: Report, { top, bullet, limit }: PageOptions): string {
  const start = `${top}${prose(sentence(report.verdict))}\n\n${summary(report).map(prose).join(" · ")}\n`;
  const { contents, leftOut } = fill(
    [...pieces(report, bullet)],
    [{ ...limit, max: limit.max - limit.size(start) - LEFT_OUT_ROOM }],
  );
  const end =
    leftOut === undefined ? "" : `\n**Left out here, for lack of room: ${leftOut}.** The JSON report has all.\n`;
  return `${start}${contents.join("")}${end}`;
}

function* pieces(report: Report, bullet: PageOptions["bullet"]): Generator<Piece<string>> {
  const { failed, groups, acknowledged, unchecked, resolved } = outline(report);
  const failures = heading("Could not be told");
  for (const stack of failed) {
    const shown = stack.errors.slice(0, ERRORS_MAX).map((error) => `  - ${prose(sentence(error))}\n`);
    const more = stack.errors.length - shown.length;
    const rest = more > 0 ? `  - and ${count(more, "more error")}\n` : "";
    yield {
      kind: "failure",
      count: 1,
      section: failures,
      content: `- ${code(stackName(stack))}\n${shown.join("")}${rest}`,
    };
  }
  for (const group of groups) {
    const { stack, changes } = group;
    const as = stack?.recordedAt === undefined ? "" : `Old values are as of ${moment(stack.recordedAt)}.\n\n`;
    const section = heading(group.stack === undefined ? group.title : code(stackName(group.stack)), as);
    for (const change of changes) yield { ...entry(change, bullet(change.finding)), section };
  }
  yield* places("resolved", heading(`Resolved (${resolved.length})`), resolved);
  yield* places("acknowledged", heading(`Expected, by waba-drift.yaml (${acknowledged.length})`), acknowledged);
  yield* places("unchecked", heading(`Known, but not checked this time (${unchecked.length})`), unchecked);
}

function heading(text: string, below = ""): Section<string> {
  return { head: `\n### ${text}\n\n${below}` };
}

function entry(change: Change, bullet: string): Piece<string> {
  const { finding, places } = change;
  const said = [`**${finding.class}**`, who(change), what(finding), since(change)].filter((part) => part !== "");
  const next = finding.nextAction === undefined ? "" : ` **Next:** ${prose(sentence(finding.nextAction))}`;
  const deadline = finding.deadline === undefined ? "" : ` **Until:** ${moment(finding.deadline)}.`;
  return {
    kind: "change",
    count: places.length,
    content: `${bullet}${said.join(" · ")}\\\n  ${prose(message(finding, places))}${next}${deadline}\n${heal(change)}`,
  };
}

function who(change: Change): string {
  const { finding, places: found } = change;
  if (found.length === 1) return subject(finding).map(code).join(" ");
  const names = found.map((place) => code(called(place)));
  return `${spread(change)} (${some(names, NAMED_MAX)})`;
}

function what(finding: Finding): string {
  const said = values(finding);
  if (said === undefined) return "";
  if (said.old === undefined || said.new === undefined) return code(said.property);
  return `${code(said.property)}: ${code(said.old)} → ${code(said.new)}`;
}

function since(change: Change): string {
  const { fresh, since: first } = history(change);
  const ongoing = first === undefined ? "" : `since ${day(first)}`;
  if (fresh === 0) return ongoing;
  const news = change.places.length === 1 ? "new" : `${fresh.toLocaleString("en-US")} new`;
  return ongoing === "" ? news : `${news}, others ${ongoing}`;
}

/** One command for each that differs, as many as are named. */
function heal({ places: found }: Change): string {
  const commands = [...new Set(found.flatMap(({ finding }) => finding.heal ?? []))];
  if (commands.length === 0) return "";
  const shown = commands.slice(0, NAMED_MAX).flatMap((text) => command(text) ?? []);
  const more = commands.length - shown.length;
  const rest = more > 0 ? `  ${count(more, "more command")} to heal: see the JSON report.\n` : "";
  return `${shown.length > 0 ? `\n${commandBlock(shown.join("\n  "), "  ")}` : ""}${rest}`;
}

function* places(kind: Kind, section: Section<string>, found: readonly Place[]): Generator<Piece<string>> {
  for (const { stack, finding } of found) {
    const said = [code(stackName(stack)), subject(finding).map(code).join(" "), what(finding)];
    const why = finding.acknowledged;
    const reason = why === undefined ? "" : ` · ${prose(sentence(why.reason))} (until ${day(why.until)})`;
    const text = what(finding) === "" ? ` · ${prose(message(finding))}` : "";
    yield {
      kind,
      count: 1,
      section,
      content: `- ${said.filter((part) => part !== "").join(" · ")}${text}${reason}\n`,
    };
  }
}

/** The title of a report. */
export function title(report: Report): string {
  return prose(headline(report));
}
