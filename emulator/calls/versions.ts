/** The versions of the Graph API, and which one a call runs on. */
import type { Known } from "../known.ts";

interface Version extends Known {
  readonly name: string;
  /** From the start of this day on (UTC) calls to it run on a later one; left out where Meta has named no day. */
  readonly ends?: string;
}

const TABLE = "Meta's table of versions";

/** Those that Meta's table names, oldest first. */
export const VERSIONS: readonly Version[] = [
  { name: "v20.0", ends: "2026-09-24", marks: "D", source: TABLE },
  { name: "v21.0", ends: "2027-01-21", marks: "D", source: TABLE },
  { name: "v22.0", ends: "2027-05-20", marks: "D", source: TABLE },
  { name: "v23.0", ends: "2027-10-08", marks: "D", source: TABLE },
  { name: "v24.0", ends: "2028-02-18", marks: "D", source: TABLE },
  { name: "v25.0", ends: "2028-07-29", marks: "D", source: TABLE },
  { name: "v26.0", marks: "D", source: TABLE },
];

/** I: a call without a version runs on this one. At Meta it is the app's oldest or its default; ours is one app. */
export const DEFAULT_VERSION = "v25.0";

/** K: what came before the table had minor versions up to these; all of it has ended. */
const MINORS_BEFORE: readonly number[] = [-1, 0, 12, 3, ...Array.from({ length: 16 }, () => 0)];

/** A first part of a path that is meant as a version. Without the dot it is a name, or the on-premises `/v1`. */
export const VERSION_LIKE = /^v\d+\.[^/]*$/i;

/**
 * K: one that has ended runs on the oldest that has not. Undefined for one that never was. The day a version came out
 * is not looked at: tests set their clocks to any time.
 */
export function runningVersion(asked: string | undefined, now: number): string | undefined {
  const name = asked ?? DEFAULT_VERSION;
  const live = VERSIONS.filter(({ ends }) => ends === undefined || now < Date.parse(ends));
  if (live.some((version) => version.name === name)) return name;
  return isEnded(name) ? live[0]?.name : undefined;
}

function isEnded(name: string): boolean {
  if (VERSIONS.some((version) => version.name === name)) return true;
  const [, major, minor] = /^v([1-9]\d?)\.(0|[1-9]\d?)$/.exec(name) ?? [];
  return major !== undefined && Number(minor) <= (MINORS_BEFORE[Number(major)] ?? -1);
}
