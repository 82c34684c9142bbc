/** What a report can be printed as. Each printer is a pure function; none shows the value of a secret. */
import type { Report } from "../report.ts";
import { html } from "./html.ts";
import { issue } from "./issue.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { withoutSecrets } from "./outline.ts";
import { slack } from "./slack.ts";
import { type TableOptions, table } from "./table.ts";

export interface FormatOptions extends TableOptions {
  /** Bytes that a step summary holds already. */
  readonly taken?: number;
}

interface Format {
  /** For the command's help. */
  readonly what: string;
  readonly print: (report: Report, options: FormatOptions) => string;
}

export const FORMATS = {
  table: { what: "tables for a terminal", print: table },
  json: { what: "the whole report, by docs/drift-report.schema.json", print: json },
  markdown: { what: "GitHub's markdown, for a step summary", print: markdown },
  junit: { what: "JUnit XML: a suite a stack, a case a number", print: junit },
  slack: { what: "a message in Slack's blocks, as JSON", print: slack },
  issue: { what: "the body of a GitHub issue", print: issue },
  html: { what: "one page that needs no network and no script", print: html },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => name in FORMATS);

export function print(format: FormatName, report: Report, options: FormatOptions): string {
  return FORMATS[format].print(withoutSecrets(report), options);
}
