/**
 * The body of a GitHub issue: what fails the run is a task to be ticked. The first line is a comment that shows nothing,
 * by which a workflow finds the issue again. GitHub takes 65,536 characters (measured by many: its API answers "body is
 * too long").
 */

import { fails } from "../fail-on.ts";
import type { Report } from "../report.ts";
import { markdownPage, title } from "./markdown-page.ts";

export const CHARACTERS_MAX = 65_536;

export const ISSUE_MARK = "<!-- pulumi-waba drift -->";

export function issue(report: Report): string {
  return markdownPage(report, {
    top: `${ISSUE_MARK}\n**${title(report)}**\n\n`,
    bullet: (finding) => (fails(finding, report.failOn) ? "- [ ] " : "- "),
    limit: { max: CHARACTERS_MAX, size: (text) => text.length },
  });
}
