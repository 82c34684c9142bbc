import { expect, test } from "vitest";
import { merged } from "../../../provider/drift/merge.ts";
import { report as schema } from "../../../provider/drift/report.ts";
import { finding, reportOf, resource, stackOf } from "./formats/samples.ts";

const of = (stack: string) => ({ stack, name: "support" });
const checked = (stack: string) => stackOf(stack, { resources: [resource(of(stack))] });
const drifted = (stack: string) =>
  stackOf(stack, {
    resources: [resource(of(stack))],
    findings: [finding(of(stack), { class: "drift", message: "It is gone." })],
  });
const broken = stackOf("prod-broken", { outcome: "failed", errors: ["The engine failed."] });
const ALL = { stacks: [], failOn: undefined };

test("of shards it makes one report: exit code, sums and calls of all of them", () => {
  const shards = [reportOf([drifted("prod-b"), checked("prod-c")]), reportOf([checked("prod-a")])];
  const one = merged(shards, ALL);
  expect(schema.parse(one)).toEqual(one);
  expect(one).toMatchObject({ exitCode: 2, summary: { stacks: 3, resources: 3, findings: { drift: 1 } } });
  expect(one?.summary.calls).toBe(shards.reduce((sum, { summary }) => sum + summary.calls, 0));
  expect(one?.stacks.map(({ stack }) => stack)).toEqual(["prod-a", "prod-b", "prod-c"]);
  expect(merged([...shards, reportOf([broken])], ALL)?.exitCode).toBe(1);
});

test("of one stack it makes that customer's verdict, by name, by pattern, or with the project before it", () => {
  const all = [reportOf([drifted("prod-a"), checked("prod-b"), broken])];
  const codes = ["prod-a", "whatsapp/prod-b", "prod-br*", "*"].map((name) => merged(all, { ...ALL, stacks: [name] }));
  expect(codes.map((one) => one?.exitCode)).toEqual([2, 0, 1, 1]);
  expect(codes.map((one) => one?.stacks.length)).toEqual([1, 1, 1, 3]);
  expect(merged(all, { ...ALL, stacks: ["prod"] })).toBeUndefined();
  expect(merged(all, { stacks: ["prod-a"], failOn: ["access"] })).toMatchObject({ exitCode: 0, failOn: ["access"] });
});

test("of a stack that is in two of them, the latest counts", () => {
  const before = reportOf([drifted("prod-a")], {
    startedAt: "2026-11-21T03:00:00.000Z",
    finishedAt: "2026-11-21T03:01:00.000Z",
  });
  const after = reportOf([checked("prod-a")], {
    startedAt: "2026-11-22T03:00:00.000Z",
    finishedAt: "2026-11-22T03:01:00.000Z",
  });
  for (const order of [
    [before, after],
    [after, before],
  ]) {
    expect(merged(order, ALL)).toMatchObject({
      exitCode: 0,
      startedAt: before.startedAt,
      finishedAt: after.finishedAt,
    });
  }
});
