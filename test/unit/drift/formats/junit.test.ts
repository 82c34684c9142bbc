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
    const verdict = Array.from(one.childNodes, ({ nodeName }) => nodeName).find((name) => /failure|error/.test(name));
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
