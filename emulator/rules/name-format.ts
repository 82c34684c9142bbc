/**
 * What Meta's help pages forbid in a display name, as far as a program can tell.
 * K: the rules; I: that they are checked at once, and how strictly. Most of it Meta leaves to the review.
 */
import { NAME_LENGTH_ADVISED } from "../limits.ts";
import { badNameFormat } from "../refusals/display-name.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";

const FORBIDDEN: readonly (readonly [rule: string, RegExp])[] = [
  ["emoji", /\p{Extended_Pictographic}/u],
  ["a web address", /^https?:|www\./i],
  ["repeated punctuation", /([^\p{L}\p{N}\p{M}\s])\1/u],
  ["a name of Meta's", /\b(whatsapp|facebook|instagram|meta)\b/i],
];

export function refusalOfName(name: string): GraphRefusal | undefined {
  if ([...name].length < NAME_LENGTH_ADVISED) return badNameFormat(`fewer than ${NAME_LENGTH_ADVISED} characters`);
  const broken = FORBIDDEN.find(([, pattern]) => pattern.test(name));
  return broken === undefined ? undefined : badNameFormat(broken[0]);
}
