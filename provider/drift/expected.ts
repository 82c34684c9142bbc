/**
 * waba-drift.yaml: what is expected, each entry with its reason and its last day, and classes of one's own. An entry
 * counts until the end of its day (UTC); then what it covered counts again. Pure.
 */
import { parse } from "yaml";
import { z } from "zod";
import { CLASSES, type PropertyClass } from "./classes.ts";
import { CONDITIONS } from "./conditions.ts";
import { FINDING_CLASSES, type Finding, findingClass, type StackReport } from "./report.ts";
import { matches } from "./selection.ts";

/** The file, or `--class`, cannot be used; the message says why. */
export class ExpectationError extends Error {
  override readonly name = "ExpectationError";
}

const entry = z
  .strictObject({
    /** A stack's name, or a pattern of it. */
    stack: z.string().optional(),
    /** A resource's name in the program, its phone number, or Graph's id. */
    number: z.coerce.string().optional(),
    credential: z.string().optional(),
    wabaId: z.coerce.string().optional(),
    property: z.string().optional(),
    class: findingClass.optional(),
    /** What it became. */
    value: z.json().optional(),
    reason: z.string().min(1),
    until: z.union([z.iso.date(), z.iso.datetime()]),
  })
  .refine(
    ({ stack, number, credential, wabaId, property, class: kind }) =>
      [stack, number, credential, wabaId, property, kind].some((value) => value !== undefined),
    "it must say what is expected: stack, number, credential, wabaId, property or class",
  );
const CLASS_NAMES = [...FINDING_CLASSES, "ignored"] as const;
const file = z.strictObject({
  expected: z.array(entry).default([]),
  classes: z.record(z.string(), z.enum(CLASS_NAMES)).default({}),
});

export type Expectation = z.infer<typeof entry>;
export interface Expectations {
  readonly expected: readonly Expectation[];
  readonly classes: ReadonlyMap<string, PropertyClass>;
}

export const NOTHING_EXPECTED: Expectations = { expected: [], classes: new Map() };

/** @throws ExpectationError */
export function readExpectations(text: string, path: string): Expectations {
  let data: unknown;
  try {
    data = parse(text, wholeIds, { intAsBigInt: true }) ?? {};
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new ExpectationError(`${path} is not YAML: ${why}`);
  }
  const read = file.safeParse(data);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ExpectationError(`${path}: ${issue?.path.join(".") || "it"}: ${issue?.message}`);
  }
  const classes = new Map(Object.entries(read.data.classes));
  for (const name of classes.keys()) requireKnown(name, path);
  return { expected: read.data.expected, classes };
}

/** An id without quotation marks has more digits than a number keeps. */
function wholeIds(_key: unknown, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value.toString();
}

/** `field=class`, as `--class` takes it. @throws ExpectationError */
export function readClass(text: string): [string, PropertyClass] {
  const [, name = "", kind = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const known = CLASS_NAMES.find((one) => one === kind);
  if (known === undefined) {
    throw new ExpectationError(`${JSON.stringify(text)} must be field=class; classes are ${CLASS_NAMES.join(", ")}`);
  }
  requireKnown(name, "--class");
  return [name, known];
}

/** A name that nothing has would never count, and nobody would see it. */
function requireKnown(name: string, where: string): void {
  const properties = CLASSES.flatMap(({ property }) => [property, property.split(".")[0] ?? property]);
  const names = new Set([...properties, ...CONDITIONS.map((condition) => condition.name), "access", "gone"]);
  if (names.has(name)) return;
  throw new ExpectationError(
    `${where}: ${JSON.stringify(name)} is neither an output nor a condition: docs/drift-classes.md lists them`,
  );
}

/** The last moment of an entry: ISO time in UTC. */
export function endOf({ until }: Expectation): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999Z` : new Date(until).toISOString();
}

export function isExpired(expectation: Expectation, now: Date): boolean {
  return Date.parse(endOf(expectation)) < now.getTime();
}

export function acknowledged(report: StackReport, expected: readonly Expectation[], now: Date): StackReport {
  const valid = expected.filter((expectation) => !isExpired(expectation, now));
  const findings = report.findings.map((finding) => {
    const found = valid.find((expectation) => covers(expectation, finding, report.stack));
    return found === undefined ? finding : { ...finding, acknowledged: { reason: found.reason, until: endOf(found) } };
  });
  return { ...report, findings };
}

function covers(expectation: Expectation, finding: Finding, stack: string): boolean {
  const { number, value } = expectation;
  const is = (wanted: string | undefined, actual: string | undefined) => wanted === undefined || wanted === actual;
  return (
    (expectation.stack === undefined || matches(stack, expectation.stack)) &&
    (number === undefined || isNumber(number, finding)) &&
    is(expectation.credential, finding.credential) &&
    is(expectation.wabaId, finding.wabaId) &&
    is(expectation.property, finding.property) &&
    is(expectation.class, finding.class) &&
    (value === undefined || JSON.stringify(value) === JSON.stringify(finding.new))
  );
}

function isNumber(wanted: string, { name, number = "", urn }: Finding): boolean {
  if (wanted === name || wanted === urn || wanted === number) return true;
  const digits = (text: string) => text.replace(/\D/g, "");
  return digits(wanted) !== "" && /^[+\d\s().-]+$/.test(wanted) && digits(wanted) === digits(number);
}
