import { expect, test } from "vitest";
import type { Measurement } from "../../../bench/fleet/measure.ts";
import { SCENARIOS } from "../../../bench/fleet/scenarios.ts";
import { fleetGoals, goalText, isMet, notMet } from "../../../bench/goals.ts";

const thousand = SCENARIOS.find(
  ({ numbers, latencyMs, order }) => numbers === 1000 && latencyMs === 100 && order === "turn",
);
const partner = SCENARIOS.find(({ stacks }) => stacks === 20);

function measured(scenario: Measurement["scenario"] | undefined, some: Partial<Measurement>): Measurement {
  if (scenario === undefined) throw new Error("no such fleet");
  const row = { provider: "ours", operation: "refresh", seconds: 2, calls: 10, writes: 0, lists: 10 } as const;
  return { scenario, ...row, pluginMegabytes: 1, stateBytesPerNumber: 4096, ...some };
}
const missed = (fleet: readonly Measurement[]) => notMet(fleetGoals(fleet)).map(({ what }) => what);

test("a goal is met at its bound, and what was not measured is neither", () => {
  expect(isMet({ is: "≤", bound: 12 }, 12)).toBe(true);
  expect(isMet({ is: "<", bound: 12 }, 12)).toBe(false);
  expect(isMet({ is: "≥", bound: 5 }, 4.9)).toBe(false);
  expect(goalText({ is: "≤", bound: 1000 }, Number.NaN)).toBe("≤ 1,000 (not measured)");
  expect(goalText({ is: "≤", bound: 1 }, 2)).toBe("≤ 1 (NOT MET)");
});

test("a refresh of a thousand numbers: calls, time against the floor and against the plain provider", () => {
  const floor = measured(thousand, { provider: "floor", seconds: 1.8 });
  const plain = measured(thousand, { provider: "plain", seconds: 14 });
  expect(missed([floor, plain, measured(thousand, {})])).toEqual([]);
  const title = "1,000 numbers in 10 accounts";
  const sameState = measured(thousand, { provider: "sameState", seconds: 2.5 });
  expect(missed([floor, plain, sameState, measured(thousand, { seconds: 3 })]).toSorted()).toEqual([
    `${title}: refresh, plain / ours`,
    `${title}: refresh, × floor`,
  ]);
  expect(missed([floor, plain, measured(thousand, { calls: 13, seconds: 3 })])).toEqual([
    `${title}: refresh, calls`,
    `${title}: refresh, × floor`,
    `${title}: refresh, plain / ours`,
  ]);
  expect(missed([measured(thousand, { operation: "up", writes: 1, calls: 14 })])).toEqual([
    `${title}: up, reads`,
    `${title}: up, writes`,
  ]);
});

test("many small accounts: one list each; the state of a number", () => {
  expect(missed([measured(partner, { lists: 400 })])).toEqual([]);
  expect(missed([measured(partner, { lists: 401, stateBytesPerNumber: 6145 })])).toEqual([
    "1,500 numbers in 400 accounts, 20 stacks: refresh, lists an account",
    "state a number, at most",
  ]);
});
