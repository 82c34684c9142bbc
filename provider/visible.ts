/**
 * Foreign text made fit to be shown, before any format escapes it: a name at Meta or in a program may hold line breaks,
 * terminal escapes, or marks that turn the direction of what follows. They are shown as `\n`, `\u{1b}`, `\u{202e}`.
 */

/**
 * Controls, line separators, direction marks, and what shows nothing, but for the two joiners that words need and the two
 * selectors that emoji need. A lone half of a pair is replaced before.
 */
const HIDDEN =
  /[[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}]--[\u200c\u200d\ufe0e\ufe0f]]/gv;

const SHORT = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** On one line, and nothing in it hidden. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(HIDDEN, (mark) => SHORT.get(mark) ?? `\\u{${mark.codePointAt(0)?.toString(16) ?? ""}}`);
}

/** Line by line, for a message that has several of its own. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/** On one line in quotation marks, as a name stands in a sentence. */
export function quoted(text: string): string {
  return `"${visible(text).replaceAll('"', '\\"')}"`;
}

/** At most `max` characters, and how many were left out. No pair is cut in half. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text
    .slice(0, max)
    .toWellFormed()
    .replace(/\ufffd$/u, "");
  return `${kept}… (+${text.length - kept.length} characters)`;
}
