import { expect, test } from "vitest";
import { acknowledged, isExpired, readClass, readExpectations } from "../../../provider/drift/expected.ts";
import { finding, NOW, stackReport, URN } from "./resources.ts";

const FINDING = finding({
  number: "+1 631-555-1111",
  property: "qualityRating",
  new: "RED",
  class: "action",
  credential: "acme",
  wabaId: "900000",
});

function isAcknowledged(entry: string, until = "2026-12-01"): boolean {
  const { expected } = readExpectations(`expected:\n  - { ${entry}, reason: known, until: ${until} }\n`, "f");
  return acknowledged(stackReport({ findings: [FINDING] }), expected, NOW).findings[0]?.acknowledged !== undefined;
}

test.each([
  "stack: prod",
  "stack: 'pr*'",
  "number: support",
  "number: '+16315551111'",
  "number: 16315551111",
  "number: '+1 631-555-1111'",
  `number: '${URN}'`,
  "property: qualityRating",
  "property: qualityRating, value: RED",
  "class: action",
  "credential: acme, wabaId: 900000",
])("%s covers it", (entry) => {
  expect(isAcknowledged(entry)).toBe(true);
});

test.each([
  "stack: dev",
  "number: other",
  "number: 6315551111",
  "property: status",
  "property: qualityRating, value: YELLOW",
  "class: drift",
  "credential: globex",
  "stack: prod, class: drift",
])("%s does not cover it", (entry) => {
  expect(isAcknowledged(entry)).toBe(false);
});

test("an entry counts until the end of its day, and what it covered counts again after", () => {
  expect(isAcknowledged("stack: prod", "2026-11-23")).toBe(true);
  expect(isAcknowledged("stack: prod", "2026-11-22")).toBe(false);
  expect(isAcknowledged("stack: prod", "'2026-11-23T11:59:59Z'")).toBe(false);
  const { expected } = readExpectations("expected: [{ stack: a, reason: r, until: 2026-11-22 }]", "f");
  expect(expected.map((one) => isExpired(one, NOW))).toEqual([true]);
});

test.each([
  ["expected: [", /^f is not YAML/],
  ["expected: [{ stack: a, until: 2026-11-22 }]", /expected\.0\.reason/],
  ["expected: [{ stack: a, reason: r }]", /expected\.0\.until/],
  ["expected: [{ reason: r, until: 2026-11-22 }]", /it must say what is expected/],
  ["expected: [{ stak: a, reason: r, until: 2026-11-22 }]", /stak/],
  ["expected: [{ stack: a, reason: r, until: soon }]", /until/],
  ["classes: { status: bad }", /classes\.status/],
  ["classes: { statu: noise }", /"statu" is neither an output nor a condition/],
])("%s is refused", (text, why) => {
  expect(() => readExpectations(text, "f")).toThrow(why);
});

test("an id of many digits is whole, with and without quotation marks", () => {
  const entry = "{ wabaId: 90071992547409931, number: 19072385232742143, value: 7, reason: r, until: 2999-01-01 }";
  const { expected } = readExpectations(`expected: [${entry}]`, "f");
  expect(expected).toMatchObject([{ wabaId: "90071992547409931", number: "19072385232742143", value: 7 }]);
});

test("a file without entries expects nothing, and its classes count", () => {
  expect(readExpectations("", "f")).toEqual({ expected: [], classes: new Map() });
  expect(readExpectations("classes: { healthStatus: noise, quality-red: pending }", "f").classes).toEqual(
    new Map([
      ["healthStatus", "noise"],
      ["quality-red", "pending"],
    ]),
  );
});

test("--class takes field=class, and nothing that no number has", () => {
  expect(readClass("access=noise")).toEqual(["access", "noise"]);
  for (const wrong of ["status", "status=", "status=bad", "=drift", "statu=drift"])
    expect(() => readClass(wrong)).toThrow();
});
