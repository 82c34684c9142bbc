import { expect, test } from "vitest";
import { memoryOf, remembered } from "../../../provider/drift/memory.ts";
import type { CheckedResource } from "../../../provider/drift/report.ts";
import { finding, reportOf, stackReport, URN } from "./resources.ts";

const NOW = "2026-11-23T03:00:00.000Z";
const DAY_1 = "2026-11-21T03:00:00.000Z";
const DAY_2 = "2026-11-22T03:00:00.000Z";
const unread: CheckedResource = {
  urn: URN,
  name: "support",
  type: "waba:PhoneNumber",
  outcome: "failed",
  deadlines: [],
};
const failed = { outcome: "failed" as const, resources: [unread] };

test("what the last report had is ongoing since it was first told, the rest is new, what is gone is resolved", () => {
  const before = reportOf(
    [stackReport({ findings: [finding({ key: "old", since: DAY_1 }), finding({ key: "gone" })] })],
    DAY_2,
  );
  const now = remembered(
    stackReport({ findings: [finding({ key: "old" }), finding({ key: "fresh" })] }),
    memoryOf([before]),
    NOW,
  );
  expect(now.findings.map(({ key, memory, since }) => [key, memory, since])).toEqual([
    ["old", "ongoing", DAY_1],
    ["fresh", "new", NOW],
  ]);
  expect(now.resolved.map(({ key, since }) => [key, since])).toEqual([["gone", DAY_2]]);
  expect(now.unchecked).toEqual([]);
});

test("what could not be read is unchecked, stays known, and is ongoing when it is seen again", () => {
  const first = reportOf([stackReport({ findings: [finding()] })], DAY_1);
  const missed = remembered(stackReport({ ...failed, errors: ["no answer"] }), memoryOf([first]), DAY_2);
  expect(missed.resolved).toEqual([]);
  expect(missed.unchecked.map(({ key, since }) => [key, since])).toEqual([["k1", DAY_1]]);
  const again = remembered(stackReport({ findings: [finding()] }), memoryOf([reportOf([missed], DAY_2)]), NOW);
  expect(again.findings).toMatchObject([{ memory: "ongoing", since: DAY_1 }]);
});

test("of a stack that failed, what was read is resolved all the same", () => {
  const other = { ...finding({ key: "other", urn: "urn:other" }) };
  const before = reportOf([stackReport({ findings: [finding(), other] })], DAY_2);
  const half = stackReport({
    outcome: "failed",
    errors: ["one number"],
    resources: [...stackReport().resources, { ...unread, urn: "urn:other" }],
  });
  const now = remembered(half, memoryOf([before]), NOW);
  expect(now.resolved.map(({ key }) => key)).toEqual(["k1"]);
  expect(now.unchecked.map(({ key }) => key)).toEqual(["other"]);
});

test("a token that was lost is resolved once its numbers are read, and not before", () => {
  const lost = finding({ key: "access", class: "access", urn: undefined, credential: "acme" });
  const memory = memoryOf([reportOf([stackReport({ findings: [lost] })], DAY_2)]);
  const resource = { ...unread, credential: "acme" };
  expect(remembered(stackReport({ ...failed, resources: [resource] }), memory, NOW).unchecked).toHaveLength(1);
  expect(remembered(stackReport(), memory, NOW).resolved).toHaveLength(1);
  const mixed = stackReport({
    outcome: "failed",
    resources: [
      { ...resource, outcome: "same" },
      { ...resource, credential: "globex" },
    ],
  });
  expect(remembered(mixed, memory, NOW).resolved).toHaveLength(1);
});

test("what was expected and is so no more is news, though it is known since then; what is expected anew is not", () => {
  const known = { reason: "r", until: DAY_2 };
  const seen = (before: boolean, after: boolean) => {
    const of = (isExpected: boolean) => stackReport({ findings: [finding(isExpected ? { acknowledged: known } : {})] });
    const memory = memoryOf([reportOf([of(before)], DAY_1)]);
    return remembered(of(after), memory, NOW).findings.map(({ memory: how, since }) => [how, since]);
  };
  expect(seen(true, false)).toEqual([["new", DAY_1]]);
  expect(seen(true, true)).toEqual([["ongoing", DAY_1]]);
  expect(seen(false, true)).toEqual([["ongoing", DAY_1]]);
});

test("several reports are one memory, the newest of a stack counts, and stacks do not mix", () => {
  const shards = [
    reportOf([stackReport({ stack: "a", findings: [finding({ key: "a" })] })], DAY_2),
    reportOf([stackReport({ stack: "a", findings: [finding({ key: "older" })] })], DAY_1),
    reportOf([stackReport({ stack: "b", findings: [finding({ key: "b" })] })], DAY_1),
  ];
  const memory = memoryOf(shards);
  const a = remembered(
    stackReport({ stack: "a", findings: [finding({ key: "a" }), finding({ key: "b" })] }),
    memory,
    NOW,
  );
  expect(a.findings.map((one) => one.memory)).toEqual(["ongoing", "new"]);
  expect(a.resolved).toEqual([]);
  expect(remembered(stackReport({ stack: "b" }), memory, NOW).resolved).toHaveLength(1);
});
