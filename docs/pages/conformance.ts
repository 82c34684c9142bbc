/** docs/emulator-conformance.md: what the emulator answers, and how sure each part of it is. */
import type { FieldShape } from "../../emulator/calls/fields.ts";
import { FORMS } from "../../emulator/calls/forms.ts";
import { DEFAULT_VERSION, VERSIONS } from "../../emulator/calls/versions.ts";
import type { Known } from "../../emulator/known.ts";
import { BUSINESS_NODE } from "../../emulator/nodes/business.ts";
import { COMMERCE_NODE } from "../../emulator/nodes/commerce-settings.ts";
import type { FieldSpec, NodeType } from "../../emulator/nodes/node.ts";
import { NUMBER_NODE } from "../../emulator/nodes/number.ts";
import { OBA_NODE } from "../../emulator/nodes/official-business-account.ts";
import { PREVERIFIED_NODE } from "../../emulator/nodes/preverified.ts";
import { PROFILE_NODE } from "../../emulator/nodes/profile.ts";
import { settingsNode } from "../../emulator/nodes/settings.ts";
import { WABA_NODE } from "../../emulator/nodes/waba.ts";
import { DECIDED_QUESTIONS, OPTION_QUESTIONS } from "../../emulator/open-questions.ts";
import { DOCUMENTED } from "../../emulator/routes/documented.ts";
import type { Route } from "../../emulator/routes/route.ts";
import { ROUTES } from "../../emulator/routes.ts";
import { DEVIATIONS } from "../../test/contract/deviations.ts";
import { ERRATA } from "../../test/contract/errata.ts";
import { MADE, table } from "./table.ts";

const MARKS = [
  ["D", "documented in a guide or a reference of Meta"],
  ["S", "Meta's SDK specification"],
  ["O", "only in Meta's OpenAPI file: the weakest of Meta's sources, as much of it is boilerplate"],
  ["R", "seen in an answer of the live API that was made public"],
  ["T", "told by a third party"],
  ["K", "general Graph behaviour, not read up for this route"],
  ["I", "inferred here: nobody has published it"],
];

/** What is read with `fields`, and where. */
const NODES: readonly { readonly title: string; readonly at: string; readonly node: AnyNode }[] = [
  { title: "Business", at: "`GET /{BIZ}`, partners of a pre-verified number", node: anyNode(BUSINESS_NODE) },
  { title: "Phone number", at: "`GET /{PNID}`, `GET /{WABA}/phone_numbers`", node: anyNode(NUMBER_NODE) },
  { title: "Settings", at: "`GET /{PNID}/settings`", node: anyNode(settingsNode(true)) },
  { title: "Business profile", at: "`GET /{PNID}/whatsapp_business_profile`", node: anyNode(PROFILE_NODE) },
  { title: "Commerce settings", at: "`GET /{PNID}/whatsapp_commerce_settings`", node: anyNode(COMMERCE_NODE) },
  { title: "Official business account", at: "`GET /{PNID}/official_business_account`", node: anyNode(OBA_NODE) },
  {
    title: "Pre-verified number",
    at: "`GET /{PREID}`, `GET /{BIZ}/preverified_numbers`",
    node: anyNode(PREVERIFIED_NODE),
  },
  { title: "WhatsApp Business Account", at: "`GET /{WABA}`", node: anyNode(WABA_NODE) },
];

type AnyField = Known & Pick<FieldSpec<never>, "sub">;
interface AnyNode {
  readonly name: string;
  readonly defaults: readonly string[];
  readonly fields: { readonly [name: string]: AnyField };
}

export function conformance(): string {
  return `# What the emulator answers, and how sure that is

${MADE}

The emulator stands in for Meta's Graph API. Nobody could hold it against the live API, so every route, parameter and field
says who describes it and how reliable that is. What Meta documents and the emulator does not have answers HTTP 501, never a
success. What it answers is held against Meta's OpenAPI file in \`test/contract\`.

## Marks

${table(["mark", "means"], MARKS)}
Several marks may stand together: \`D R\` is documented and was seen live. In notes, \`(I)\` marks the part that is inferred.

## Routes

${table(["route", "marks", "source", "scopes", "note"], sorted(ROUTES).map(routeRow))}
On all of them:

${table(
  ["form of a call", "marks", "source", "note"],
  FORMS.map(({ form, marks, source, note = "" }) => [form, marks, source, note]),
)}
Versions in front of a path (\`/v25.0/…\`); one that has ended runs on the oldest that has not (K), a call without one on
${DEFAULT_VERSION} (I):

${table(
  ["version", "ends", "marks", "source"],
  VERSIONS.map(({ name, ends = "", marks, source }) => [name, ends, marks, source]),
)}
## Parameters

\`access_token\`, and \`fields\` of reads, are taken everywhere. **Bold**: required.

${table(["route", "parameter", "marks", "source", "note"], sorted(ROUTES).flatMap(parameterRows))}
## Fields

\`id\` is answered everywhere, asked for or not. **Bold**: answered without \`fields\`. A field that is unset is left out.

${NODES.map(fieldSection).join("\n")}
## Documented by Meta, and not emulated

These answer HTTP 501 with code 3 and type \`EmulatorNotImplemented\`.

${table(["route", "marks", "source"], notEmulated())}
## Open questions, and the option that decides each

What Meta's texts leave open, or say in two ways, is an option of \`startEmulator\`.

${table(["option", "question", "choices, the default first", "marks"], questionRows())}
## Open questions that no option decides

${table(
  ["question", "here", "or else", "marks"],
  DECIDED_QUESTIONS.map(({ question, here, otherwise, marks }) => [question, here, otherwise, marks]),
)}
## Where Meta's OpenAPI file is corrected

Before anything is held against the file, these errors in it are corrected.

${table(
  ["in truth", "marks", "why"],
  ERRATA.map(({ what, marks, reason }) => [what, marks, reason]),
)}
## Where the answers differ from Meta's OpenAPI file

After those corrections. \`*\` is any index; **undeclared** means that the file does not know the name.

${table(["route", "place", "difference", "marks", "why"], deviationRows())}`;
}

function routeRow({ method, template, marks, source, scopes, note = "" }: Route): string[] {
  return [`\`${method} ${template}\``, marks, source, scopes.map((scope) => `\`${scope}\``).join(", "), note];
}

function parameterRows({ method, template, params = {} }: Route): string[][] {
  return Object.entries(params)
    .sort(byName)
    .map(([name, { required, marks, source, note = "" }], index) => [
      index === 0 ? `\`${method} ${template}\`` : "",
      strong(`\`${name}\``, required === true),
      marks,
      source,
      note,
    ]);
}

function fieldSection({ title, at, node }: (typeof NODES)[number]): string {
  const rows = Object.entries(node.fields)
    .sort(byName)
    .map(([name, { marks, source, note = "", sub }]) => [
      strong(`\`${name}\``, node.defaults.includes(name)) + (sub === undefined ? "" : ` \`{${subNames(sub)}}\``),
      marks,
      source,
      note,
    ]);
  return `### ${title}\n\n${at}, \`${node.name}\` in refusals.\n\n${table(["field", "marks", "source", "note"], rows)}`;
}

function subNames(shape: FieldShape): string {
  return Object.entries(shape)
    .map(([name, sub]) => (sub === true ? name : `${name}{${subNames(sub)}}`))
    .join(",");
}

const ROOTS = { number: "/{PNID}", waba: "/{WABA}", business: "/{BIZ}", preverified: "/{PREID}", root: "" };

function notEmulated(): string[][] {
  const emulated = new Set(ROUTES.map(({ method, template }) => `${method} ${template}`));
  return DOCUMENTED.flatMap(({ on, edge, methods, marks, source }) =>
    methods
      .map((method) => `${method} ${edge === "" ? ROOTS[on] : `${ROOTS[on]}/${edge}`}`)
      .filter((route) => !emulated.has(route))
      .map((route) => [route, marks, source] as const),
  )
    .sort(([left], [right]) => compareRoutes(left, right))
    .map(([route, marks, source]) => [`\`${route}\``, marks, source]);
}

function questionRows(): string[][] {
  return Object.entries(OPTION_QUESTIONS)
    .sort(byName)
    .flatMap(([option, open]) => (open === null ? [] : [[`\`${option}\``, open.question, open.choices, open.marks]]));
}

function deviationRows(): string[][] {
  return DEVIATIONS.map(({ routes, at, rule, marks, reason }) => [
    routes.map((route) => (route.includes("/") ? `\`${route}\`` : route)).join(", "),
    at.map((place) => (place === "" ? "" : `\`${place}\``)).join(", "),
    rule,
    marks,
    reason,
  ]);
}

function sorted(routes: readonly Route[]): Route[] {
  return routes.toSorted((left, right) =>
    compareRoutes(`${left.method} ${left.template}`, `${right.method} ${right.template}`),
  );
}

/** By path, then reads before writes. */
function compareRoutes(left: string, right: string): number {
  const [leftMethod = "", leftPath = ""] = left.split(" ");
  const [rightMethod = "", rightPath = ""] = right.split(" ");
  const methods = ["GET", "POST", "DELETE"];
  return compareText(leftPath, rightPath) || methods.indexOf(leftMethod) - methods.indexOf(rightMethod);
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return compareText(left, right);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function strong(text: string, on: boolean): string {
  return on ? `**${text}**` : text;
}

function anyNode<Subject>({ name, defaults, fields }: NodeType<Subject>): AnyNode {
  return { name, defaults, fields };
}
