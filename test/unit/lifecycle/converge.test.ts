import { expect, test } from "vitest";
import { converge } from "../../../provider/lifecycle/converge.ts";
import { InitError } from "../../../provider/lifecycle/init-error.ts";

interface Step {
  readonly do: string;
}

/** Takes the named steps; the state is what was done. */
function course(steps: readonly string[], take: (step: Step) => Promise<void> = async () => undefined) {
  return {
    found: [] as string[],
    next: (done: string[]): Step | undefined => {
      const next = steps[done.length];
      return next === undefined ? undefined : { do: next };
    },
    take: async (step: Step, done: string[], keep: (state: string[]) => void) => {
      keep([...done, `${step.do}?`]);
      await take(step);
      return [...done, step.do];
    },
    id: "1/2",
    outputsOf: (done: string[]) => ({ done }),
    inputs: { __provider: "text", wabaId: "1" },
  };
}

test("takes one step after the other until nothing is planned", async () => {
  expect(await converge(course(["a", "b", "c"]))).toEqual(["a", "b", "c"]);
  expect(await converge(course([]))).toEqual([]);
});

test("takes each kind of step once, whatever is planned", async () => {
  expect(await converge(course(["a", "b", "a", "c"]))).toEqual(["a", "b"]);
});

test("a step that fails is an InitError with what was achieved, and with the text that the engine needs", async () => {
  const failure = new Error("b cannot be done");
  const failing = converge(
    course(["a", "b", "c"], async (step) => {
      if (step.do === "b") throw failure;
    }),
  );
  const error = await failing.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InitError);
  expect(error).toMatchObject({
    id: "1/2",
    // What a step keeps before it fails is achieved as well.
    properties: { done: ["a", "b?"], __provider: "text" },
    reasons: ["b cannot be done"],
    cause: failure,
  });
});
