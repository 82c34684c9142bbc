/** An explanation for people: one line a fact, under a word each. Pure. */
import { numberLabel } from "../graph/phone-numbers.ts";
import { distance } from "../time-text.ts";
import { quoted, visible } from "../visible.ts";
import type { Budget } from "./budgets.ts";
import type { Explanation } from "./explanation.ts";

const HEAD_WIDTH = 11;
const SAID_BY = { graph: "Graph, now", stack: "the stack", program: "declared" } as const;
const CERTAINTY = { exact: "", atTheEarliest: ", at the earliest", atTheLatest: ", rather earlier" } as const;

export function textOf(it: Explanation): string {
  const sections: [string, string[]][] = [
    ["phase", [`${it.phase}: ${it.meaning}`]],
    ["evidence", it.evidence.map(evidenceText)],
    ["name", [nameText(it)]],
    ["blocks", it.blocks.map(({ what, until }) => `${what}${until === undefined ? "" : ` until ${until}`}`)],
    ["next", [it.nextAction]],
    ["deadlines", it.deadlines.map((deadline) => deadlineText(it.at, deadline))],
    ["left", budgetTexts(it)],
    ["health", healthTexts(it)],
    ["unknown", it.unknown],
    ["Meta", [it.page]],
  ];
  const lines = sections.flatMap(([head, facts]) =>
    facts.map((fact, nth) => `${(nth === 0 ? head : "").padEnd(HEAD_WIDTH)}${visible(fact)}`),
  );
  return [headline(it), ...lines, ""].join("\n");
}

function headline({ id, number, wabaId, resource }: Explanation): string {
  const parts = [
    numberLabel(id, number),
    wabaId === undefined ? undefined : `account ${wabaId}`,
    resource === undefined ? "in no stack" : `resource ${quoted(resource)}`,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

function evidenceText({ field, value, source }: Explanation["evidence"][number]): string {
  return `${field} = ${valueText(value)} (${SAID_BY[source]})`;
}

function valueText(value: Explanation["evidence"][number]["value"]): string {
  if (value === null) return "not shown";
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" ? visible(value) : value.join(", ");
}

function nameText({ name: { inUse, requested, requestedStatus } }: Explanation): string {
  const used = inUse === undefined ? "none shown" : `${quoted(inUse)} is in use`;
  if (requested === undefined) return requestedStatus === undefined ? used : `${used}; asked for: ${requestedStatus}`;
  return `${used}; asked for: ${quoted(requested)} ${requestedStatus ?? "of which Graph shows nothing yet"}`;
}

function deadlineText(now: string, { what, at, certainty }: Explanation["deadlines"][number]): string {
  return `${at} (${distance(at, now)}${CERTAINTY[certainty]}): ${what}`;
}

function budgetTexts({ budgets }: Explanation): string[] {
  if (budgets === undefined) return [];
  return [
    budgetText("register", budgets.register, "72 hours"),
    budgetText("deregister", budgets.deregister, "72 hours"),
    budgetText("another name", budgets.names, "30 days"),
  ];
}

function budgetText(what: string, { left, of, oldestFallsOutAt }: Budget, window: string): string {
  const next = oldestFallsOutAt === undefined ? "" : `; the oldest falls out at ${oldestFallsOutAt}`;
  return `${what}: ${left} of ${of} in ${window}${next}`;
}

function healthTexts({ health: { canSendMessage, errors } }: Explanation): string[] {
  const texts = errors.map(({ entity, id, code, description, possibleSolution }) =>
    [`${entity}${id === undefined ? "" : ` ${id}`}: ${code}`, description, possibleSolution]
      .filter(Boolean)
      .join(" · "),
  );
  return [`can send: ${canSendMessage ?? "not shown"}`, ...texts];
}
