/** Reports whose every text may be an attack on the format that it is printed in, and the same report with tame texts. */
import fc from "fast-check";
import { FINDING_CLASSES, type Finding, type Report } from "../../../../provider/drift/report.ts";
import { NOW, reportOf, resource, stackOf } from "./samples.ts";

/** Never to be printed: the values of secret findings. */
export const SECRET = "s3cr3t-value";

const ATTACKS = [
  "a|b",
  "|",
  "\\|",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</td></tr></table>",
  "<!--",
  "-->",
  "`",
  "```",
  "``` \n",
  "~~~",
  "\\",
  "\\`",
  "*x*",
  "__x__",
  "~~x~~",
  "# x",
  "- [ ] x",
  "1. x",
  "---",
  "===",
  "> x",
  "| a | b |",
  "\n\n# heading\n",
  "\r\n",
  "\n- item",
  "\u2028",
  "\t",
  "    indented",
  "[x](https://evil.example)",
  "![x](https://evil.example/i)",
  "[x]: https://evil.example",
  "https://evil.example/x",
  "www.evil.example",
  "mail@evil.example",
  "@everyone",
  "@org/team",
  "#12",
  "GH-12",
  "org/repo#1",
  "<!channel>",
  "<!here|x>",
  "<@U123>",
  "<https://evil.example|x>",
  "&lt;script&gt;",
  "&#60;b&#62;",
  "&amp;",
  "&",
  "]]>",
  "<![CDATA[",
  "<?xml ?>",
  "<!DOCTYPE x>",
  "&xxe;",
  "'",
  '"',
  "\"'>",
  "' onmouseover='x",
  "\u001b[31m",
  "\u001b]8;;https://evil.example\u0007",
  "\u009b31m",
  "\u0000",
  "\u0008",
  "\u007f",
  "\u202e",
  "\u2066",
  "\u200f",
  "\u061c",
  "\u200b",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "\ud800",
  "\udfff",
  "🇩🇪",
  "名前",
  "שלום",
  "مرحبا",
  "e\u0301",
  ":smile:",
  "$x$",
  "{{x}}",
  "%0a::error::x",
  "::set-output name=x::y",
  "$(id)",
  ";rm -rf /",
  "│",
  "┌",
];

/** Not empty, and not of spaces alone: those are tested apart. */
const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...ATTACKS) },
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom("Acme", " "),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(""))
  .filter((joined) => joined.trim() !== "");
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const time = fc
  .integer({ min: -20, max: 20 })
  .map((days) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString());
const values = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }));

const findings: fc.Arbitrary<Finding> = fc
  .record(
    {
      key: text,
      class: fc.constantFrom(...FINDING_CLASSES),
      message: text,
      urn: text,
      name: text,
      number: text,
      credential: text,
      wabaId: text,
      property: text,
      old: values,
      new: values,
      secret: fc.boolean(),
      nextAction: text,
      heal: text,
      deadline: time,
      memory: fc.constantFrom("new" as const, "ongoing" as const),
      since: time,
      acknowledged: fc.record({ reason: text, until: time }),
    },
    { requiredKeys: ["key", "class", "message"] },
  )
  .map((one) => (one.secret === true ? { ...one, old: SECRET, new: SECRET } : one));

const resources = fc
  .record({
    name: text,
    number: maybe(text),
    phase: maybe(text),
    verifiedName: maybe(text),
    nextAction: maybe(text),
    what: text,
    at: time,
  })
  .map(({ name, what, at, ...rest }) =>
    resource({ stack: "s", name }, { ...rest, urn: name, deadlines: [{ what, at }], outcome: "changed" }),
  );

const stacks = fc
  .record({
    project: text,
    stack: text,
    cwd: text,
    outcome: fc.constantFrom("checked" as const, "failed" as const),
    errors: fc.array(text, { maxLength: 3 }),
    resources: fc.array(resources, { maxLength: 3 }),
    findings: fc.array(findings, { maxLength: 3 }),
    resolved: fc.array(findings, { maxLength: 1 }),
    unchecked: fc.array(findings, { maxLength: 1 }),
    /** Enough alike to be one line. */
    alike: fc.tuple(findings, fc.constantFrom(0, 0, 7), text),
  })
  .map(({ alike: [one, amount, urn], ...rest }) => {
    const many = Array.from({ length: amount }, (_, index) => ({ ...one, urn: `${urn}${index}` }));
    return stackOf(rest.stack, { ...rest, findings: [...rest.findings, ...many] });
  });

export const reports: fc.Arbitrary<Report> = fc
  .record({ found: fc.array(stacks, { maxLength: 3 }), verdict: text, version: text })
  .map(({ found, verdict, version }) =>
    JSON.parse(JSON.stringify(reportOf(found, { verdict, tool: { name: "pulumi-waba", version } }))),
  );

/** Words that are no foreign text: the report's own. */
const OWN = new Set<string>([
  "pulumi-waba",
  "checked",
  "failed",
  "same",
  "changed",
  "gone",
  "new",
  "ongoing",
  "any",
  ...FINDING_CLASSES,
]);

/** The same report, each text replaced by a harmless one: equal where they were equal, in the same order. */
export function tame(report: Report): Report {
  const found = new Set<string>();
  const walk = (node: unknown, replace: (text: string) => string): unknown => {
    if (typeof node === "string")
      return OWN.has(node) || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(node) ? node : replace(node);
    if (Array.isArray(node)) return node.map((item) => walk(item, replace));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item, replace)]));
  };
  walk(report, (one) => {
    found.add(one);
    return one;
  });
  const names = new Map([...found].toSorted(compare).map((one, index) => [one, `t${String(index).padStart(4, "0")}`]));
  return reportOf([], walk(report, (one) => names.get(one) ?? one) as Report);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
