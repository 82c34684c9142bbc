/** What is promised of speed, memory and calls, and whether a run kept it. */
import type { Measurement, Operation, ProviderName } from "./fleet/measure.ts";
import type { Row } from "./table.ts";

export interface Goal {
  readonly is: "≤" | "<" | "≥";
  readonly bound: number;
}

/** Undefined where the value was not measured. */
export function isMet({ is, bound }: Goal, value: number): boolean | undefined {
  if (Number.isNaN(value)) return undefined;
  if (is === "≥") return value >= bound;
  return is === "<" ? value < bound : value <= bound;
}

export function goalText(goal: Goal | undefined, value: number): string {
  if (goal === undefined) return "";
  const met = isMet(goal, value);
  const verdict = met === undefined ? "not measured" : met ? "met" : "NOT MET";
  return `${goal.is} ${goal.bound.toLocaleString("en-US")} (${verdict})`;
}

export function notMet(rows: readonly Row[]): Row[] {
  return rows.filter(({ goal, value }) => goal !== undefined && isMet(goal, value) === false);
}

const AT_MOST = (bound: number): Goal => ({ is: "≤", bound });
const STATE_KB = 6;
/** Meta's hourly calls of a new account are 200; a thousand numbers in ten accounts are ten pages. */
const CALLS = 12;

/** Of a thousand numbers in ten accounts at 100 ms a call, and of many small accounts; what was not run is left out. */
export function fleetGoals(fleet: readonly Measurement[]): Row[] {
  const rows = fleet.filter((row) => row.provider === "ours" && row.scenario.latencyMs === 100).flatMap(rowsOf(fleet));
  const state = Math.max(...fleet.filter(({ provider }) => provider === "ours").map((row) => row.stateBytesPerNumber));
  if (!Number.isFinite(state)) return rows;
  return [...rows, { what: "state a number, at most", value: state / 1024, unit: "KB", goal: AT_MOST(STATE_KB) }];
}

function rowsOf(fleet: readonly Measurement[]) {
  return (ours: Measurement): Row[] => {
    const { scenario, operation, calls, writes, lists, seconds } = ours;
    const name = `${scenario.title}: ${operation}`;
    const of = (provider: ProviderName) => secondsOf(fleet, ours, provider);
    const ratio = (bound: number): Row[] => {
      const to = (provider: ProviderName, is: string): Row => {
        return { what: `${name}, × ${is}`, value: seconds / of(provider), unit: "", goal: AT_MOST(bound) };
      };
      const carrying = to("sameState", "floor that carries our state");
      return [to("floor", "floor"), ...(Number.isNaN(carrying.value) ? [] : [carrying])];
    };
    if (scenario.stacks > 1) {
      const value = lists / scenario.wabas;
      return [{ what: `${name}, lists an account`, value, unit: "", goal: AT_MOST(1) }];
    }
    if (scenario.numbers < 1000) return [];
    if (scenario.order === "sorted") return operation === "refresh" ? ratio(1.8) : [];
    const rows: Record<Operation, () => Row[]> = {
      up: () => [
        { what: `${name}, reads`, value: calls - writes, unit: "", goal: AT_MOST(CALLS) },
        { what: `${name}, writes`, value: writes, unit: "", goal: AT_MOST(0) },
      ],
      preview: () => ratio(1.1),
      refresh: () => [
        { what: `${name}, calls`, value: calls, unit: "", goal: AT_MOST(CALLS) },
        ...ratio(1.35),
        { what: `${name}, plain / ours`, value: of("plain") / seconds, unit: "×", goal: { is: "≥", bound: 5 } },
      ],
    };
    return rows[operation]();
  };
}

/** NaN where that provider was not run. */
function secondsOf(fleet: readonly Measurement[], { scenario, operation }: Measurement, provider: ProviderName) {
  const row = fleet.find((other) => {
    return other.provider === provider && other.operation === operation && other.scenario === scenario;
  });
  return row?.seconds ?? Number.NaN;
}
