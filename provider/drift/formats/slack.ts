/**
 * A message for Slack (an incoming webhook or chat.postMessage takes it as it is). Foreign text stands in rich_text,
 * which Slack parses for nothing: no mention, no link, no markup. Limits: 50 blocks, 150 characters in a header, 3,000 in
 * a text (https://docs.slack.dev/reference/block-kit/blocks). The sum of all blocks has a limit that Slack does not
 * document; messages of 13,200 characters were refused (https://github.com/slackapi/bolt-js/issues/2509).
 */

import { count } from "../../count.ts";
import { cut } from "../../visible.ts";
import type { Report } from "../report.ts";
import { fill, LEFT_OUT_ROOM, type Piece } from "./fit.ts";
import { type Change, called, history, outline, spread } from "./outline.ts";
import { headline, summary } from "./summary.ts";
import { command, day, message, moment, sentence, some, stackName, subject, values } from "./wording.ts";

export const BLOCKS_MAX = 50;
export const HEADER_MAX = 150;
export const TEXT_MAX = 3000;
/** Of all blocks together, as JSON. */
export const MESSAGE_MAX = 12_000;
/** How many of the numbers of one line are named. */
const NAMED_MAX = 5;

const SIGNS = { 0: "✅", 1: "⚠️", 2: "❌" } as const;

interface Text {
  readonly type: "text";
  readonly text: string;
  readonly style?: { readonly bold?: true; readonly code?: true };
}

interface Section {
  readonly type: "rich_text_section" | "rich_text_preformatted";
  readonly elements: readonly Text[];
}

type Block =
  | { readonly type: "header"; readonly text: { readonly type: "plain_text"; readonly text: string } }
  | { readonly type: "divider" }
  | { readonly type: "rich_text"; readonly elements: readonly Section[] };

export function slack(report: Report): string {
  const title = `${SIGNS[report.exitCode]} WhatsApp numbers: ${headline(report)}`;
  const top: Block[] = [
    { type: "header", text: { type: "plain_text", text: cut(title, HEADER_MAX - 30) } },
    paragraph(text(sentence(report.verdict)), text(`\n${summary(report).join(" · ")}`)),
  ];
  const { contents, leftOut } = fill(pieces(report), [
    { max: BLOCKS_MAX - top.length - 1, size: () => 1 },
    { max: MESSAGE_MAX - size(top) - LEFT_OUT_ROOM, size },
  ]);
  const end = leftOut === undefined ? [] : [paragraph(bold("Left out here, for lack of room: "), text(`${leftOut}.`))];
  // The text is what notifications show, and the one part that Slack would parse.
  const shown = { text: plain(title), mrkdwn: false, unfurl_links: false, unfurl_media: false };
  return `${JSON.stringify({ ...shown, blocks: [...top, ...contents, ...end] }, undefined, 2)}\n`;
}

function pieces(report: Report): Piece<Block>[] {
  const { failed, groups, resolved, acknowledged, unchecked } = outline(report);
  const few = [
    [resolved, "resolved", "Resolved"],
    [acknowledged, "acknowledged", "Expected"],
    [unchecked, "unchecked", "Known, but not checked this time"],
  ] as const;
  return [
    ...failed.map((stack) => ({
      kind: "failure" as const,
      count: 1,
      content: paragraph(
        bold("Could not be told: "),
        code(stackName(stack)),
        text(`\n${some(stack.errors.map(sentence), 3)}`),
      ),
    })),
    ...groups.flatMap(({ changes }) =>
      changes.map((change) => ({ kind: "change" as const, count: change.places.length, content: entry(change) })),
    ),
    ...few.flatMap(([places, kind, title]) => {
      if (places.length === 0) return [];
      const names = places.map(({ stack, finding }) =>
        [stackName(stack), subject(finding)[0], finding.property].flatMap((part) => part ?? []).join(" "),
      );
      const content = paragraph(bold(`${title} (${places.length}): `), text(some(names.map(sentence), NAMED_MAX)));
      return [{ kind, count: places.length, content }];
    }),
  ];
}

function entry(change: Change): Block {
  const { finding, places } = change;
  const where = places.length === 1 ? code(stackName(places[0].stack)) : text(`on ${spread(change)}`);
  const said = values(finding);
  const parts: Text[] = [bold(finding.class), text(" · "), where, text(" · ")];
  parts.push(
    ...(places.length === 1
      ? subject(finding).flatMap((part) => [code(part), text(" ")])
      : [text(some(places.map(called), NAMED_MAX))]),
  );
  if (said !== undefined) parts.push(text("\n"), code(said.property));
  if (said?.old !== undefined && said.new !== undefined)
    parts.push(text(": "), code(said.old), text(" → "), code(said.new));
  const { fresh, since } = history(change);
  if (fresh > 0) parts.push(text(places.length === 1 ? " · new" : ` · ${fresh} new`));
  if (since !== undefined) parts.push(text(` · since ${day(since)}`));
  parts.push(text(`\n${message(finding, places)}`));
  if (finding.nextAction !== undefined) parts.push(bold(" Next: "), text(sentence(finding.nextAction)));
  if (finding.deadline !== undefined) parts.push(bold(" Until: "), text(moment(finding.deadline)));
  return { type: "rich_text", elements: [section(parts), ...heal(change)] };
}

function heal({ places }: Change): Section[] {
  const all = [...new Set(places.flatMap(({ finding }) => finding.heal ?? []))];
  const shown = all.slice(0, 1).flatMap((one) => command(one) ?? []);
  const more = all.length - shown.length;
  return [
    ...shown.map((one): Section => ({ type: "rich_text_preformatted", elements: [text(one)] })),
    ...(more > 0 ? [section([text(`${count(more, "more command")} to heal: see the JSON report.`)])] : []),
  ];
}

function paragraph(...elements: Text[]): Block {
  return { type: "rich_text", elements: [section(elements)] };
}

function section(elements: readonly Text[]): Section {
  return { type: "rich_text_section", elements };
}

function text(shown: string): Text {
  return { type: "text", text: cut(shown, TEXT_MAX - 30) };
}

function bold(shown: string): Text {
  return { ...text(shown), style: { bold: true } };
}

function code(shown: string): Text {
  return { ...text(shown), style: { code: true } };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function plain(shown: string): string {
  return shown.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function size(content: Block | readonly Block[]): number {
  return JSON.stringify(content).length + 1;
}
