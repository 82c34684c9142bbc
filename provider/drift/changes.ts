/** Which outputs of a resource differ, without what is secret in them. Pure. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { SECRET_MARK } from "../secret-mark.ts";

export interface Change {
  readonly property: string;
  /** Undefined where there is none, or it is secret. */
  readonly old: z.core.util.JSONType | undefined;
  readonly new: z.core.util.JSONType | undefined;
  readonly isSecret: boolean;
}

type Outputs = Readonly<Record<string, unknown>>;

/** The text that stands for our code in the state. */
const NOT_OURS = "__provider";

/** @param isTakenApart whether the parts of an object are told one by one */
export function changesBetween(old: Outputs, now: Outputs, isTakenApart: (property: string) => boolean): Change[] {
  return compared(old, now, isTakenApart, "");
}

function compared(old: Outputs, now: Outputs, isTakenApart: (property: string) => boolean, path: string): Change[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => key !== NOT_OURS);
  return keys.toSorted().flatMap((key) => {
    const property = `${path}${key}`;
    const [before, after] = [old[key], now[key]];
    if (isDeepStrictEqual(before, after)) return [];
    const parts = [before, after].map(plainObject);
    if (isTakenApart(property) && parts.some((part) => part !== undefined)) {
      return compared(parts[0] ?? {}, parts[1] ?? {}, isTakenApart, `${property}.`);
    }
    const isSecret = holdsSecret(before) || holdsSecret(after);
    return [
      { property, isSecret, old: isSecret ? undefined : shown(before), new: isSecret ? undefined : shown(after) },
    ];
  });
}

function plainObject(value: unknown): Outputs | undefined {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value) && !(SECRET_MARK in value);
  return isPlain ? { ...value } : undefined;
}

export function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return SECRET_MARK in value || Object.values(value).some(holdsSecret);
}

const json = z.json();

/** An address may carry a password, or a key among its parameters. */
export function shown(value: unknown): z.core.util.JSONType | undefined {
  const parsed = json.safeParse(value);
  if (!parsed.success) return undefined;
  return typeof parsed.data === "string" ? withoutKeys(parsed.data) : parsed.data;
}

function withoutKeys(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.search === "" && url.username === "" && url.password === "" && url.hash === "") return text;
  return `${url.protocol}//${url.host}${url.pathname}${url.search === "" ? "" : "?…"}`;
}
