/** What each format prints of a report that holds something of everything, and of a quiet one: to be read in goldens/. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { FORMAT_NAMES, type FormatName, print } from "../../../../provider/drift/formats/index.ts";
import { everything, quiet } from "./samples.ts";

const ENDINGS: Readonly<Record<FormatName, string>> = {
  table: "txt",
  json: "json",
  markdown: "md",
  junit: "xml",
  slack: "json",
  issue: "md",
  html: "html",
};
const WIDE = { color: false, columns: 120 };
const REPORTS = { everything, quiet };

const CASES = FORMAT_NAMES.flatMap((format) =>
  Object.entries(REPORTS).map(([name, make]) => ({ format, name, make, ending: ENDINGS[format] })),
);

test.each(CASES)("$format of the report $name", async ({ format, name, make, ending }) => {
  const golden = join(import.meta.dirname, "goldens", `${name}.${format}.${ending}`);
  await expect(print(format, make(), WIDE)).toMatchFileSnapshot(golden);
});

test("a table in colour, and one for a narrow terminal", async () => {
  const goldens = join(import.meta.dirname, "goldens");
  const coloured = print("table", everything(), { color: true, columns: 100 });
  await expect(coloured.replaceAll("\u001b", "ESC")).toMatchFileSnapshot(join(goldens, "everything.colour.txt"));
  await expect(print("table", everything(), { color: false, columns: 40 })).toMatchFileSnapshot(
    join(goldens, "everything.narrow.txt"),
  );
});

test.each([70, 100, 120, 160, 400])("a table on a terminal of %i columns is never wider than that", (columns) => {
  const drawn = print("table", everything(), { color: false, columns })
    .split("\n")
    .filter((line) => /^[│┌├└]/.test(line));
  expect(drawn.length).toBeGreaterThan(10);
  for (const line of drawn) expect(line.length).toBeLessThanOrEqual(columns);
});

test("without colour no escape is printed, and with it some are", () => {
  expect(print("table", everything(), { color: false, columns: 80 })).not.toContain("\u001b");
  expect(print("table", everything(), { color: true, columns: 80 })).toContain("\u001b[");
});

test.each(FORMAT_NAMES)("%s prints the same for the same report, whatever the order of its stacks", (format) => {
  const report = everything();
  if (format === "json" || format === "junit")
    return expect(print(format, report, WIDE)).toBe(print(format, report, WIDE));
  const turned = { ...report, stacks: report.stacks.toReversed() };
  const sorted = (text: string) => text.split("\n").toSorted();
  expect(sorted(print(format, turned, WIDE))).toEqual(sorted(print(format, report, WIDE)));
});
