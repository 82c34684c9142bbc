/** Who a resource is, and what its outputs say, for people. Pure. */
import { createHash } from "node:crypto";
import { OURS, type ResourceState } from "./events.ts";

const NOTHING_TO_DO = /^Nothing to do/;

/** Who a resource is, for people. */
export function identityOf({ urn, type, id, outputs }: ResourceState) {
  return {
    urn,
    name: urn.split("::").at(-1) ?? urn,
    type: `waba:${className(type)}`,
    ...optional({
      id: id || undefined,
      number: text(outputs.displayPhoneNumber) ?? text(outputs.phoneNumber) ?? (id || undefined),
      wabaId: text(outputs.wabaId),
      credential: text(outputs.credential),
    }),
  };
}

/** The same for the same finding of every run. */
export function keyOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 20);
}

/** What comes next; undefined where nothing does. */
export function nextActionOf({ outputs }: ResourceState): string | undefined {
  const said = text(outputs.nextAction);
  return said === undefined || NOTHING_TO_DO.test(said) ? undefined : said;
}

/** Of this package: `PhoneNumber`. */
export function className(type: string): string {
  return type.startsWith(OURS) ? type.slice(OURS.length) : type;
}

/** A text that is there. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** As ISO text in UTC. */
export function time(value: unknown): string | undefined {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** The part of an object that `a.b` names; undefined where there is none. */
export function partAt(whole: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((object, key) => {
    return typeof object === "object" && object !== null
      ? Object.getOwnPropertyDescriptor(object, key)?.value
      : undefined;
  }, whole);
}

type Optional<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that have no value. */
export function optional<T extends object>(values: T): Optional<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Optional<T>;
}
