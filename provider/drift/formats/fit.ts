/**
 * A receiver takes so much and no more, and then refuses the whole. So a page is made of pieces in the order of their
 * weight; those that do not fit are counted, and the page ends with how much was left out.
 */
import { count } from "../../count.ts";

/** What is counted when it is left out. */
export const KINDS = {
  failure: ["stack that could not be checked", "stacks that could not be checked"],
  change: ["finding", "findings"],
  resolved: ["resolved", "resolved"],
  acknowledged: ["acknowledged", "acknowledged"],
  unchecked: ["not checked this time", "not checked this time"],
  deadline: ["deadline", "deadlines"],
  stack: ["stack", "stacks"],
  number: ["number", "numbers"],
} as const;
export type Kind = keyof typeof KINDS;

export interface Piece<Content> {
  readonly content: Content;
  readonly kind: Kind;
  /** How many of its kind it holds. */
  readonly count: number;
  readonly section?: Section<Content>;
}

/** Pieces of one section share the object. */
export interface Section<Content> {
  /** What is put before the section's first piece. */
  readonly head: Content;
}

/** One limit, in its own unit. */
export interface Limit<Content> {
  readonly max: number;
  readonly size: (content: Content) => number;
}

export interface Fitted<Content> {
  readonly contents: readonly Content[];
  /** `12 findings, 3 resolved`; undefined where all is in. */
  readonly leftOut: string | undefined;
}

/** From the first piece that does not fit on, all are left out: what is read last weighs least. */
export function fill<Content>(pieces: readonly Piece<Content>[], limits: readonly Limit<Content>[]): Fitted<Content> {
  const used = limits.map(() => 0);
  const contents: Content[] = [];
  let last: Section<Content> | undefined;
  for (const [index, { content, section }] of pieces.entries()) {
    const added = section === undefined || section === last ? [content] : [section.head, content];
    const sizes = limits.map(({ size }) => added.reduce((sum, part) => sum + size(part), 0));
    if (limits.some(({ max }, at) => (used[at] ?? 0) + (sizes[at] ?? 0) > max))
      return { contents, leftOut: total(pieces.slice(index)) };
    for (const [at, size] of sizes.entries()) used[at] = (used[at] ?? 0) + size;
    contents.push(...added);
    last = section;
  }
  return { contents, leftOut: undefined };
}

/** Room for the longest sentence about what was left out, in any of the units. */
export const LEFT_OUT_ROOM = 600;

function total(pieces: readonly Piece<unknown>[]): string {
  const sums = new Map<Kind, number>();
  for (const { kind, count: amount } of pieces) sums.set(kind, (sums.get(kind) ?? 0) + amount);
  return [...sums].map(([kind, sum]) => count(sum, KINDS[kind][0], KINDS[kind][1])).join(", ");
}
