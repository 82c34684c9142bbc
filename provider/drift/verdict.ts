/**
 * From what a read made of one resource to what is to be told of it: the changes by the table of classes, and the
 * conditions that stand. A thing is told once: a change that a condition explains is told by the condition, unless the
 * change is drift; then that tells it. Pure.
 */
import { type Change, changesBetween, holdsSecret, shown } from "./changes.ts";
import { CIRCUMSTANCES } from "./circumstances.ts";
import { isTakenApart, type PropertyClass, rowOf } from "./classes.ts";
import { type HealPlace, healCommand, upCommand } from "./commands.ts";
import type { Observation, ResourceState } from "./events.ts";
import { isNameOfOthers } from "./healing.ts";
import type { CheckedResource, Finding } from "./report.ts";
import { approvalEnd, type Classes, type Standing, standing } from "./standing.ts";
import { className, identityOf, keyOf, nextActionOf, optional, partAt, text, time } from "./subject.ts";

export interface VerdictOptions {
  readonly now: Date;
  readonly project: string;
  readonly place: HealPlace;
  readonly classes: Classes;
}

export interface Verdict {
  readonly resource: CheckedResource;
  readonly findings: readonly Finding[];
}

export function verdictOf(observation: Observation, options: VerdictOptions): Verdict {
  const { old, outcome } = observation;
  // What was recorded of it says nothing of where it stands now.
  const unseen = { ...identityOf(old), deadlines: [] };
  if (outcome === "failed") return { resource: { ...unseen, outcome }, findings: [] };
  if (outcome === "gone") return { resource: { ...unseen, outcome }, findings: [goneFinding(old, options)] };
  const { now, isUpdate } = observation;
  const findings = findingsOf({ old, now, isUpdate }, options);
  return { resource: checked(now, findings.length === 0 ? "same" : "changed"), findings };
}

function checked(state: ResourceState, outcome: CheckedResource["outcome"]): CheckedResource {
  const { outputs } = state;
  const facts = { nextAction: text(outputs.nextAction), phase: text(outputs.phase) };
  const shows = { verifiedName: text(outputs.verifiedName), qualityRating: text(outputs.qualityRating) };
  return { ...identityOf(state), outcome, ...optional({ ...facts, ...shows }), deadlines: deadlinesOf(state) };
}

function deadlinesOf({ outputs }: ResourceState): CheckedResource["deadlines"] {
  const registerBy = time(outputs.registerBy);
  const approvedUntil = outputs.phase === "re-register-due" ? approvalEnd(outputs) : undefined;
  const verifiedUntil = outputs.phase === "renewal-due" ? time(outputs.verificationExpiresAt) : undefined;
  return [
    ...(registerBy === undefined ? [] : [{ what: "registration after embedded signup", at: registerBy }]),
    ...(approvedUntil === undefined ? [] : [{ what: "registration under the approved name", at: approvedUntil }]),
    ...(verifiedUntil === undefined ? [] : [{ what: "renewal of the verification", at: verifiedUntil }]),
  ];
}

interface Read {
  readonly old: ResourceState;
  readonly now: ResourceState;
  readonly isUpdate: boolean;
}

interface ClassedChange extends Change {
  readonly class: PropertyClass;
  readonly means: string;
}

function findingsOf(read: Read, options: VerdictOptions): Finding[] {
  const { old, now } = read;
  const type = className(now.type);
  const changes = changesBetween(old.outputs, now.outputs, (property) => isTakenApart(type, property)).map((change) =>
    classed(change, read, options.classes),
  );
  const told = new Set<string>();
  const conditions = standing(now, options.now, options.classes).flatMap(({ condition, ...more }) => {
    const explained = changes.filter(({ property }) => condition.explains.includes(property));
    if (explained.some((change) => change.class === "drift")) return [];
    for (const { property } of explained) told.add(property);
    const shownChange = explained.find((change) => change.class !== "ignored");
    return [conditionFinding({ condition, ...more }, shownChange, read, options)];
  });
  const rest = changes.filter(({ property, class: kind }) => kind !== "ignored" && !told.has(property));
  const findings = [...rest.map((change) => changeFinding(change, read, options)), ...conditions];
  const isTold = findings.some(({ class: kind }) => kind !== "noise");
  return read.isUpdate && !isTold ? [...findings, updateFinding(read, options)] : findings;
}

function classed(change: Change, { old, now }: Read, classes: Classes): ClassedChange {
  const row = rowOf(className(now.type), change.property);
  const top = change.property.split(".")[0] ?? change.property;
  const declared = old.inputs[top] !== undefined;
  const fallback = declared ? "drift" : "noise";
  const exception = row?.except?.find(({ becomes, when }) => {
    if (becomes !== undefined) return becomes.includes(typeof change.new === "string" ? change.new : "");
    return when !== undefined && CIRCUMSTANCES[when](change, old, now);
  });
  return {
    ...change,
    class: classes.get(change.property) ?? classes.get(top) ?? exception?.class ?? row?.class ?? fallback,
    means: row?.means ?? `Meta shows another ${change.property} than recorded.`,
  };
}

function conditionFinding(
  { condition, message, nextAction, deadline }: Standing,
  change: ClassedChange | undefined,
  { old, now }: Read,
  options: VerdictOptions,
): Finding {
  const isPhase = condition.property === "phase";
  const property = change?.property ?? condition.property;
  const values = change ?? {
    old: valueAt(old.outputs, property),
    new: valueAt(now.outputs, property),
    isSecret: false,
  };
  // By the condition and not by the change that shows it: the next run may show another one, or none.
  const asked = condition.explains.includes("newDisplayName") ? valueAt(now.outputs, "newDisplayName") : undefined;
  const standsAt = valueAt(now.outputs, condition.property);
  const key = keyOf([options.project, options.place.stack, now.urn, condition.name, standsAt, asked]);
  return {
    key,
    ...subjectOf(now),
    class: condition.class,
    property,
    ...optional({ old: values.old, new: values.new, secret: values.isSecret || undefined }),
    message: message ?? condition.means,
    ...optional({ nextAction: nextAction ?? (isPhase ? nextActionOf(now) : undefined), deadline }),
    ...healOf(condition.class, condition.name, now, options, false),
  };
}

function changeFinding(change: ClassedChange, { now, isUpdate }: Read, options: VerdictOptions): Finding {
  const { class: kind, property, isSecret, means, old: before, new: after } = change;
  if (kind === "ignored") throw new TypeError("an ignored change is not told");
  const phase = text(now.outputs.phase) ?? "";
  return {
    key: keyOf([options.project, options.place.stack, now.urn, property, after]),
    ...subjectOf(now),
    class: kind,
    property,
    ...optional({ old: before, new: after, secret: isSecret || undefined }),
    message: means,
    ...optional({ nextAction: kind === "noise" ? undefined : (nextActionOf(now) ?? mendOf(kind, isUpdate)) }),
    ...healOf(kind, phase, now, options, isUpdate),
  };
}

function mendOf(kind: Finding["class"], isUpdate: boolean): string | undefined {
  if (kind !== "drift") return undefined;
  return isUpdate
    ? "Run pulumi up: it sets what the program declares."
    : "If it is meant so, run pulumi refresh, which records it; else set it back at Meta.";
}

/** The engine sees a difference from what is declared that no row of the table tells. */
function updateFinding({ old, now }: Read, options: VerdictOptions): Finding {
  const keys = [...new Set([...Object.keys(old.inputs), ...Object.keys(now.inputs)])].filter((key) => {
    const values = [old.inputs[key], now.inputs[key]];
    return key !== "__provider" && !values.some(holdsSecret) && JSON.stringify(values[0]) !== JSON.stringify(values[1]);
  });
  const [property] = keys;
  const values = property === undefined ? {} : { old: shown(old.inputs[property]), new: shown(now.inputs[property]) };
  return {
    key: keyOf([options.project, options.place.stack, now.urn, "update", keys]),
    ...subjectOf(now),
    class: "drift",
    ...optional({ property, ...values }),
    message: "Meta shows something else than the program declares.",
    nextAction: "Run pulumi up: it sets what the program declares.",
    heal: upCommand(options.place, now.urn),
  };
}

function goneFinding(old: ResourceState, options: VerdictOptions): Finding {
  const { wabaId } = identityOf(old);
  const said = options.classes.get("gone") ?? "drift";
  return {
    key: keyOf([options.project, options.place.stack, old.urn, "gone"]),
    ...subjectOf(old),
    class: said === "ignored" ? "noise" : said,
    property: "id",
    old: old.id,
    message: `It is not there any more: the complete list${wabaId === undefined ? "" : ` of account ${wabaId}`} lacks it.`,
    nextAction:
      "If it was deleted on purpose, take it out of the program; the next pulumi up would add it again as a new one.",
  };
}

function subjectOf(state: ResourceState): Pick<Finding, "urn" | "name" | "number" | "wabaId" | "credential"> {
  const { urn, name, number, wabaId, credential } = identityOf(state);
  return { urn, name, ...optional({ number, wabaId, credential }) };
}

/** Only what mends it: a number that waits for Meta is not to be pushed. */
function healOf(
  kind: Finding["class"],
  phase: string,
  now: ResourceState,
  { place }: VerdictOptions,
  isUpdate: boolean,
): { heal?: string } {
  if (kind !== "drift" && kind !== "action") return {};
  if (phase === "re-register-due")
    return isNameOfOthers(now.outputs) ? {} : { heal: healCommand(place, "re-register") };
  if (phase === "deregistered" || phase === "ready-to-register") return { heal: healCommand(place, "registration") };
  return isUpdate ? { heal: upCommand(place, now.urn) } : {};
}

function valueAt(outputs: ResourceState["outputs"], property: string): Change["old"] {
  const value = partAt(outputs, property);
  return holdsSecret(value) ? undefined : shown(value);
}
