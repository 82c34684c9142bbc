/** A doctor's report for people: failures stand out by their word, each with its remedy below. Pure. */
import { numberLabel } from "../graph/phone-numbers.ts";
import { distance } from "../time-text.ts";
import { quoted, visible } from "../visible.ts";
import type { AccountReport, DoctorReport, Finding } from "./report.ts";

const WORDS = { ok: "ok", warning: "warning", failure: "FAILURE" } as const;
const WORD_WIDTH = 9;

export function textOf(report: DoctorReport): string {
  const { findings, accounts, notChecked, calls } = report;
  const count = (level: Finding["level"]) => findings.filter((found) => found.level === level).length;
  const total = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const lines = [
    ...findings.flatMap(findingLines),
    ...accounts.flatMap((account) => accountLines(report.at, account)),
    ...notChecked.map((what) => `${"-".padEnd(WORD_WIDTH)}not checked: ${visible(what)}`),
    `${total(count("failure"), "failure")}, ${total(count("warning"), "warning")}; ${total(calls, "call")} to Graph, nothing written`,
  ];
  return `${lines.join("\n")}\n`;
}

function findingLines({ level, check, on, message, remedy }: Finding): string[] {
  // "account, account 102290129340398" would say it twice.
  const where = on?.startsWith(`${check} `) ? on : [check, on].filter((part) => part !== undefined).join(", ");
  const indent = " ".repeat(WORD_WIDTH);
  return [
    `${WORDS[level].padEnd(WORD_WIDTH)}${visible(where)}: ${visible(message)}`,
    ...(remedy === undefined ? [] : [`${indent}→ ${visible(remedy)}`]),
  ];
}

function accountLines(now: string, { wabaId, numbers }: AccountReport): string[] {
  const rows = numbers.map(({ id, number, verifiedName, resource, phase, deadline, nextAction }) => {
    const name = verifiedName === undefined ? [] : [quoted(verifiedName)];
    const due = deadline === undefined ? [] : [`${deadline.what}: ${distance(deadline.at, now)}`];
    const facts = [numberLabel(id, number), ...name, resource ?? "in no stack", phase, ...due, nextAction];
    return `  ${facts.map(visible).join(" · ")}`;
  });
  return [`account ${wabaId}`, ...rows];
}
