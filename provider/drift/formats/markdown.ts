/**
 * For GitHub's step summary, which takes 1 MiB a step, and for whatever else shows GitHub's markdown.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
import type { Report } from "../report.ts";
import { markdownPage, title } from "./markdown-page.ts";

export const BYTES_MAX = 1024 * 1024;

const SIGNS = { 0: "✅", 1: "⚠️", 2: "❌" } as const;

/** @param taken bytes that others have put there */
export function markdown(report: Report, { taken = 0 }: { readonly taken?: number }): string {
  return markdownPage(report, {
    top: `## ${SIGNS[report.exitCode]} WhatsApp numbers: ${title(report)}\n\n`,
    bullet: () => "- ",
    limit: { max: BYTES_MAX - taken, size: (text) => Buffer.byteLength(text) },
  });
}
