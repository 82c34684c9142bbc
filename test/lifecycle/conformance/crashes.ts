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
      expectNothingTwice(subject, told, whole, label);
    }
  }
}

function expectSameEnd(told: Told, whole: Told, label: string): void {
  expect(told.resource, label).toEqual(whole.resource);
  expect(told.atMeta, label).toEqual(whole.atMeta);
}

/**
 * Each write has its effect once and in its order, but for the one whose answer was lost: that may be made again, or the
 * part of it of which Graph does not show that it was done.
 */
function expectNothingTwice<G extends Ground>(
  { withoutEffect = [] }: Subject<G>,
  { calls }: Told,
  whole: Told,
  label: string,
): void {
  const effectsOf = (all: readonly Called[]) =>
    all.filter(({ write, done, route }) => write && done && !withoutEffect.includes(route));
  const onceOf = (all: readonly Called[]) =>
    all.filter((call, index) => !isPartOf(call, all[index - 1])).map(({ what }) => what);
  const done = effectsOf(calls);
  expect(onceOf(done), label).toEqual(onceOf(effectsOf(whole.calls)));
  expect(done.length - effectsOf(whole.calls).length, label).toBeLessThanOrEqual(1);
}

function isPartOf({ route, params }: Called, other: Called | undefined): boolean {
  return route === other?.route && params.every((name) => other.params.includes(name));
}
