import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const ROOT = join(import.meta.dirname, "../../..");
const EXAMPLES = readdirSync(join(ROOT, "examples"));

test.each(EXAMPLES)("examples/%s says how it is run, by a README or at the top of a file", (name) => {
  const folder = join(ROOT, "examples", name);
  const readme = join(folder, "README.md");
  const texts = existsSync(readme)
    ? [readFileSync(readme, "utf8")]
    : globSync("*.ts", { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8").split("\n")[0] ?? "");
  expect(texts.some((text) => /pulumi up|npx vitest/.test(text))).toBe(true);
});

test("no example has a package.json: they refer to the package by the root's", () => {
  expect(globSync("examples/*/package.json", { cwd: ROOT })).toEqual([]);
});

test("every project, also the one that a newcomer writes, refreshes before up", () => {
  const files = ["Pulumi.yaml", ...globSync("examples/*/Pulumi.yaml", { cwd: ROOT })];
  const texts = files.map((file) => readFileSync(join(ROOT, file), "utf8"));
  const quickstart = readFileSync(join(ROOT, "examples/quickstart/README.md"), "utf8");
  for (const [, yaml = ""] of quickstart.matchAll(/^```yaml\n(.*?)^```/gms)) texts.push(yaml);
  expect(texts.length).toBe(files.length + 1);
  for (const text of texts) expect(parse(text)).toMatchObject({ options: { refresh: "always" } });
});

test("the quickstart's README sets all that its program reads", () => {
  const program = readFileSync(join(ROOT, "examples/quickstart/index.ts"), "utf8");
  const readme = readFileSync(join(ROOT, "examples/quickstart/README.md"), "utf8");
  const read = [...program.matchAll(/config\.require(?:Secret)?\("(\w+)"\)/g)].map(([, key]) => key);
  expect(read.length).toBeGreaterThan(3);
  for (const key of read) expect(readme).toMatch(new RegExp(`pulumi config set (--secret )?${key}\\b`));
});
