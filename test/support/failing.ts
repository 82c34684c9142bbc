/** How Graph fails, and how a person goes on after it. */
import type { FaultOrder } from "../../emulator/index.ts";
import type { Properties } from "./engine-double.ts";
import type { Lifecycle } from "./lifecycle.ts";

export type Failure = Omit<FaultOrder, "match" | "times">;
/** Long enough to outlast the retries of a read. */
export const ALWAYS = 4;
/** Takes a call and lets it through: the next fault meets the call after it. */
export const PASS: Failure = { latencyMs: 0 };
export const FAILURES: [string, Failure, RegExp][] = [
  [
    "HTTP 500 in Graph's form",
    { status: 500, body: { error: { message: "boom", code: 131000, fbtrace_id: "A1" } } },
    /131000/,
  ],
  ["HTTP 500 without a body", { status: 500, body: "" }, /not Graph's: HTTP 500.*an empty body/],
  ["a proxy's HTML", { status: 502, body: "<html><h1>Bad gateway</h1></html>" }, /HTTP 502.*not JSON.*Bad gateway/],
  ["nothing, before the effect", { drop: "before" }, /no answer from .*may have carried it out/],
  ["nothing, after the effect", { drop: "after" }, /no answer from .*may have carried it out/],
  ["a body of another shape", { status: 200, body: { ok: 1 } }, /not the shape that Graph documents/],
];

/** The three ways to go on after a failure; each must end in the same place. */
const WAYS: [string, (lifecycle: Lifecycle, program: Properties) => Promise<unknown>][] = [
  ["the next up", ({ stack }, program) => stack.up(program)],
  ["an up without a refresh", ({ stack }, program) => stack.upWithoutRefresh(program)],
  [
    "a refresh, which clears the error, and an up",
    async ({ stack }, program) => {
      await stack.refresh();
      await stack.up(program);
    },
  ],
];

/** Every failure with every way to go on, as rows of a test's table. */
export const FAILING = FAILURES.flatMap((failure) => WAYS.map((way) => [failure[0], way[0], failure, way] as const));

/** An `up` that meets the failure: its error, or undefined. */
export async function upWhileFailing({ stack, emulator }: Lifecycle, fault: FaultOrder, program: Properties) {
  emulator.addFault(fault);
  return stack.up(program).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
}
