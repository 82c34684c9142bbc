import fc from "fast-check";
import { expect, test } from "vitest";
import { type Failure, RETRY, waitBeforeRetry } from "../../../provider/graph/retry.ts";

const READ: Failure = { tries: 1, retryable: true, neverSent: false, repeatable: true, remainingMs: 50_000 };

test.each<[string, Partial<Failure>, number | undefined]>([
  ["a read that failed for now", {}, 250],
  ["the second failure", { tries: 2 }, 500],
  ["the last try", { tries: RETRY.maxTries }, undefined],
  ["a failure for good", { retryable: false }, undefined],
  ["a write that may have happened", { repeatable: false }, undefined],
  ["a write that never left", { repeatable: false, neverSent: true }, 250],
  ["no time left for the wait", { remainingMs: 250 }, undefined],
])("%s", (_what, change, wait) => {
  expect(waitBeforeRetry({ ...READ, ...change }, 0.5)).toBe(wait);
});

test("no wait is longer than its bound or the time left", () => {
  const failure = fc.record({
    tries: fc.integer({ min: 1, max: 10 }),
    retryable: fc.boolean(),
    neverSent: fc.boolean(),
    repeatable: fc.boolean(),
    remainingMs: fc.integer({ min: 0, max: 60_000 }),
  });
  fc.assert(
    fc.property(failure, fc.double({ min: 0, max: 0.999, noNaN: true }), (given, random) => {
      const wait = waitBeforeRetry(given, random);
      if (wait === undefined) return;
      expect(wait).toBeLessThan(Math.max(given.remainingMs, 1));
      expect(wait).toBeLessThanOrEqual(RETRY.maxWaitMs);
      expect(given.retryable && (given.repeatable || given.neverSent)).toBe(true);
    }),
    { seed: 1 },
  );
});
