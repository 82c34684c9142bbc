import { DOMParser } from "@xmldom/xmldom";
import { expect, test } from "vitest";
import { print } from "../../../../provider/drift/formats/index.ts";
import type { Report } from "../../../../provider/drift/report.ts";
import { everything, finding, reportOf, resource, stackOf } from "./samples.ts";

const OF = { stack: "a", name: "n" };

/** `suite case: verdict`, and the sums at the top. */
function told(report: Report) {
  const text = print("junit", report, { color: false, columns: 80 });
  const document = new DOMParser().parseFromString(text, "text/xml");
  const cases = Array.from(document.getElementsByTagName("testcase"), (one) => {
    const verdict = Array.from(one.childNodes, ({ nodeName }) => nodeName).find((name) =>
      /failure|error|skipped/.test(name),
    );
    return `${one.getAttribute("classname")} ${one.getAttribute("name")}: ${verdict ?? "passed"}`;
  });
  const [top] = document.getElementsByTagName("testsuites");
  return { cases, sums: ["tests", "failures", "errors"].map((sum) => Number(top?.getAttribute(sum))) };
}

test("a suite a stack, a case a number; what could not be told is an error", () => {
  expect(told(everything())).toEqual({
    cases: [
      "whatsapp/prod-acme +1 631-555-1111 support: failure",
      "whatsapp/prod-acme +1 631-555-2222 sales: passed",
      "whatsapp/prod-acme +1 631-555-3333 old: passed",
      "whatsapp/prod-beta the whole stack: error",
      "whatsapp/prod-beta +44 20 7946 0001 main: error",
      "whatsapp/prod-gamma +972 2-555-0001 main: passed",
      "whatsapp/prod-gamma credential gamma: failure",
      "whatsapp/prod-x +49 30 60001 line-1: passed",
      "whatsapp/prod-x +49 30 60002 line-2: passed",
      "whatsapp/prod-yy +49 30 70001 line-1: passed",
      "whatsapp/prod-yy +49 30 70002 line-2: passed",
      "whatsapp/prod-zzz +49 30 80001 line-1: passed",
      "whatsapp/prod-zzz +49 30 80002 line-2: passed",
      "whatsapp/staging +1 631-555-9999 only: passed",
    ],
    sums: [14, 2, 2],
  });
});

test.each([
  [["drift"], "failure"],
  [["action"], "passed"],
  [["any"], "failure"],
  [["none"], "passed"],
])("drift under --fail-on %j: %s", (failOn, verdict) => {
  const findings = [finding(OF, { class: "drift", message: "It changed." })];
  const report = reportOf([stackOf("a", { resources: [resource(OF)], findings })], { failOn });
  expect(told(report).cases).toEqual([`whatsapp/a +1 631-555-1111 n: ${verdict}`]);
});

test("a stack without numbers passes among others, and is an error where nothing at all was checked", () => {
  const empty = stackOf("empty");
  const among = reportOf([empty, stackOf("a", { resources: [resource(OF)] })]);
  expect(told(among).cases).toContain("whatsapp/empty the whole stack: passed");
  expect(told(reportOf([empty], { exitCode: 1 })).cases).toEqual(["whatsapp/empty the whole stack: error"]);
});

test("a number that drifted and could not be read wholly is one failure that says both", () => {
  const report = reportOf([
    stackOf("a", {
      resources: [resource(OF, { outcome: "failed" })],
      findings: [finding(OF, { class: "drift", message: "It changed." })],
    }),
  ]);
  const text = print("junit", report, { color: false, columns: 80 });
  expect(told(report).sums).toEqual([1, 1, 0]);
  expect(text).toContain("could not be read</failure>");
});

const LOST = { key: "k", class: "access", message: "Meta takes the token no more." } as const;
const READ = resource({ stack: "b", name: "read" });
/** Two that one token reads, one of them of another account; and one that another token reads. */
const HIDDEN = [
  resource({ stack: "a", name: "one" }, { credential: "acme", outcome: "failed" }),
  resource({ stack: "a", name: "two" }, { credential: "acme", wabaId: "900002", outcome: "failed" }),
  resource({ stack: "a", name: "other" }, { outcome: "failed" }),
];

test("what a lost token hides was skipped, and the loss is a case of its own", () => {
  const lost = { ...LOST, credential: "acme", unread: 2 };
  const cases = (acknowledged: object, wabaId?: string) => {
    const findings = [{ ...lost, ...acknowledged, ...(wabaId && { wabaId }) }];
    const stack = stackOf("a", { outcome: "failed", resources: HIDDEN, findings });
    return told(reportOf([stack, stackOf("b", { resources: [READ] })])).cases.slice(0, -1);
  };
  const numbers = (two: string) => [
    "whatsapp/a +1 631-555-1111 one: skipped",
    `whatsapp/a +1 631-555-1111 two: ${two}`,
    "whatsapp/a +1 631-555-1111 other: error",
  ];
  expect(cases({})).toEqual([...numbers("skipped"), "whatsapp/a credential acme: failure"]);
  const acknowledged = { reason: "They left", until: "2999-01-01T00:00:00.000Z" };
  expect(cases({ acknowledged })).toEqual([...numbers("skipped"), "whatsapp/a credential acme: passed"]);
  // Of an account that was lost, the others' numbers are not behind it.
  expect(cases({}, "900001").slice(0, 3)).toEqual(numbers("error"));
});

test("a run in which everything was skipped is an error all the same", () => {
  const acknowledged = { reason: "They left", until: "2999-01-01T00:00:00.000Z" };
  const findings = [{ ...LOST, unread: 1, acknowledged }];
  const lost = stackOf("a", {
    outcome: "failed",
    resources: [resource({ stack: "a", name: "n" }, { outcome: "failed" })],
    findings,
  });
  expect(told(reportOf([lost], { exitCode: 1 })).sums).toEqual([3, 0, 1]);
  const among = reportOf([lost, stackOf("b", { resources: [READ] })], { exitCode: 0 });
  expect(told(among).sums).toEqual([3, 0, 0]);
  expect(print("junit", among, { color: false, columns: 80 })).toContain('errors="0" skipped="1"');
});
