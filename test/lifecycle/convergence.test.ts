import fc from "fast-check";
import { expect, test } from "vitest";
import { startCallback } from "../support/callback.ts";
import { LAGGING_RUNS, play, RUNS, story } from "./convergence/play.ts";

/** Others, for a longer look: CONVERGENCE_STORIES=5000 CONVERGENCE_SEED=7. */
const STORIES = Number(process.env.CONVERGENCE_STORIES ?? 400);
const SEED = Number(process.env.CONVERGENCE_SEED ?? 20261123);
const MINUTE = 60_000;

/** A run is an `up` with refresh, the clock still and people idle; fixed: the next one only reads and changes nothing. */
test(
  "from whatever happened at Meta and to the program, a fixed point comes within five runs, and no call breaks a rule",
  async () => {
    const callbacks = {
      alive: await startCallback("/alive"),
      other: await startCallback("/other"),
      dead: await startCallback("/dead"),
    };
    callbacks.dead.alive = false;
    const endings = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { runs, error, phase, shown, broken, log } = await play(told, callbacks);
        const what = log.join("\n");
        expect(broken, what).toEqual([]);
        expect(runs, what).toBeLessThanOrEqual(told.options.staleMs === 0 ? RUNS : LAGGING_RUNS);
        expect(shown, what).toBe("nothing");
        const ending = error === undefined ? String(phase) : "an error";
        endings.set(ending, (endings.get(ending) ?? 0) + 1);
      }),
      { seed: SEED, numRuns: STORIES },
    );
    expect([...endings.values()].reduce((all, some) => all + some, 0)).toBe(STORIES);
    // The stories reach what they are about.
    expect(endings.size).toBeGreaterThan(15);
    expect(endings.get("registered")).toBeGreaterThan(STORIES / 20);
    expect(endings.get("an error")).toBeLessThan(STORIES / 3);
  },
  Math.max(MINUTE, STORIES * 100),
);
