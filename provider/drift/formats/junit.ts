/**
 * JUnit XML for the test views of CI: a suite a stack, a case a number. What fails the run is a failure; what could not be
 * told is an error; what a lost token or account hides was skipped, and its loss is a case of its own; the rest is output
 * of the case. Nothing is grouped or cut but the texts. Of the elements that the readers share:
 * test/unit/drift/formats/junit.xsd.
 */

import { visible } from "../../visible.ts";
import { fails } from "../fail-on.ts";
import type { CheckedResource, Finding, Report, StackReport } from "../report.ts";
import { escaped } from "./escaped.ts";
import { day, message, resourceName, sentence, stackName, subject, values } from "./wording.ts";

interface Case {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly resolved: readonly Finding[];
  readonly unchecked: readonly Finding[];
  readonly untold: Untold | undefined;
}

/** Why it could not be told: skipped where another case tells what to do. */
interface Untold {
  readonly as: "error" | "skipped";
  readonly why: string;
}

interface Sums {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

export function junit(report: Report): string {
  const suites = report.stacks.map((stack) => ({ stack, cases: casesOf(stack, report) }));
  const seconds = (new Date(report.finishedAt).getTime() - new Date(report.startedAt).getTime()) / 1000;
  const { skipped: _, ...all } = sums(
    suites.flatMap(({ cases }) => cases),
    report,
  );
  const body = suites.map(({ stack, cases }) => suite(stack, cases, report)).join("");
  const attributes = { name: "waba drift", ...all, time: Math.max(0, seconds).toFixed(3) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, body, "")}`;
}

function casesOf(stack: StackReport, report: Report): Case[] {
  const { resources, findings, resolved, unchecked } = stack;
  const urns = new Set(resources.map(({ urn }) => urn));
  const of = (urn: string) => ({
    findings: findings.filter((finding) => finding.urn === urn),
    resolved: resolved.filter((finding) => finding.urn === urn),
    unchecked: unchecked.filter((finding) => finding.urn === urn),
  });
  const elsewhere = (finding: Finding) => finding.urn === undefined || !urns.has(finding.urn);
  const others = Map.groupBy(
    [...findings, ...resolved, ...unchecked].filter(elsewhere),
    (finding) => finding.urn ?? subject(finding).join(" "),
  );
  return [
    ...(stack.errors.length > 0 || resources.length === 0 || isUnchecked(report) ? [stackCase(stack, report)] : []),
    ...resources.map((resource) => ({
      name: resourceName(resource).join(" "),
      ...of(resource.urn),
      untold: untold(resource, findings),
    })),
    ...[...others.values()].map((group) => ({
      name: group.slice(0, 1).flatMap(subject).join(" "),
      findings: findings.filter((finding) => group.includes(finding)),
      resolved: resolved.filter((finding) => group.includes(finding)),
      unchecked: unchecked.filter((finding) => group.includes(finding)),
      untold: undefined,
    })),
  ];
}

function untold(resource: CheckedResource, findings: readonly Finding[]): Untold | undefined {
  if (resource.outcome !== "failed") return undefined;
  const lost = findings.find((finding) => isBehind(finding, resource));
  if (lost !== undefined) return { as: "skipped", why: message(lost) };
  return { as: "error", why: `${resourceName(resource)[0] ?? ""} could not be read` };
}

/** Whether the finding is of a lost token or account by which the resource is read. */
function isBehind(finding: Finding, { credential, wabaId }: CheckedResource): boolean {
  if (finding.unread === undefined || finding.credential !== credential) return false;
  return finding.wabaId === undefined || wabaId === undefined || finding.wabaId === wabaId;
}

/** A run that checked nothing at all is never green. */
function isUnchecked({ exitCode, summary }: Report): boolean {
  return exitCode === 1 && summary.resourcesFailed === summary.resources;
}

/** Where the stack itself could not be checked, or nothing of it. */
function stackCase({ errors, resources }: StackReport, report: Report): Case {
  const nothing = `no number ${resources.length === 0 ? "was checked" : "could be read"}`;
  const why = errors.length > 0 ? errors.map(sentence).join("; ") : nothing;
  const untold: Untold | undefined = errors.length > 0 || isUnchecked(report) ? { as: "error", why } : undefined;
  return { name: "the whole stack", findings: [], resolved: [], unchecked: [], untold };
}

function suite(stack: StackReport, cases: readonly Case[], report: Report): string {
  const properties = Object.entries({ project: stack.project, stack: stack.stack, cwd: stack.cwd, ...recorded(stack) })
    .map(([key, value]) => element("property", { name: key, value: visible(value) }, "", "      "))
    .join("");
  const attributes = { name: stackName(stack), ...sums(cases, report), timestamp: startOf(report) };
  const body = cases.map((one) => testcase(one, stack, report)).join("");
  return element("testsuite", attributes, `${element("properties", {}, properties, "    ")}${body}`, "  ");
}

function testcase({ name: title, findings, resolved, unchecked, untold }: Case, stack: StackReport, report: Report) {
  const failing = findings.filter((finding) => fails(finding, report.failOn));
  const told = [
    ...findings.filter((finding) => !failing.includes(finding)).map((finding) => line(finding, noteOf(finding))),
    ...resolved.map((finding) => line(finding, "resolved")),
    ...unchecked.map((finding) => line(finding, "not checked this time")),
  ];
  const [first] = failing;
  const verdict = first === undefined ? untold && notRead(untold) : failure(first, failing, untold);
  const output = told.length === 0 ? "" : element("system-out", {}, escaped(`${told.join("\n")}\n`), "      ", true);
  const attributes = { classname: stackName(stack), name: title, time: "0.000" };
  return element("testcase", attributes, `${verdict ?? ""}${output}`, "    ");
}

function notRead({ as, why }: Untold): string {
  return as === "error" ? problem(as, "unread", [why]) : element(as, { message: why }, "", "      ");
}

/** One a case: readers count cases, and show the first. */
function failure(first: Finding, failing: readonly Finding[], untold: Untold | undefined): string {
  return problem("failure", first.class, [
    ...failing.flatMap((finding) => [
      line(finding, noteOf(finding)),
      ...(finding.nextAction === undefined ? [] : [`  next: ${sentence(finding.nextAction)}`]),
      ...(finding.heal === undefined ? [] : [`  heal: ${visible(finding.heal)}`]),
    ]),
    ...(untold === undefined ? [] : [untold.why]),
  ]);
}

function problem(tag: "failure" | "error", type: string, lines: readonly string[]): string {
  return element(tag, { type, message: lines[0] ?? "" }, escaped(lines.join("\n")), "      ", true);
}

function line(finding: Finding, note: string): string {
  const said = values(finding);
  const change = said?.old === undefined ? said?.property : `${said.property}: ${said.old} → ${said.new}`;
  return [finding.class, change, message(finding), note]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
}

function noteOf({ memory, since, acknowledged }: Finding): string {
  if (acknowledged !== undefined) return `expected until ${day(acknowledged.until)}: ${sentence(acknowledged.reason)}`;
  if (memory === "ongoing") return since === undefined ? "ongoing" : `since ${day(since)}`;
  return memory ?? "";
}

function recorded({ recordedAt }: StackReport): Record<string, string> {
  return recordedAt === undefined ? {} : { recordedAt };
}

function startOf({ startedAt }: Report): string {
  return new Date(startedAt).toISOString().slice(0, 19);
}

function sums(cases: readonly Case[], { failOn }: Report): Sums {
  const failed = cases.filter(({ findings }) => findings.some((finding) => fails(finding, failOn)));
  const untold = (as: Untold["as"]) => cases.filter((one) => one.untold?.as === as && !failed.includes(one)).length;
  return { tests: cases.length, failures: failed.length, errors: untold("error"), skipped: untold("skipped") };
}

function element(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  body: string,
  indent: string,
  inline = false,
): string {
  const said = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  if (body === "") return `${indent}<${tag}${said}/>\n`;
  return `${indent}<${tag}${said}>${inline ? body : `\n${body}${indent}`}</${tag}>\n`;
}
