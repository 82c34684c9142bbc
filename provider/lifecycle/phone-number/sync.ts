/**
 * Takes a number to what is declared, one planned step after the other. Each kind of step is taken once in a run: a
 * read that is older than our write would have us do it again.
 */
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { type Declared, plan } from "./plan.ts";
import { Progress } from "./progress.ts";
import { take } from "./steps.ts";
import { SyncError } from "./sync-error.ts";

/** @throws SyncError */
export async function sync(context: Context, api: PhoneNumbers, declared: Declared, found: State): Promise<State> {
  const done = new Set<string>();
  const progress = new Progress(context, api, declared, found);
  for (;;) {
    const step = plan(context.now(), progress.state, declared);
    if (step === undefined || done.has(step.do)) return progress.state;
    if (step.do === "refuse") throw new SyncError(progress.state, new Error(`${progress.label}: ${step.reason}`));
    done.add(step.do);
    await take(progress, step);
  }
}
