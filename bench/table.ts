/** The figures of a benchmark, for people and for programs. */
import Table from "cli-table3";

export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised, in words. */
  readonly goal?: string;
}

export function asTable(rows: readonly Row[]): string {
  const table = new Table({ head: ["what", "measured", "goal"], style: { head: [], border: [] } });
  for (const { what, value, unit, goal } of rows) table.push([what, `${figure(value)} ${unit}`.trim(), goal ?? ""]);
  return table.toString();
}

function figure(value: number): string {
  if (Number.isNaN(value)) return "not measured here";
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 });
}
