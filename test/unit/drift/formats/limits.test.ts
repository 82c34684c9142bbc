/** No receiver refuses a report for its size, and what was left out is counted. */
import { expect, test } from "vitest";
import { ROWS_MAX } from "../../../../provider/drift/formats/html-changes.ts";
import { print } from "../../../../provider/drift/formats/index.ts";
import { CHARACTERS_MAX } from "../../../../provider/drift/formats/issue.ts";
import { BYTES_MAX } from "../../../../provider/drift/formats/markdown.ts";
import { BLOCKS_MAX, MESSAGE_MAX } from "../../../../provider/drift/formats/slack.ts";
import type { Report } from "../../../../provider/drift/report.ts";
import { everything, fleet, reportOf, resource, stackOf } from "./samples.ts";

const OPTIONS = { color: false, columns: 120 };
const NUMBERS_A_STACK = 4;
const LEFT_OUT = /Left out here, for lack of room: ([\d,]+) findings/;

function leftOut(text: string): number {
  return Number(LEFT_OUT.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
}

test.each([10, 400, 3000])("an issue of %i stacks keeps to GitHub's characters", (stacks) => {
  const text = print("issue", fleet(stacks), OPTIONS);
  expect(text.length).toBeLessThanOrEqual(CHARACTERS_MAX);
  const shown = text.match(/^- \[ \] \*\*drift/gm)?.length ?? 0;
  expect(shown + leftOut(text)).toBe(stacks * NUMBERS_A_STACK);
});

test("a step summary of 3,000 stacks keeps to GitHub's bytes and uses most of them", () => {
  const text = print("markdown", fleet(3000), OPTIONS);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(BYTES_MAX);
  expect(Buffer.byteLength(text)).toBeGreaterThan(BYTES_MAX * 0.99);
  expect((text.match(/^- \*\*drift/gm)?.length ?? 0) + leftOut(text)).toBe(3000 * NUMBERS_A_STACK);
});

test("what others have put into a step summary is counted too", () => {
  const taken = BYTES_MAX - 50_000;
  const text = print("markdown", fleet(3000), { ...OPTIONS, taken });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(50_000);
  expect((text.match(/^- \*\*drift/gm)?.length ?? 0) + leftOut(text)).toBe(3000 * NUMBERS_A_STACK);
});

test("bytes are counted, not characters: three bytes a character still fit", () => {
  const wide = { ...fleet(3000) };
  const stacks = wide.stacks.map((stack) => ({
    ...stack,
    findings: stack.findings.map((one) => ({ ...one, old: "名".repeat(150), new: "前".repeat(150) })),
  }));
  const text = print("markdown", { ...wide, stacks }, OPTIONS);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(BYTES_MAX);
});

test.each([1, 10, 400])("a Slack message of %i stacks keeps to Slack's blocks and characters", (stacks) => {
  const text = print("slack", fleet(stacks), OPTIONS);
  const { blocks }: { blocks: unknown[] } = JSON.parse(text);
  expect(blocks.length).toBeLessThanOrEqual(BLOCKS_MAX);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(MESSAGE_MAX);
  const counted = Number(/([\d,]+) findings\./.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
  const shown = blocks.filter((block) => JSON.stringify(block).includes('"text":"drift"')).length;
  expect(shown + counted).toBe(stacks * NUMBERS_A_STACK);
});

test("no text of a Slack message is longer than Slack takes, however long the report's are", () => {
  const text = print("slack", longTexts(), OPTIONS);
  const lengths = Array.from(
    text.matchAll(/"text": "((?:[^"\\]|\\.)*)"/g),
    ([, said = ""]) => JSON.parse(`"${said}"`).length,
  );
  expect(lengths.length).toBeGreaterThan(5);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(3000);
  const [header] = JSON.parse(text).blocks;
  expect(header.text.text.length).toBeLessThanOrEqual(150);
});

test("a page of 3,000 stacks shows 2,000 changes and counts the others", () => {
  const text = print("html", fleet(3000), OPTIONS);
  expect(text.match(/class="kind drift"/g)?.length).toBe(ROWS_MAX);
  expect(text).toContain(`Left out here: ${(3000 * NUMBERS_A_STACK - ROWS_MAX).toLocaleString("en-US")} findings.`);
  expect(text).toContain("And 11,500 more: see the JSON report.");
  expect(Buffer.byteLength(text)).toBeLessThan(6 * BYTES_MAX);
});

test("a stack with more errors than are shown says how many more", () => {
  const errors = Array.from({ length: 9 }, (_, index) => `error ${index}`);
  const report = reportOf([stackOf("a", { outcome: "failed", errors })]);
  expect(print("markdown", report, OPTIONS)).toContain("and 4 more errors");
  expect(print("slack", report, OPTIONS)).toContain("and 6 more");
});

test.each(["issue", "markdown", "slack"] as const)(
  "%s of a report with a huge name, sentence and command still fits",
  (format) => {
    const text = print(format, longTexts(), OPTIONS);
    expect(text.length).toBeLessThanOrEqual(CHARACTERS_MAX);
    expect(text).toContain("characters)");
  },
);

test("json leaves nothing out", () => {
  const report = fleet(50);
  expect(JSON.parse(print("json", report, OPTIONS))).toEqual(JSON.parse(JSON.stringify(report)));
});

function longTexts(): Report {
  const long = "`*_long_*` @everyone ".repeat(2000);
  const report = everything();
  const stacks = report.stacks.map((stack) => ({
    ...stack,
    project: long,
    errors: [long],
    resources: [...stack.resources, resource({ stack: "x", name: long, number: long })],
    findings: stack.findings.map((one) => ({
      ...one,
      name: long,
      number: long,
      message: long,
      nextAction: long,
      heal: long,
    })),
  }));
  return { ...report, verdict: long, stacks };
}
