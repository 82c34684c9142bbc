/**
 * Text of others on a terminal: what would steer it (escape sequences, line breaks, marks that turn the direction of
 * writing) is shown as its code instead.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
}

/** The same in quotation marks, as a name stands in a sentence. */
export function quoted(text: string): string {
  return `"${printable(text).replaceAll('"', '\\"')}"`;
}
