/** The pages that are made from tables in the code, so that they cannot say anything else. */
import { reportSchema } from "../provider/drift/report-schema.ts";
import { type CallKind, codeText, type Reason } from "../provider/graph/errors.ts";
import { ERROR_PAGE, REASONS } from "../provider/graph/reasons.ts";
import { GROUNDS } from "../provider/lifecycle/evidence.ts";
import { PHASES, type Phase } from "../provider/lifecycle/phases.ts";
import { PRE_VERIFIED_PHASES } from "../provider/lifecycle/pre-verified-phone-number/phases.ts";
import { conformance } from "./pages/conformance.ts";
import { driftClasses } from "./pages/drift-classes.ts";
import { driftFormats } from "./pages/drift-formats.ts";
import { namePhases } from "./pages/name-phases.ts";
import { resourcePage } from "./pages/resource.ts";
import { MADE, table } from "./pages/table.ts";

const RETRIES = { yes: "yes, a bounded number of times", wait: "no: wait", never: "no" };

/** Each page's text by its path in the repository. */
export function madePages(): Record<string, string> {
  return {
    "docs/drift-classes.md": driftClasses(),
    "docs/drift-formats.md": driftFormats(),
    "docs/drift-report.schema.json": `${JSON.stringify(reportSchema(), undefined, 2)}\n`,
    "docs/emulator-conformance.md": conformance(),
    "docs/errors.md": errors(),
    "docs/phases.md": phases(),
    "docs/resources/business-profile.md": resourcePage("business-profile.ts"),
    "docs/resources/phone-number.md": resourcePage("phone-number.ts"),
    "docs/resources/phone-number-settings.md": resourcePage("phone-number-settings.ts"),
    "docs/resources/pre-verified-phone-number.md": resourcePage("pre-verified-phone-number.ts"),
    "docs/resources/webhook-subscription.md": resourcePage("webhook-subscription.ts"),
  };
}

function errors(): string {
  const rows = REASONS.map(({ meaning, remedy, retry, page, ...which }) => [
    whichText(which),
    meaning,
    remedy.replaceAll("{tokenSource}", "(the place where it was found)").replaceAll("{number}", "NUMBER"),
    RETRIES[retry],
    `[page](${page})`,
  ]);
  return `# Errors

${MADE}

A message reads: what we did · on which number · what Graph said (code/subcode, HTTP status; what the code means) · what to do ·
fbtrace_id. Meta's own list: ${ERROR_PAGE}

Reads are tried up to four times where the last column says so, and where a network or a proxy failed. Writes are tried again
only when they never reached Graph, or when making them twice has one effect.

The first row that fits is taken; \`…/2388012\` stands for the subcode under any code.

${table(["code", "meaning", "what to do", "tried again", "at Meta"], rows)}
Three errors are not Graph's: **UnexpectedAnswerError** (HTML, an empty body, another shape: check \`waba:baseUrl\` and proxies),
**NetworkError** (no answer; it says whether Graph may have carried out the call), **DeadlineError** (the 55 seconds that one
operation may take were used up). The next \`pulumi up\` goes on from where it stood.
`;
}

const KINDS: Record<CallKind, string> = { add: "to add a number", register: "to register" };

function whichText({ code, subcode, through, kind }: Pick<Reason, "code" | "subcode" | "through" | "kind">): string {
  if (code === undefined) return `…/${subcode}`;
  if (kind !== undefined) return `${code} to a call ${KINDS[kind]}`;
  return through === undefined ? codeText(code, subcode) : `${code}–${through}`;
}

function phases(): string {
  const rows = Object.entries(PHASES).map(([phase, { meaning, next }]) => {
    const { facts, page } = GROUNDS[phase as Phase];
    return [
      `\`${phase}\``,
      meaning,
      next.replaceAll("{number}", "NUMBER"),
      facts.map((fact) => `\`${fact}\``).join(", "),
      `[page](${page})`,
    ];
  });
  const preVerified = Object.entries(PRE_VERIFIED_PHASES).map(([phase, { meaning, next }]) => [
    `\`${phase}\``,
    meaning,
    next.replaceAll("{attempt}", "the last one").replaceAll("{number}", "NUMBER"),
  ]);
  return `# Phases

${MADE}

The output \`phase\` says in one word where a number stands, and \`nextAction\` what comes next. The rules are asked in the order
of provider/lifecycle/phase.ts: what Meta does to the whole number first (unknown values, migrated, banned), then where it lives
(app, coexistence), then its registration, its verification and its name.

The fields that a phase rests on are told with their values by \`npx waba explain NUMBER\`: see [commands.md](commands.md).

${table(["phase", "meaning", "what comes next", "rests on", "at Meta"], rows)}
${namePhases()}
## Pre-verified numbers

A PreVerifiedPhoneNumber has phases of its own, by provider/lifecycle/pre-verified-phone-number/phase.ts:

${table(["phase", "meaning", "what comes next"], preVerified)}`;
}
