/**
 * Takes a number to what is declared, one planned step after the other. Each kind of step is taken once in a run: a
 * read that is older than our write would have us do it again.
 */
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { nameInReview } from "../name.ts";
import { type Declared, plan } from "./plan.ts";
import { Steps, SyncError } from "./steps.ts";

/** @throws SyncError */
export async function sync(context: Context, api: PhoneNumbers, declared: Declared, found: State): Promise<State> {
  const done = new Set<string>();
  let state = withRequestInFlight(context.now(), found, declared);
  for (;;) {
    const step = plan(context.now(), state, declared);
    if (step === undefined || done.has(step.do)) return state;
    if (step.do === "refuse") throw new SyncError(state, new Error(`${api.label(state.id)}: ${step.reason}`));
    done.add(step.do);
    state = await new Steps(context, api, declared, state).take(step);
  }
}

/** The declared name is in review, and we know of no request: ours whose answer was lost, or somebody's for us. */
function withRequestInFlight(now: Date, state: State, { displayName }: Declared): State {
  const { nameRequests } = state.ledger;
  if (displayName === undefined || nameInReview(state) !== displayName) return state;
  if (nameRequests.at(-1)?.name === displayName) return state;
  const request = { name: displayName, at: now.toISOString() };
  return { ...state, ledger: { ...state.ledger, nameRequests: [...nameRequests, request] } };
}
