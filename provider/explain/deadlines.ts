/** What has to happen by when, or can happen again from when on. Meta's own times are not always shown: see `certainty`. Pure. */
import { ATTEMPTS_WINDOW_MS } from "../lifecycle/attempts.ts";
import { approvalEndsAt, reregistrationDue } from "../lifecycle/name.ts";
import { isRegistered, registerBy } from "../lifecycle/phase.ts";
import { registerByOf } from "../lifecycle/phone-number/outputs.ts";
import type { Subject } from "./subject.ts";

export interface Deadline {
  readonly what: string;
  readonly at: string;
  /** `atTheLatest`: rather earlier; `atTheEarliest`: rather later. */
  readonly certainty: "exact" | "atTheEarliest" | "atTheLatest";
}

export function deadlinesOf(now: Date, subject: Subject): Deadline[] {
  return [...registration(subject), ...approvedName(subject), ...restoration(subject)]
    .filter(({ at }) => Date.parse(at) > now.getTime())
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function registration({ state, intent, managed }: Subject): Deadline[] {
  const declared = registerByOf(state, intent);
  if (declared !== undefined) {
    return [{ what: "register, 14 days after embedded signup", at: declared.toISOString(), certainty: "exact" }];
  }
  const { observed, ledger } = state;
  const isRunning = isRegistered(observed, intent.onPremises) || ledger.registeredName !== undefined;
  const isPast = isRunning || ledger.codeRequestedAt !== undefined;
  if (managed === undefined || isPast || !intent.register) return [];
  const latest = registerBy({ signupFinishedAt: ledger.firstSeenAt });
  if (latest === undefined) return [];
  const what = "register, if the number came by embedded signup";
  return [{ what, at: latest.toISOString(), certainty: "atTheLatest" }];
}

/** Graph does not show when a name was approved: not before it was last seen in review. */
function approvedName({ state, managed }: Subject): Deadline[] {
  if (managed === undefined || reregistrationDue(state) === undefined) return [];
  const { nameReviewLastSeenAt, nameRequests } = state.ledger;
  const since = nameReviewLastSeenAt ?? nameRequests.at(-1)?.at;
  if (since === undefined) return [];
  const at = approvalEndsAt(since);
  return [{ what: "register again, 14 days after the name's approval", at, certainty: "atTheEarliest" }];
}

function restoration({ state: { ledger }, phase }: Subject): Deadline[] {
  if (phase !== "contested" || ledger.restoredAt === undefined) return [];
  const at = new Date(Date.parse(ledger.restoredAt) + ATTEMPTS_WINDOW_MS).toISOString();
  return [{ what: "from then on pulumi up registers it again", at, certainty: "exact" }];
}
