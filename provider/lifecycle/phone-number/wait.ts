/**
 * `waitFor: "registered"`: after all writes, looks every half minute whether a person or Meta has done what is missing,
 * and goes on from there. No look begins after the deadline; then the operation succeeds all the same, with a warning.
 */
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { isRegistered, nextActionOf, phaseOf } from "../phase.ts";
import { PHASES, type Phase } from "../phases.ts";
import { observe, refreshed } from "./observe.ts";
import { intentOf } from "./plan.ts";
import { sync } from "./sync.ts";
import { SyncError } from "./sync-error.ts";

/** Meta gives a fresh account 200 calls an hour. */
const POLL_MS = 30_000;
const DEFAULT_TIMEOUT_SECONDS = 300;

/** Phases that end without a change of the program: by a code given with `waba code`, or by Meta's review. */
const WORTH_WAITING: readonly Phase[] = ["code-sent", "code-rejected", "needs-verification", "name-not-provisioned"];

/** @throws SyncError */
export async function waitedFor(
  context: Context,
  api: PhoneNumbers,
  declared: PhoneNumberInputs,
  synced: State,
): Promise<State> {
  const { waitFor = "none", waitTimeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = declared;
  if (waitFor === "none") return synced;
  const deadline = context.now().getTime() + waitTimeoutSeconds * 1000;
  let state = synced;
  for (let left = waitTimeoutSeconds * 1000; ; ) {
    const now = context.now();
    const phase = phaseOf(now, state, intentOf(declared));
    const reviewOfFirst = phase === "name-in-review" && !isRegistered(state.observed, state.onPremisesDeclared);
    if (!WORTH_WAITING.includes(phase) && !reviewOfFirst) return state;
    if (left <= 0) {
      // Of a phase in trouble the advice follows in a warning of its own.
      const advice = "attention" in PHASES[phase] ? "" : `: ${nextActionOf(now, state, phase)}`;
      context.warn(`${api.label(state.id)} is ${phase} after ${waitTimeoutSeconds} s${advice}`);
      return state;
    }
    const pause = Math.min(POLL_MS, left);
    await context.sleep(pause);
    // Each look has the time of an operation of its own.
    const fresh = context.phoneNumbers(declared.credential);
    try {
      state = refreshed(context.now(), state, ...(await observe(fresh, state, declared)));
    } catch (error) {
      throw new SyncError(state, error);
    }
    state = await sync(context, fresh, declared, state);
    // Looks take time too. A clock that is set back must not make it longer than its pauses.
    left = Math.min(left - pause, deadline - context.now().getTime());
  }
}
