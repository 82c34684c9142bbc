/** The report itself, as docs/drift-report.schema.json has it; what `--previous` reads. Nothing is cut. */
import type { Report } from "../report.ts";

/** Escaped, as JSON allows, so that printing it to a terminal does nothing but show it. */
const HIDDEN = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export function json(report: Report): string {
  const text = JSON.stringify(report, undefined, 2);
  return `${text.replace(HIDDEN, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
