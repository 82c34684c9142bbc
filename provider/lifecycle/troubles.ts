/**
 * What Meta refused and a number goes on without, in words: its webhook, another display name. No error of an `up`, so
 * `nextAction` says it as long as it is declared and not achieved. Absolute times only: the same state, the same words.
 */
import type { Ledger, State } from "../schemas/phone-number-state.ts";
import { nameInReview } from "./name.ts";
import type { Phase } from "./phases.ts";
import { endOfHold, type Refusal, refusalOf } from "./refusals.ts";

/** Phases of a number with which we still do something, once it is registered or as far as it shall be. */
const SAID_IN: readonly Phase[] = [
  "registered",
  "verified",
  "name-in-review",
  "name-declined",
  "name-expired",
  "re-register-due",
];
/** Phases in which nothing else is to be done. */
const IDLE: readonly Phase[] = ["registered", "verified"];

/** The next action of a phase, and what else there is to do about the number. */
export function withTroubles(state: State, phase: Phase, next: string): string {
  if (!SAID_IN.includes(phase)) return next;
  const { ledger } = state;
  const name = refusalOf(ledger, "requestDisplayName");
  const texts = [
    ...(name === undefined || nameInReview(state) !== undefined ? [] : [nameText(ledger, name)]),
    ...[webhookTrouble(ledger)].filter((text) => text !== undefined),
  ];
  return texts.length > 0 && IDLE.includes(phase) ? texts.join(" ") : [next, ...texts].join(" ");
}

/** About the webhook that was refused last, or undefined. */
export function webhookTrouble(ledger: Ledger): string | undefined {
  const refusal = refusalOf(ledger, "setWebhook");
  if (refusal === undefined) return undefined;
  const { of, code, at, since = at } = refusal;
  return (
    `Meta does not call the declared webhook ${of}: refused since ${since} (code ${code}). It must answer Meta's challenge ` +
    `with the declared verifyToken, and the app be subscribed to the account. ${againText(ledger, refusal)}, another ` +
    "address or verifyToken at once."
  );
}

function nameText(ledger: Ledger, refusal: Refusal): string {
  return `Meta refused the display name ${JSON.stringify(refusal.of)} (code ${refusal.code}). ${againText(ledger, refusal)}, another name at once.`;
}

function againText(ledger: Ledger, refusal: Refusal): string {
  const until = endOfHold(new Date(refusal.at), ledger, refusal);
  return until === undefined
    ? "The next pulumi up tries it again"
    : `pulumi up tries it again from ${until.toISOString()} on`;
}
