/**
 * One page that stands by itself: no network, no script, nothing to load. For a browser, a phone, a printer, a screen
 * reader. A content policy forbids all but its own style, so that no name in it could load anything either. Long lists
 * are cut, with how many were left out.
 */
import { createHash } from "node:crypto";
import type { Report } from "../report.ts";
import { changesSection } from "./html-changes.ts";
import { deadlinesSection, phasesSection, stacksSection } from "./html-fleet.ts";
import { STYLE } from "./html-style.ts";
import { Markup, html as markup } from "./html-text.ts";
import { inOrder, outline } from "./outline.ts";
import { headline, summary } from "./summary.ts";
import { sentence } from "./wording.ts";

const POLICY = `default-src 'none'; img-src data:; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;

export function html(given: Report): string {
  const report = { ...given, stacks: inOrder(given.stacks) };
  const title = headline(report);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>WhatsApp numbers: ${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>WhatsApp numbers: <span class="exit${report.exitCode}">${title}</span></h1>
<p>${sentence(report.verdict)}</p>
<ul class="facts">${summary(report).map((fact) => markup`<li>${fact}</li>\n`)}</ul>
</header>
<main>
${changesSection(outline(report), report)}
${deadlinesSection(report)}
${phasesSection(report)}
${stacksSection(report)}
</main>
<footer><p>Made by <code>waba drift</code>. Times are in UTC. The JSON report holds all, also what is cut here.</p></footer>
</body>
</html>
`.text;
}
