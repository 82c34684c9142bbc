/**
 * Whether what a program declares can be right, and its normal form: the part that all resources share. Pure and without
 * I/O: the engine asks for one resource after the other. Everything that is wrong is said at once, one line a property.
 */
import type { z } from "zod";
import { accountRefusal, ConfigError, type Settings } from "../config.ts";
import { holdsUnknown } from "./unknown.ts";

export interface Failure {
  /** Empty where the reason names it. */
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
}

/** The args of a class. */
export interface Args {
  /** The class, for messages. */
  readonly of: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Args that the engine may print. The others hold secrets, or may be a secret under a misspelt name. */
  readonly printable: readonly string[];
  /** By arg that must not be missing, why. */
  readonly required: Readonly<Record<string, string>>;
  /** What does not go together, as far as it is known. */
  readonly contradictions: (inputs: Readonly<Record<string, unknown>>) => Failure[];
}

export function checkArgs(args: Args, settings: () => Settings, news: Readonly<Record<string, unknown>>): Checked {
  const inputs: Record<string, unknown> = {};
  const failures: Failure[] = [];

  for (const [name, value] of Object.entries(news)) {
    if (name === "__provider" || value === undefined || value === null) continue;
    inputs[name] = value;
    const schema = Object.hasOwn(args.shape, name) ? args.shape[name] : undefined;
    if (schema === undefined) {
      const known = Object.keys(args.shape).join(", ");
      failures.push({ property: name, reason: `is not an argument of ${args.of}; those are: ${known}` });
      continue;
    }
    if (holdsUnknown(value)) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success) inputs[name] = parsed.data;
    else failures.push({ property: name, reason: reasonOf(parsed.error.issues) });
  }

  for (const [property, reason] of Object.entries(args.required)) {
    if (inputs[property] === undefined) failures.push({ property, reason });
  }
  failures.push(...args.contradictions(inputs));
  const mayLackAccount = Object.hasOwn(args.shape, "wabaId") && args.required.wabaId === undefined;
  failures.push(...failuresOfSettings(settings, inputs, mayLackAccount));
  return { inputs, failures: failures.map((failure) => failureShown(args, inputs, failure)) };
}

/** One line for each property, however many things are wrong with it. */
export function reasonOf(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => [placeText(path), message].filter(Boolean).join(" ")).join("; ");
}

/** As in a program: `callHours.holidaySchedule[0].date`. */
function placeText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

/**
 * A failure under a property makes the engine print the property's value before the reason (measured on 3.259): a
 * secret too, and of an object every part. So what may be a secret, and what has parts, fails without a property, and
 * the reason names it.
 */
function failureShown(
  { printable }: Args,
  inputs: Readonly<Record<string, unknown>>,
  { property, reason }: Failure,
): Failure {
  const hasParts = typeof inputs[property] === "object";
  if (property === "" || (printable.includes(property) && !hasParts)) return { property, reason };
  return { property: "", reason: `${property}: ${reason}` };
}

/** @param mayLackAccount whether no account is one that is not known, and none that is missing */
function failuresOfSettings(
  settings: () => Settings,
  inputs: Readonly<Record<string, unknown>>,
  mayLackAccount: boolean,
): Failure[] {
  const { credential, wabaId } = inputs;
  try {
    const current = settings();
    const isText = typeof wabaId === "string" && !holdsUnknown(wabaId);
    const isLacking = mayLackAccount && wabaId === undefined;
    const refusal = isText || isLacking ? accountRefusal(current, isText ? wabaId : undefined) : undefined;
    const failures = refusal === undefined ? [] : [{ property: "wabaId", reason: refusal }];
    if (credential === undefined) current.credential(undefined);
    else if (typeof credential === "string" && credential !== "" && !holdsUnknown(credential))
      current.credential(credential);
    return failures;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ property: "credential", reason: error.message }];
  }
}
