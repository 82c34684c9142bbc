/** The conformance page says everything that the tables say. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { madePages } from "../../../docs/pages.ts";
import type { NodeType } from "../../../emulator/nodes/node.ts";
import { settingsNode } from "../../../emulator/nodes/settings.ts";
import { OPTION_QUESTIONS } from "../../../emulator/open-questions.ts";
import { ROUTES } from "../../../emulator/routes.ts";

const NODES = join(import.meta.dirname, "../../../emulator/nodes");
const page = madePages()["docs/emulator-conformance.md"] ?? "";
const rows = page.split("\n").filter((line) => line.startsWith("| "));

test.each(ROUTES)("$method $template has a row with its marks", ({ method, template, marks, source }) => {
  expect(rows.filter((row) => row.startsWith(`| \`${method} ${template}\` | ${marks} | ${source} |`))).toHaveLength(1);
});

test.each(ROUTES)("$method $template has a row for each parameter", ({ method, template, params = {} }) => {
  const names = Object.entries(params).map(([name, { required }]) => (required ? `**\`${name}\`**` : `\`${name}\``));
  const start = rows.findIndex((row) =>
    names.some((name) => row.startsWith(`| \`${method} ${template}\` | ${name} |`)),
  );
  const found = rows.slice(start, start + names.length).map((row) => row.split(" | ")[1]);
  expect(found).toEqual(
    names.toSorted((left, right) => compareText(left.replaceAll("*", ""), right.replaceAll("*", ""))),
  );
});

test("every kind of node is on the page, with all of its fields", async () => {
  const files = readdirSync(NODES).filter((name) => name.endsWith(".ts"));
  const modules = await Promise.all(files.map((name) => import(join(NODES, name)) as Promise<object>));
  const nodes = modules.flatMap((module) => Object.values(module)).filter(isNode);
  expect(nodes.length).toBeGreaterThan(5);
  for (const { name, fields } of [...nodes, settingsNode(true)]) {
    const section = page.slice(page.indexOf(`\`${name}\` in refusals`)).split("\n#", 1)[0] ?? "";
    for (const field of Object.keys(fields)) expect(section, `${name}.${field}`).toContain(`\`${field}\``);
  }
});

test.each(Object.entries(OPTION_QUESTIONS))("the option %s is on the page if it decides a question", (option, open) => {
  expect(rows.some((row) => row.startsWith(`| \`${option}\` |`))).toBe(open !== null);
});

test("nothing is both emulated and listed as not emulated", () => {
  const section = page.slice(page.indexOf("## Documented by Meta")).split("\n## ", 1)[0] ?? "";
  expect(section).toContain("`POST /{PNID}/messages`");
  for (const { method, template } of ROUTES) expect(section).not.toContain(`\`${method} ${template}\``);
});

function isNode(value: unknown): value is NodeType<never> {
  return typeof value === "object" && value !== null && "defaults" in value && "fields" in value;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
