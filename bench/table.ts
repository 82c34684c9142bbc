/** The figures of a benchmark, for people and for programs. */
import Table from "cli-table3";
import type { Measurement, ProviderName } from "./fleet/measure.ts";
import { type Goal, goalText } from "./goals.ts";

export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised of it. */
  readonly goal?: Goal;
}

export function asTable(rows: readonly Row[]): string {
  const table = new Table({ head: ["what", "measured", "goal"], style: { head: [], border: [] } });
  for (const { what, value, unit, goal } of rows)
    table.push([what, `${figure(value)} ${unit}`.trim(), goalText(goal, value)]);
  return table.toString();
}

function figure(value: number): string {
  if (Number.isNaN(value)) return "not measured here";
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 });
}

export function fleetTable(fleet: readonly Measurement[]): string {
  const table = new Table({ head: [...FLEET_HEAD], style: { head: [], border: [] } });
  table.push(...fleetRows(fleet));
  return table.toString();
}

export const FLEET_HEAD = [
  "fleet",
  "latency",
  "operation",
  "provider",
  "time",
  "× floor",
  "× same state",
  "calls",
  "writes",
  "plugin",
  "state a number",
];

export function fleetRows(fleet: readonly Measurement[]): string[][] {
  return fleet.map((row) => {
    const ratioTo = (provider: ProviderName) => {
      const floor = ofSame(fleet, row, provider);
      return floor === undefined ? "" : (row.seconds / floor.seconds).toFixed(2);
    };
    return [
      row.scenario.title,
      `${row.scenario.latencyMs} ms`,
      row.operation,
      PROVIDER_NAMES[row.provider],
      `${row.seconds.toFixed(1)} s`,
      ratioTo("floor"),
      ratioTo("sameState"),
      String(row.calls),
      String(row.writes),
      `${row.pluginMegabytes.toFixed(0)} MB`,
      `${(row.stateBytesPerNumber / 1024).toFixed(1)} KB`,
    ];
  });
}

export const PROVIDER_NAMES: Record<ProviderName, string> = {
  floor: "floor",
  plain: "plain dynamic provider",
  ours: "pulumi-waba",
  sameState: "floor that carries our state",
};

function ofSame(
  fleet: readonly Measurement[],
  { scenario, operation }: Measurement,
  provider: ProviderName,
): Measurement | undefined {
  return fleet.find(
    (row) =>
      row.provider === provider &&
      row.operation === operation &&
      row.scenario.title === scenario.title &&
      row.scenario.latencyMs === scenario.latencyMs,
  );
}
