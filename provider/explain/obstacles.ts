/** What keeps a number from what is wanted of it, and until when, where that is known. Pure. */
import { nextAttemptAt } from "../lifecycle/attempts.ts";
import { nameInReview, nextNameRequestAt } from "../lifecycle/name.ts";
import { askedOfClient } from "../lifecycle/on-premises.ts";
import { isRegistered, livesOnApp } from "../lifecycle/phase.ts";
import { heldUntil, refusalOf, registrableAs } from "../lifecycle/refusals.ts";
import { hinderingEntities } from "../lifecycle/sending.ts";
import type { Subject } from "./subject.ts";

export interface Obstacle {
  readonly what: string;
  readonly until?: string | undefined;
}

export function obstaclesOf(now: Date, subject: Subject): Obstacle[] {
  return [...standing(subject), ...limits(now, subject), ...sending(subject)];
}

function standing({ state, phase, intent }: Subject): Obstacle[] {
  const { observed } = state;
  const review = nameInReview(state);
  return [
    ...(livesOnApp(observed) ? [{ what: "it lives on the WhatsApp Business app: nothing is written to it" }] : []),
    ...(observed.status === "BANNED" ? [{ what: "Meta banned it" }] : []),
    ...(phase === "name-not-provisioned" ? [{ what: "Meta has not approved its first name" }] : []),
    ...(review === undefined ? [] : [{ what: `Meta reviews the name ${JSON.stringify(review)}` }]),
    ...(phase === "needs-pin" ? [{ what: "no PIN is declared" }] : []),
    ...(phase === "needs-certificate" ? [{ what: "Graph shows no certificate for the on-premises client" }] : []),
    ...(phase === "other-platform" ? [{ what: otherPlatform(intent) }] : []),
    ...(phase === "needs-verification" || phase === "code-sent" || phase === "code-rejected"
      ? [{ what: intent.onPremises ? "the on-premises client waits for its code" : "it is not verified" }]
      : []),
    ...(!intent.register && !isRegistered(observed, intent.onPremises)
      ? [{ what: "the program declares register: false" }]
      : []),
  ];
}

function otherPlatform({ onPremises }: Subject["intent"]): string {
  return onPremises
    ? "it is registered with the Cloud API, and onPremises is declared"
    : "it is registered with an on-premises client, and no onPremises is declared";
}

function limits(now: Date, { state, intent }: Subject): Obstacle[] {
  const { observed, ledger } = state;
  const attempts = nextAttemptAt(now, ledger.attempts.register);
  const names = nextNameRequestAt(now, ledger);
  const asked = intent.onPremises ? askedOfClient(state) : { step: "register", of: registrableAs(observed) };
  const held = heldUntil(now, ledger, asked);
  const refused = refusalOf(ledger, asked.step)?.code;
  const who = intent.onPremises ? "the on-premises client" : "Meta";
  return [
    ...until("all registrations of 72 hours are used up", attempts),
    ...until("all names of 30 days are used up", names),
    ...until(`${who} refused the last registration (code ${refused}), and it is held back`, held),
  ];
}

function until(what: string, time: Date | undefined): Obstacle[] {
  return time === undefined ? [] : [{ what, until: time.toISOString() }];
}

function sending({ state }: Subject): Obstacle[] {
  const hindered = hinderingEntities(state).filter(
    ({ canSendMessage }) => canSendMessage === "BLOCKED" || canSendMessage === "LIMITED",
  );
  return hindered.map(({ entityType, id, canSendMessage }) => ({
    what: `sending is ${canSendMessage} by ${entityType}${id === undefined ? "" : ` ${id}`}`,
  }));
}
