import fc from "fast-check";
import { expect, test } from "vitest";
import { judged, summed } from "../../../provider/drift/judge.ts";
import { FINDING_CLASSES } from "../../../provider/drift/report.ts";
import { finding, stackReport, URN } from "./resources.ts";

const DEFAULT = ["drift", "action", "access"];
const unread = { urn: URN, name: "support", type: "waba:PhoneNumber", outcome: "failed" as const, deadlines: [] };
const known = { reason: "r", until: "2999-01-01T00:00:00.000Z" };

test.each([
  ["nothing", stackReport(), DEFAULT, 0],
  ["drift", stackReport({ findings: [finding()] }), DEFAULT, 2],
  ["pending", stackReport({ findings: [finding({ class: "pending" })] }), DEFAULT, 0],
  ["pending that is asked for", stackReport({ findings: [finding({ class: "pending" })] }), ["pending"], 2],
  ["noise, of any", stackReport({ findings: [finding({ class: "noise" })] }), ["any"], 2],
  ["drift, of none", stackReport({ findings: [finding()] }), ["none"], 0],
  ["drift that goes on, of new", stackReport({ findings: [finding({ memory: "ongoing" })] }), ["new"], 0],
  ["drift that is new, of new", stackReport({ findings: [finding({ memory: "new" })] }), ["new"], 2],
  ["noise that is new, of new", stackReport({ findings: [finding({ class: "noise", memory: "new" })] }), ["new"], 0],
  ["drift that is expected", stackReport({ findings: [finding({ acknowledged: known })] }), DEFAULT, 0],
  ["drift beside an error", stackReport({ outcome: "failed", errors: ["e"], findings: [finding()] }), DEFAULT, 1],
  ["an error, of none", stackReport({ outcome: "failed", errors: ["e"] }), ["none"], 1],
  ["a stack without resources", stackReport({ resources: [] }), DEFAULT, 1],
  [
    "a lost token",
    stackReport({ outcome: "failed", resources: [unread], findings: [finding({ class: "access" })] }),
    DEFAULT,
    2,
  ],
  [
    "a lost token that is expected, alone",
    stackReport({
      outcome: "failed",
      resources: [unread],
      findings: [finding({ class: "access", acknowledged: known })],
    }),
    DEFAULT,
    1,
  ],
] as const)("%s", (_what, stack, failOn, exitCode) => {
  expect(judged([stack], failOn).exitCode).toBe(exitCode);
});

test("a lost token that is expected is silent beside what was checked", () => {
  const lost = stackReport({
    outcome: "failed",
    resources: [unread],
    findings: [finding({ class: "access", acknowledged: known })],
  });
  expect(judged([lost, stackReport()], DEFAULT).exitCode).toBe(0);
  expect(summed([lost, stackReport()], 3, true)).toMatchObject({
    stacks: 2,
    stacksFailed: 1,
    acknowledged: 1,
    calls: 3,
    new: 0,
    resolved: 0,
  });
});

test("nothing checked is never green, and an error is never green", () => {
  const stack = fc.record({
    outcome: fc.constantFrom("checked", "failed"),
    errors: fc.array(fc.constant("e"), { maxLength: 1 }),
    resources: fc.array(fc.constantFrom(unread, { ...unread, outcome: "same" as const }), { maxLength: 2 }),
    findings: fc.array(
      fc.constantFrom(...FINDING_CLASSES).map((kind) => finding({ class: kind })),
      { maxLength: 2 },
    ),
  });
  fc.assert(
    fc.property(fc.array(stack), fc.constantFrom(DEFAULT, ["any"], ["none"], ["new"]), (stacks, failOn) => {
      const { exitCode, verdict } = judged(stacks.map(stackReport), failOn);
      const checked = stacks.flatMap(({ resources }) => resources).some(({ outcome }) => outcome === "same");
      if (stacks.some(({ errors }) => errors.length > 0)) expect(exitCode).toBe(1);
      else if (!checked) expect(exitCode).not.toBe(0);
      expect(verdict).toMatch(/^[A-Z].*\.$/);
    }),
  );
});
