/**
 * node ci/preview.mjs previews/*.json: counts, as markdown, what `pulumi up` would do to the numbers, out of what
 * `pulumi preview --json` wrote. It names the properties that are due; how many calls of Graph that takes depends on what
 * Meta answers. Values are left out.
 */
import { readFileSync } from "node:fs";

const OURS = "pulumi-nodejs:dynamic/waba:PhoneNumber";
const DUE = {
  displayName: "ask for a display name, or register an approved one",
  pin: "set a PIN, at the next registration",
  register: "register",
  verification: "send or take a verification code",
  migrate: "move to another account",
  dataLocalizationRegion: "store messages elsewhere: deregister and register",
  webhook: "set a webhook",
};
const OPERATIONS = {
  create: "take over, or add, a number",
  delete: "forget a number, and deregister it where onDelete says so",
  other: "go on from where Meta stands, as to register again",
};

const counts = new Map();
const lines = [];
let unread = 0;
for (const file of process.argv.slice(2)) {
  const preview = parsed(file);
  if (preview === undefined) unread += 1;
  for (const step of preview?.steps ?? []) {
    const [, stack, , , type, name] = /^urn:pulumi:(.+?)::(.+?)::(.+\$)?(.+?)::(.+)$/.exec(step.urn) ?? [];
    if (type !== OURS || ["same", "read", "refresh"].includes(step.op)) continue;
    const due = step.op === "update" ? (step.diffReasons ?? []) : [];
    const dues = due.map((property) => DUE[property] ?? `change ${property}`);
    const what = dues.length > 0 ? dues : [OPERATIONS[step.op.replace("-replacement", "")] ?? OPERATIONS.other];
    for (const one of what) counts.set(one, (counts.get(one) ?? 0) + 1);
    lines.push(`- ${code(stack)} ${code(name)}: ${step.op}${due.length > 0 ? ` (${due.join(", ")})` : ""}`);
  }
}

const rows = [...counts].map(([what, count]) => `| ${what} | ${count} |`);
const table = ["| would | numbers |", "| --- | --: |", ...rows].join("\n");
const failures = unread === 0 ? "" : `\n\n**${unread} could not be previewed: see the log.**`;
const all = lines.length > 100 ? [...lines.slice(0, 100), `- and ${lines.length - 100} more`] : lines;
const nothing = unread === 0 ? "Nothing would be done." : "Of the others nothing would be done.";
const body =
  lines.length === 0 ? nothing : `${table}\n\n<details><summary>Numbers</summary>\n\n${all.join("\n")}\n\n</details>`;
process.stdout.write(`### WhatsApp numbers\n\n${body}${failures}\n`);

/** Undefined where the preview failed: then pulumi wrote its reason, or nothing. */
function parsed(file) {
  try {
    const { steps, diagnostics = [] } = JSON.parse(readFileSync(file, "utf8"));
    return diagnostics.some(({ severity }) => severity === "error") ? undefined : { steps };
  } catch {
    return undefined;
  }
}

function code(text) {
  return `\`${text.replaceAll("`", "'")}\``;
}
