import { expect, test } from "vitest";
import type { Verdict } from "../../../provider/cli/verdict.ts";
import { waitUntil } from "../../../provider/cli/wait.ts";
import {
  BlockedError,
  DeadlineError,
  type GraphAnswer,
  NetworkError,
  UnexpectedAnswerError,
} from "../../../provider/graph/errors.ts";
import { refusal } from "../../../provider/graph/reasons.ts";

const CALL = { what: "read the number", on: "number 1" };
const graph = (code: number, more: Partial<GraphAnswer> = {}) =>
  refusal(CALL, {
    httpStatus: 400,
    code,
    subcode: undefined,
    said: "no",
    fbtraceId: undefined,
    isTransient: false,
    tokenSource: "somewhere",
    ...more,
  });
const answer = (httpStatus: number) =>
  new UnexpectedAnswerError(CALL, { httpStatus, contentType: "text/html", excerpt: "<html>", problem: "not JSON" });
const WAITING: Verdict = { outcome: "waiting", text: "in review" };
const REACHED: Verdict = { outcome: "reached", text: "approved" };

/** Looks at a script of what is to be seen, the last of it for ever, and counts. */
async function wait(script: readonly (Verdict | Error)[], patience: { every?: number; timeout?: number } = {}) {
  const pauses: number[] = [];
  const notes: string[] = [];
  let looks = 0;
  const outcome = await waitUntil({
    look: async () => {
      const seen = script[Math.min(looks, script.length - 1)] as Verdict | Error;
      looks += 1;
      if (seen instanceof Error) throw seen;
      return seen;
    },
    sleep: async (ms) => void pauses.push(ms / 1000),
    every: 60,
    timeout: 3600,
    note: (line) => void notes.push(line),
    ...patience,
  }).catch((error: unknown) => error as Error);
  return { outcome, looks, pauses, notes };
}

test("what is past already is success after one look, without a pause or a word", async () => {
  expect(await wait([REACHED])).toEqual({ outcome: REACHED, looks: 1, pauses: [], notes: [] });
});

test("it looks at its pace until it is decided, and says what is news alone", async () => {
  const other: Verdict = { outcome: "waiting", text: "still" };
  const { outcome, pauses, notes } = await wait([WAITING, WAITING, other, WAITING, REACHED]);
  expect(outcome).toEqual(REACHED);
  expect(pauses).toEqual([60, 60, 60, 60]);
  expect(notes.map((note) => note.split(" (")[0])).toEqual(["in review", "still", "in review"]);
});

test("a decision against it ends the wait at once", async () => {
  const missed: Verdict = { outcome: "missed", text: "declined" };
  expect(await wait([WAITING, missed])).toMatchObject({ outcome: missed, looks: 2 });
});

test.each([
  [30, 1, 1],
  [60, 59, 1],
  [60, 60, 2],
  [60, 179, 3],
  [30, 3600, 121],
])("every %i s for at most %i s are %i looks", async (every, timeout, looks) => {
  const result = await wait([WAITING], { every, timeout });
  expect(result).toMatchObject({ outcome: WAITING, looks });
  expect(result.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(timeout);
});

test.each([
  ["the network", new NetworkError(CALL, { host: "graph.test", sent: true, problem: "cut" })],
  ["Meta's own failure", graph(2, { httpStatus: 503 })],
  ["a failure with a code that nobody documents", graph(987_654, { httpStatus: 500 })],
  ["a proxy that fails", answer(502)],
  ["an operation that took too long", new DeadlineError(CALL, 55)],
])("%s is waited out at the usual pace, and told", async (_what, error) => {
  const { outcome, pauses, notes } = await wait([error, error, REACHED]);
  expect(outcome).toEqual(REACHED);
  expect(pauses).toEqual([60, 60]);
  expect(notes[0]).toContain(error.message);
});

test("throttled, it leaves Meta alone for a quarter of an hour, or longer where that is its pace", async () => {
  expect((await wait([graph(80007), WAITING, REACHED])).pauses).toEqual([900, 60]);
  expect((await wait([graph(4), REACHED], { every: 1800 })).pauses).toEqual([1800]);
  expect((await wait([new BlockedError(CALL, 5), REACHED])).pauses).toEqual([900]);
  expect(await wait([graph(4)], { timeout: 899 })).toMatchObject({ looks: 1, pauses: [] });
});

test("when nothing could be read in time, it says so", async () => {
  const { outcome } = await wait([graph(2, { httpStatus: 503 })], { timeout: 60 });
  expect(outcome).toEqual({ outcome: "waiting", text: "not seen: Graph could not be read" });
});

test.each([
  ["a dead token", graph(190)],
  ["a missing permission", graph(10)],
  ["no such number", graph(100, { subcode: 33 })],
  ["a call that Graph does not take", graph(100)],
  ["an address that is not Graph's", answer(404)],
  ["a mistake of ours", new TypeError("x is not a function")],
])("%s ends the wait with the error, at whichever look", async (_what, error) => {
  expect(await wait([error])).toMatchObject({ outcome: error, looks: 1, pauses: [] });
  expect(await wait([WAITING, error])).toMatchObject({ outcome: error, looks: 2 });
});
