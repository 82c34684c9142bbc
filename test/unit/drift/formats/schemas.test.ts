/** What machines read is what its schema says: JSON by ours, JUnit by the XML schema. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { print } from "../../../../provider/drift/formats/index.ts";
import type { Report } from "../../../../provider/drift/report.ts";
import { reports } from "./hostile.ts";
import { everything, fleet, quiet } from "./samples.ts";

const OPTIONS = { color: false, columns: 120 };
const ROOT = join(import.meta.dirname, "../../../..");

async function jsonSchema() {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(await readFile(join(ROOT, "docs/drift-report.schema.json"), "utf8")));
}

test("the JSON report is what the published schema says", async () => {
  const validate = await jsonSchema();
  const valid = (report: Report) => {
    validate(JSON.parse(print("json", report, OPTIONS)));
    return validate.errors ?? [];
  };
  for (const report of [everything(), quiet(), fleet(3)]) expect(valid(report)).toEqual([]);
  fc.assert(
    fc.property(reports, (report) => {
      expect(valid(report)).toEqual([]);
    }),
  );
});

test.each<[string, (report: Record<string, unknown>) => void]>([
  ["another version", (report) => Object.assign(report, { schemaVersion: 2 })],
  ["an exit code of 3", (report) => Object.assign(report, { exitCode: 3 })],
  ["no stacks", (report) => delete report.stacks],
  ["a time that is none", (report) => Object.assign(report, { startedAt: "yesterday" })],
])("the schema refuses %s", async (_, change) => {
  const validate = await jsonSchema();
  const report: Record<string, unknown> = JSON.parse(print("json", quiet(), OPTIONS));
  change(report);
  expect(validate(report)).toBe(false);
});

test("the schema allows what a later version adds", async () => {
  const validate = await jsonSchema();
  expect(validate({ ...JSON.parse(print("json", quiet(), OPTIONS)), later: true })).toBe(true);
});

async function xmlErrors(documents: readonly string[]): Promise<readonly string[]> {
  const schema = await readFile(join(import.meta.dirname, "junit.xsd"), "utf8");
  const xml = documents.map((contents, index) => ({ fileName: `report-${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: [{ fileName: "junit.xsd", contents: schema }] });
  return errors.map(({ rawMessage }) => rawMessage);
}

test("JUnit is what its XML schema says, whatever the names are", async () => {
  const samples = [everything(), quiet(), fleet(3), ...fc.sample(reports, 40)];
  expect(await xmlErrors(samples.map((report) => print("junit", report, OPTIONS)))).toEqual([]);
});

test("the XML schema refuses what is no JUnit", async () => {
  const good = print("junit", quiet(), OPTIONS);
  expect(await xmlErrors([good.replace('failures="0"', 'failures="many"')])).not.toEqual([]);
  expect(await xmlErrors([good.replaceAll("testcase", "case")])).not.toEqual([]);
});

test("a run of minutes keeps to the schema's seconds", async () => {
  const report = { ...quiet(), startedAt: "2026-11-22T20:00:00.000Z" };
  const text = print("junit", report, OPTIONS);
  expect(text).toContain('time="25242.000"');
  expect(await xmlErrors([text])).toEqual([]);
});
