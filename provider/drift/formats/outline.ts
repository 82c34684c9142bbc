/**
 * What a report says, in the order in which a person reads it, for every printer: first what could not be told, then
 * what fails the run (on many numbers alike, then by stack), then what does not, then what is resolved, expected, or was
 * not looked at.
 */
import { count } from "../../count.ts";
import { fails } from "../fail-on.ts";
import { FINDING_CLASSES, type Finding, type Report, type StackReport } from "../report.ts";
import { stackName, subject } from "./wording.ts";

/** The same change on more numbers than this is one line. */
const ALIKE_MAX = 5;

export interface Place {
  readonly stack: StackReport;
  readonly finding: Finding;
}

/** One change, and everywhere it was found: one place, more than five, or all stacks that one lost token is of. */
export interface Change {
  /** The first of its places. */
  readonly finding: Finding;
  readonly places: readonly [Place, ...Place[]];
  /** Whether it fails the run. */
  readonly counts: boolean;
}

/** Changes that are read together: of one stack, or of many under a title. */
export type Group = { readonly changes: readonly Change[] } & (
  | { readonly stack: StackReport }
  | { readonly stack: undefined; readonly title: string }
);

export interface Outline {
  /** Of these, or of some of their numbers, it could not be told whether they drifted. */
  readonly failed: readonly StackReport[];
  readonly groups: readonly Group[];
  readonly resolved: readonly Place[];
  readonly acknowledged: readonly Place[];
  readonly unchecked: readonly Place[];
}

export function outline(report: Report): Outline {
  const stacks = inOrder(report.stacks);
  const found = stacks.flatMap((stack) => stack.findings.map((finding) => ({ stack, finding })));
  const open = found.filter(({ finding }) => finding.acknowledged === undefined);
  const same = [...Map.groupBy(open, ({ finding }) => sameness(finding)).values()];
  const many = same.filter((places) => numbersOf(places) > ALIKE_MAX || isOneCause(places));
  const inMany = new Set(many.flat());
  const own = Map.groupBy(
    open.filter((place) => !inMany.has(place)),
    ({ stack }) => stack,
  );
  const alike = many.map((places) => change(places, report.failOn)).toSorted(byWeight);
  const byStack = stacks.map((stack) => ({
    stack,
    changes: (own.get(stack) ?? []).map((place) => change([place], report.failOn)).toSorted(byWeight),
  }));
  const ofMany = (counting: boolean) =>
    [
      { title: "One cause in several stacks", changes: alike.filter(({ finding }) => finding.cause !== undefined) },
      { title: "The same on many numbers", changes: alike.filter(({ finding }) => finding.cause === undefined) },
    ].map(({ title, changes }) => ({
      stack: undefined,
      title,
      changes: changes.filter(({ counts }) => counts === counting),
    }));
  const groups: Group[] = [
    ...ofMany(true),
    ...byStack.filter(({ changes }) => changes.some(({ counts }) => counts)),
    ...byStack.filter(({ changes }) => !changes.some(({ counts }) => counts)),
    ...ofMany(false),
  ];
  return {
    // What a lost token hides is told with its loss.
    failed: stacks.filter(({ errors }) => errors.length > 0),
    groups: groups.filter(({ changes }) => changes.length > 0),
    resolved: stacks.flatMap((stack) => stack.resolved.map((finding) => ({ stack, finding }))),
    acknowledged: found.filter(({ finding }) => finding.acknowledged !== undefined),
    unchecked: stacks.flatMap((stack) => stack.unchecked.map((finding) => ({ stack, finding }))),
  };
}

/** By project and name, whatever order they were checked in. */
export function inOrder(stacks: readonly StackReport[]): StackReport[] {
  return stacks.toSorted(byName);
}

/** How many of a change's places are new, and since when the oldest other one is known. */
export function history({ places }: Change): { readonly fresh: number; readonly since: string | undefined } {
  const ongoing = places.filter(({ finding }) => finding.memory === "ongoing");
  return {
    fresh: places.filter(({ finding }) => finding.memory === "new").length,
    since: ongoing
      .flatMap(({ finding }) => finding.since ?? [])
      .toSorted()
      .at(0),
  };
}

/** `12 numbers in 3 stacks`; of a token or an account that is lost, `3 stacks`. */
export function spread({ finding, places }: Pick<Change, "finding" | "places">): string {
  const stacks = count(new Set(places.map(({ stack }) => stack)).size, "stack");
  return finding.cause === undefined ? `${count(places.length, "number")} in ${stacks}` : stacks;
}

/** One of a change's many places, in a word. */
export function called({ stack, finding }: Place): string {
  return finding.cause === undefined ? (subject(finding)[0] ?? "") : stackName(stack);
}

/** Without the values of secrets, whatever the report holds. */
export function withoutSecrets(report: Report): Report {
  const all = (findings: readonly Finding[]) =>
    findings.map((finding) => (finding.secret === true ? { ...finding, old: undefined, new: undefined } : finding));
  return {
    ...report,
    stacks: report.stacks.map((stack) => ({
      ...stack,
      findings: all(stack.findings),
      resolved: all(stack.resolved),
      unchecked: all(stack.unchecked),
    })),
  };
}

function change(places: readonly Place[], failOn: readonly string[]): Change {
  // What fails the run speaks for the others.
  const [first, ...others] = places.toSorted(
    (left, right) => Number(fails(right.finding, failOn)) - Number(fails(left.finding, failOn)),
  );
  if (first === undefined) throw new RangeError("a change was found nowhere");
  return { finding: first.finding, places: [first, ...others], counts: fails(first.finding, failOn) };
}

/** What makes two findings the same change: all but whose it is, and since when. */
function sameness({ class: kind, cause, property, old, new: current, secret, message, nextAction }: Finding): string {
  if (cause !== undefined) return JSON.stringify([kind, cause]);
  return JSON.stringify([kind, property, [old], [current], secret, message, nextAction]);
}

/** One token that several stacks lost is mended once. */
function isOneCause(places: readonly Place[]): boolean {
  return places.length > 1 && places[0]?.finding.cause !== undefined;
}

/** What is about a whole stack or a credential is no number. */
function numbersOf(places: readonly Place[]): number {
  return new Set(places.flatMap(({ finding }) => finding.urn ?? [])).size;
}

/** What fails the run first, then by class, then what is new, then by name and property. */
function byWeight(left: Change, right: Change): number {
  return (
    Number(right.counts) - Number(left.counts) ||
    FINDING_CLASSES.indexOf(left.finding.class) - FINDING_CLASSES.indexOf(right.finding.class) ||
    Number(left.finding.memory === "ongoing") - Number(right.finding.memory === "ongoing") ||
    compare(left.finding.name ?? "", right.finding.name ?? "") ||
    compare(left.finding.property ?? "", right.finding.property ?? "")
  );
}

function byName(left: StackReport, right: StackReport): number {
  return compare(left.project, right.project) || compare(left.stack, right.stack) || compare(left.cwd, right.cwd);
}

/** Never by the machine's language. */
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
