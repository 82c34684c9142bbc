/**
 * The budget of register and deregister calls: ten each in a moving 72 hours, counted whether or not the number's own
 * state refuses them (D for the figure, I for what counts).
 * The eleventh is refused with 133016 and blocks the number for the next 72 hours.
 */
import { graphTime } from "../clock.ts";
import { CALLS_BLOCK, CALLS_MAX, CALLS_WINDOW } from "../limits.ts";
import { type CallLedger, type NumberRecord, type Outcome, within } from "../records/number.ts";
import { tooManyCalls } from "../refusals/registration.ts";

export function spendCall(number: NumberRecord, call: "register" | "deregister", now: number): Outcome {
  const ledger = call === "register" ? number.register_ledger : number.deregister_ledger;
  // I: calls during the block are not counted, so the block ends when Meta's text says it does.
  if (ledger.blocked_until !== undefined && now < ledger.blocked_until) {
    return { number, refusal: tooManyCalls(call, graphTime(ledger.blocked_until)) };
  }
  const calls = within(ledger.calls, CALLS_WINDOW, now);
  if (calls.length >= CALLS_MAX) {
    const blocked_until = now + CALLS_BLOCK;
    return {
      number: withLedger(number, call, { calls, blocked_until }),
      refusal: tooManyCalls(call, graphTime(blocked_until)),
    };
  }
  return { number: withLedger(number, call, { calls: [...calls, now] }) };
}

function withLedger(number: NumberRecord, call: "register" | "deregister", ledger: CallLedger): NumberRecord {
  return call === "register" ? { ...number, register_ledger: ledger } : { ...number, deregister_ledger: ledger };
}
