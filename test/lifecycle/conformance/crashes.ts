/** Every call of every story is cut, before and after its effect; whoever goes on ends in the same place. */
import { expect, test } from "vitest";
import { type Called, type GoOn, type Story, storiesOf, type Told, tell, WAYS } from "./stage.ts";
import type { Ground, Subject } from "./subject.ts";

/** A failure of one call, a failure that lasts, and the death of the process. */
const DEPTHS = [
  { stays: false, dies: false },
  { stays: true, dies: false },
  { stays: true, dies: true },
];

export async function crashes<G extends Ground>(subject: Subject<G>): Promise<void> {
  for (const story of storiesOf(subject)) {
    const rows: [string, "before" | "after", GoOn][] = (["before", "after"] as const).flatMap((drop) =>
      WAYS.map((goOn): [string, "before" | "after", GoOn] => [story.what, drop, goOn]),
    );
    test.each(rows)(
      `${subject.className}: %s, each call cut %s its effect, then %s`,
      { timeout: 120_000 },
      (_what, drop, goOn) => everyCall(subject, story, drop, goOn),
    );
  }
}

async function everyCall<G extends Ground>(
  subject: Subject<G>,
  story: Story<G>,
  drop: "before" | "after",
  goOn: GoOn,
): Promise<void> {
  const whole = await tell(subject, story);
  expect(whole.calls.some(({ write }) => write)).toBe(true);
  for (const [call, { what }] of whole.calls.entries()) {
    for (const depth of DEPTHS) {
      const told = await tell(subject, story, { call, drop, goOn, ...depth });
      const label = `${what} ${JSON.stringify(depth)}`;
      expect(told.calls.find(({ cut }) => cut)?.what, label).toBe(what);
      expectSameEnd(told, whole, label);
      expectNothingTwice(told, whole, label);
    }
  }
}

function expectSameEnd(told: Told, whole: Told, label: string): void {
  expect(told.resource, label).toEqual(whole.resource);
  expect(told.atMeta, label).toEqual(whole.atMeta);
}

/** Each write has its effect once and in its order, but for the one whose answer was lost: that may be made again. */
function expectNothingTwice({ calls }: Told, whole: Told, label: string): void {
  const done = effectsOf(calls);
  const once = done.filter((what, index) => what !== done[index - 1]);
  expect(once, label).toEqual(effectsOf(whole.calls).filter((what, index, all) => what !== all[index - 1]));
  expect(done.length - effectsOf(whole.calls).length, label).toBeLessThanOrEqual(1);
}

function effectsOf(calls: readonly Called[]): string[] {
  return calls.flatMap(({ write, done, what }) => (write && done ? [what] : []));
}
