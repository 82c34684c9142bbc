/**
 * Foreign text in GitHub's markdown. Values stand in code spans, where nothing is markup; prose is escaped, and a
 * zero-width space keeps GitHub from making mentions, references and links of it. Tables are not used: a value's `|` would end
 * its cell even in a code span.
 */

/** Between two characters that GitHub would read together. It shows nothing. */
const APART = "&#8203;";

/** A fence of backticks that are more than any in the text. */
function ticks(text: string, min: number): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  return "`".repeat(Math.max(min, longest + 1));
}

/** Exactly the text, on one line. An empty one has no code span. */
export function code(text: string): string {
  if (text.trim() === "") return "` `";
  const fence = ticks(text, 1);
  const room = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${room}${text}${room}${fence}`;
}

/** A block of commands, inside a list item. */
export function commandBlock(text: string, indent: string): string {
  const fence = ticks(text, 3);
  return [`${fence}sh`, text, fence].map((line) => `${indent}${line}\n`).join("");
}

/** On one line, also at its start. */
export function prose(text: string): string {
  const start = /^\s*(?:[-+=]|\d+[.)])/.test(text) ? APART : "";
  return `${start}${escaped(text)}`;
}

function escaped(text: string): string {
  return text
    .trim()
    .replace(/[\\`*_{}[\]<>&|~$!#@]/g, (mark) => (mark === "@" || mark === "#" ? `${mark}${APART}` : `\\${mark}`))
    .replace(/:(?=\/\/|[a-z0-9_+-]+:)/gi, `:${APART}`)
    .replace(/(www|GH|xmpp|mailto)(?=[.\-:])/gi, `$1${APART}`);
}
