/**
 * For people at a terminal: a table a stack, as wide as the terminal, and below it the commands to heal, each on a line of
 * its own so that it can be copied. Colour is an option: the caller knows whether a terminal reads it. Nothing is cut but
 * long texts.
 */
import { styleText } from "node:util";
import Table from "cli-table3";
import { visible } from "../../visible.ts";
import type { Finding, FindingClass, Report } from "../report.ts";
import { type Change, called, history, outline, type Place, spread } from "./outline.ts";
import { headline, summary } from "./summary.ts";
import { day, message, moment, sentence, some, stackName, subject, values } from "./wording.ts";

export interface TableOptions {
  readonly color: boolean;
  /** Of the terminal. */
  readonly columns: number;
}

type Style = Parameters<typeof styleText>[0];

/** Below this, columns of words would hold a word each: entries stand one under the other. */
const COLUMNS_MIN = 70;
const COLUMNS_MAX = 160;
/** How many of the numbers of one line are named. */
const NAMED_MAX = 5;
/** Borders and the room beside each cell. */
const FRAME = { cells: 4, width: 1 + 4 * 3 };

const COLOURS: Readonly<Record<FindingClass, Style>> = {
  drift: "red",
  action: "yellow",
  access: "magenta",
  pending: "cyan",
  noise: "dim",
};
const HEADLINES = { 0: ["✓", "green"], 1: ["!", "yellow"], 2: ["✗", "red"] } as const;

export function table(report: Report, options: TableOptions): string {
  const { failed, groups, resolved, acknowledged, unchecked } = outline(report);
  const paint = painter(options.color);
  const [sign, colour] = HEADLINES[report.exitCode];
  const parts = [
    `${paint(["bold", colour], `${sign} ${headline(report)}`)}\n${sentence(report.verdict)}\n${summary(report).join(" · ")}\n`,
    ...section(
      paint(["bold", "yellow"], "Could not be told"),
      failed.map((stack) => `${stackName(stack)}\n${stack.errors.map((error) => `  ${sentence(error)}\n`).join("")}`),
    ),
  ];
  for (const group of groups) {
    const { stack, changes } = group;
    const as = stack?.recordedAt === undefined ? "" : paint("dim", `  old values as of ${moment(stack.recordedAt)}`);
    const head = paint("bold", group.stack === undefined ? group.title : stackName(group.stack));
    parts.push(`${head}${as}\n${block(changes, options)}`);
  }
  parts.push(
    ...section(paint("bold", `Resolved (${resolved.length})`), resolved.map(placeLine)),
    ...section(paint("bold", `Expected, by waba-drift.yaml (${acknowledged.length})`), acknowledged.map(placeLine)),
    ...section(paint("bold", `Known, but not checked this time (${unchecked.length})`), unchecked.map(placeLine)),
  );
  return parts.join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}\n${lines.join("")}`];
}

function block(changes: readonly Change[], options: TableOptions): string {
  const commands = changes.flatMap(({ places }) => places.flatMap(({ finding }) => finding.heal ?? []));
  const heal = [...new Set(commands)].map((one) => `  ${painter(options.color)("dim", "heal:")} ${visible(one)}\n`);
  const shown = options.columns < COLUMNS_MIN ? listed(changes, options) : tabled(changes, options);
  return `${shown}${heal.join("")}`;
}

function tabled(changes: readonly Change[], { color, columns }: TableOptions): string {
  const room = Math.min(columns, COLUMNS_MAX) - FRAME.width;
  const kind = 7;
  const who = Math.floor((room - kind) * 0.24);
  const what = Math.floor((room - kind) * 0.34);
  const widths = [kind, who, what, room - kind - who - what];
  const drawn = new Table({
    head: ["class", "number", "what changed", "what to do"],
    colWidths: widths.map((width) => width + 2),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  const paint = painter(color);
  for (const change of changes) {
    const { finding } = change;
    const cells = [
      [finding.class],
      numbers(change),
      [...said(finding), since(change)].filter((line) => line !== ""),
      [message(finding, change.places), sentence(finding.nextAction ?? ""), deadline(finding)].filter(
        (line) => line !== "",
      ),
    ].map((lines, index) => lines.map((line) => breakable(line, widths[index] ?? 1)).join("\n"));
    drawn.push(cells.map((cell, index) => (index === 0 ? paint(COLOURS[finding.class], cell) : cell)));
  }
  return `${drawn.toString()}\n`;
}

function listed(changes: readonly Change[], { color }: TableOptions): string {
  const paint = painter(color);
  return changes
    .map((change) => {
      const { finding } = change;
      const head = [paint(COLOURS[finding.class], finding.class), numbers(change).join(" "), since(change)];
      const lines = [
        said(finding).join(" "),
        message(finding, change.places),
        sentence(finding.nextAction ?? ""),
        deadline(finding),
      ];
      return [
        head.filter((part) => part !== "").join(" · "),
        ...lines.filter((line) => line !== "").map((line) => `  ${line}`),
      ]
        .map((line) => `${line}\n`)
        .join("");
    })
    .join("");
}

function numbers(change: Change): readonly string[] {
  const { places, finding } = change;
  if (places.length === 1) return subject(finding);
  return [spread(change), some(places.map(called), NAMED_MAX)];
}

function said(finding: Finding): readonly string[] {
  const change = values(finding);
  if (change === undefined) return [];
  if (change.old === undefined) return [change.property];
  return [`${change.property}:`, `${change.old} → ${change.new}`];
}

function since(change: Change): string {
  const { fresh, since: first } = history(change);
  const parts = [
    fresh === 0 ? "" : change.places.length === 1 ? "new" : `${fresh} new`,
    first === undefined ? "" : `since ${day(first)}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function deadline(finding: Finding): string {
  return finding.deadline === undefined ? "" : `until ${moment(finding.deadline)}`;
}

function placeLine({ stack, finding }: Place): string {
  const why = finding.acknowledged;
  const parts = [
    stackName(stack),
    subject(finding).join(" "),
    said(finding).join(" ") || message(finding),
    why === undefined ? "" : `${sentence(why.reason)} (until ${day(why.until)})`,
  ];
  return `  ${parts.filter((part) => part !== "").join(" · ")}\n`;
}

/** A word longer than its column would be cut without a word, and wide characters take two columns. */
function breakable(text: string, width: number): string {
  return text
    .split(" ")
    .map((word) => {
      const step = /^[\x20-\x7e]*$/.test(word) ? width : Math.max(1, Math.floor(width / 2));
      return word.length <= step ? word : (word.match(new RegExp(`.{1,${step}}`, "gu")) ?? []).join("\n");
    })
    .join(" ");
}

/** Without a look at the process: the caller has decided. */
function painter(color: boolean): (style: Style, text: string) => string {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}
