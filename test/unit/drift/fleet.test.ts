import { expect, test } from "vitest";
import { Progress } from "../../../provider/cli/progress.ts";
import { checkFleet } from "../../../provider/drift/fleet.ts";
import type { StackTarget } from "../../../provider/drift/stack-check.ts";
import { stackReport } from "./resources.ts";

const targets: StackTarget[] = ["a", "b", "c", "d", "e"].map((stack) => ({
  stack,
  cwd: "/project",
  shownCwd: ".",
  project: "numbers",
  recordedAt: undefined,
}));
const checked = ({ stack }: StackTarget) => ({ report: stackReport({ stack }), calls: 2 });

test("at most so many stacks at once, told in the order of the targets, calls summed", async () => {
  let [running, most] = [0, 0];
  const fleet = await checkFleet(targets, {
    concurrency: 2,
    check: async (target) => {
      running += 1;
      most = Math.max(most, running);
      // The first of them takes longest.
      for (let turn = 0; turn < (target.stack === "a" ? 20 : 2); turn += 1) await Promise.resolve();
      running -= 1;
      return checked(target);
    },
  });
  expect(most).toBe(2);
  expect(fleet.reports.map(({ stack }) => stack)).toEqual(["a", "b", "c", "d", "e"]);
  expect(fleet.calls).toBe(10);
});

test("a stack that throws hides no other, and an interruption leaves out those that have not begun", async () => {
  const controller = new AbortController();
  const fleet = await checkFleet(targets, {
    concurrency: 1,
    signal: controller.signal,
    check: async (target) => {
      if (target.stack === "b") throw new Error("a mistake");
      if (target.stack === "c") controller.abort();
      return checked(target);
    },
  });
  expect(fleet.reports.map(({ outcome, errors }) => [outcome, ...errors])).toEqual([
    ["checked"],
    ["failed", "a mistake"],
    ["checked"],
    ["failed", "It was interrupted before it was checked."],
    ["failed", "It was interrupted before it was checked."],
  ]);
});

test("progress is a line now and then in a log, one that changes on a terminal, and nothing for one stack", () => {
  const told = (total: number, isTTY: boolean) => {
    const written: string[] = [];
    let now = 0;
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
    const progress = new Progress(total, stream, () => now);
    for (let done = 1; done <= total; done += 1) {
      now += 2000;
      progress.checked({ stack: `s${done}`, outcome: done === 1 ? "failed" : "checked" }, done);
    }
    progress.end();
    return written;
  };
  expect(told(1, true)).toEqual([]);
  expect(told(4, false)).toEqual(["checked 3 of 4 stacks, 1 failed (s3)\n"]);
  expect(told(2, true)).toHaveLength(3);
});
