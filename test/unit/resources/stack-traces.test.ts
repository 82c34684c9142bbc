import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeAll, expect, test } from "vitest";
import { PhoneNumber } from "../../../provider/index.ts";
import { pauseStackTraces } from "../../../provider/resources/stack-traces.ts";

const { stackTraceLimit, prepareStackTrace } = Error;
const ARGS = { wabaId: "102290129340398", phoneNumberId: "1972385232742141" };

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: ({ inputs }) => inputs,
  }),
);

afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace;
});

/** The frames of every stack trace that is made meanwhile. */
function framesOf(run: () => void): number[] {
  const frames: number[] = [];
  Error.prepareStackTrace = (_error, sites) => {
    frames.push(sites.length);
    return "";
  };
  run();
  Error.prepareStackTrace = prepareStackTrace;
  return frames;
}

test("a number is declared with two stack traces at most, and none for each of its outputs", () => {
  const frames = framesOf(() => new PhoneNumber("traced", ARGS));
  expect(frames.filter((count) => count > 0).length).toBeLessThanOrEqual(2);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

test("with PULUMI_DEBUG_PROMISE_LEAKS the SDK's traces stay", () => {
  const traces = pauseStackTraces({ PULUMI_DEBUG_PROMISE_LEAKS: "true" });
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  traces.resume();
  pauseStackTraces({}).resume();
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

test("what the SDK throws at once leads to the line of the program", () => {
  const declare = () => new PhoneNumber("", ARGS);
  let thrown: unknown;
  try {
    declare();
  } catch (error) {
    thrown = error;
  }
  expect((thrown as Error).stack?.split("\n")[1]).toMatch(/declare .*stack-traces\.test\.ts/);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});
