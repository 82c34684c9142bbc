/** How a report's parts are said, the same in every format: values, whom a finding is about, times, numbers of things. */

import { count } from "../../count.ts";
import { cut, visible } from "../../visible.ts";
import type { CheckedResource, Finding, StackReport } from "../report.ts";

/** In characters. What is longer is cut, and says by how much. */
const VALUE_MAX = 160;
const NAME_MAX = 100;
const SENTENCE_MAX = 600;
/** A command that is cut would do something else, so a longer one is left out. */
const COMMAND_MAX = 1500;

export interface Values {
  readonly property: string;
  /** Undefined where the values are left out. */
  readonly old: string | undefined;
  readonly new: string | undefined;
}

/** `platformType: CLOUD_API → NOT_APPLICABLE`; undefined where the finding is about no property. */
export function values(finding: Finding): Values | undefined {
  const { property, secret = false } = finding;
  if (property === undefined) return undefined;
  if (secret) return { property: name(property), old: "(secret)", new: "(secret)" };
  if (finding.old === undefined && finding.new === undefined)
    return { property: name(property), old: undefined, new: undefined };
  return { property: name(property), old: value(finding.old), new: value(finding.new) };
}

/** Text as it is, unless one could not see where it begins and ends; anything else as JSON. */
function value(data: Finding["old"]): string {
  if (data === undefined) return "(none)";
  if (typeof data !== "string") return cut(visible(JSON.stringify(data)), VALUE_MAX);
  const plain = data !== "" && data.trim() === data;
  return cut(visible(plain ? data : JSON.stringify(data)), VALUE_MAX);
}

/** Whom a finding is about: as people call it, and under which name the program has it. */
export function subject({ number, name: known, credential, wabaId }: Finding): readonly string[] {
  const called = [number, known].filter((part) => part !== undefined && part !== "").map(String);
  if (called.length > 0) return [...new Set(called)].map(name);
  if (credential !== undefined) return [name(`credential ${credential}`)];
  if (wabaId !== undefined) return [name(`account ${wabaId}`)];
  return ["the whole stack"];
}

/** A number as people call it. */
export function resourceName(resource: CheckedResource): readonly string[] {
  return [...new Set([resource.number ?? resource.id ?? resource.name, resource.name])].map(name);
}

export function stackName({ project, stack }: Pick<StackReport, "project" | "stack">): string {
  return name(`${project}/${stack}`);
}

export function name(text: string): string {
  return cut(visible(text), NAME_MAX);
}

export function sentence(text: string): string {
  return cut(visible(text), SENTENCE_MAX);
}

/** What a finding is; with those that are the same change, how much cannot be read for them all. */
export function message(finding: Finding, same: readonly { readonly finding: Finding }[] = [{ finding }]): string {
  const unread = same.reduce((sum, { finding: one }) => sum + (one.unread ?? 0), 0);
  const said = sentence(finding.message);
  return unread === 0 ? said : `${said} ${count(unread, "number")} could not be read.`;
}

/** Undefined where it is too long to be shown. */
export function command(text: string): string | undefined {
  const shown = visible(text);
  return shown.length > COMMAND_MAX ? undefined : shown;
}

/** `2026-11-23 03:00 UTC`. */
export function moment(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export function day(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `a, b and 3 more`. */
export function some(all: readonly string[], max: number): string {
  const more = all.length - max;
  return more > 0 ? `${all.slice(0, max).join(", ")} and ${more.toLocaleString("en-US")} more` : all.join(", ");
}
