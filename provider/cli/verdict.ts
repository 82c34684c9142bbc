/** What a look at a number tells those who wait for its registration, or for Meta's decision on its name. Pure. */
import { isApproved } from "../lifecycle/name.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import type { Observed } from "../schemas/phone-number-state.ts";
import type { Seen } from "./target.ts";

export type Goal = "registered" | "name";

/** What a look tells; `waiting` where another one can tell more. */
export interface Verdict {
  readonly outcome: "reached" | "missed" | "waiting";
  readonly text: string;
}

/** What the stack knows, and Graph may not show. */
interface Known {
  /** A name that was asked for: Graph may show nothing of it at first. */
  readonly requestedName?: string | undefined;
  /** The command that goes on from here. */
  readonly up: string;
}

/**
 * Whether a number in a phase, and not registered, gets there without a change of the program and without a person who
 * changes something at Meta or on a phone: by a run of Pulumi, a code, Meta's review, or time.
 */
export const UNREGISTERED: Readonly<Record<Phase, "reached" | "wait" | "never">> = {
  // A value that nobody knows may be gone at the next look.
  unknown: "wait",
  migrated: "never",
  blocked: "never",
  "on-phone": "never",
  coexistence: "never",
  contested: "wait",
  "signup-expired": "never",
  "code-rejected": "wait",
  "code-sent": "wait",
  "needs-verification": "wait",
  verified: "never",
  "name-declined": "never",
  // It has to be asked for anew, and may be declined then.
  "name-expired": "never",
  "name-not-provisioned": "wait",
  "attempts-exhausted": "wait",
  "needs-pin": "never",
  "needs-certificate": "never",
  "other-platform": "never",
  deregistered: "wait",
  "ready-to-register": "wait",
  "name-in-review": "wait",
  // Of registered numbers alone.
  "re-register-due": "reached",
  registered: "reached",
};

export function verdictOf(goal: Goal, seen: Seen, known: Known): Verdict {
  return goal === "registered" ? verdictOnRegistration(seen) : verdictOnName(seen, known);
}

function verdictOnRegistration(seen: Seen): Verdict {
  const { observed, phase, nextAction, registered } = seen;
  const { status = "not shown", platformType = "not shown", verifiedName } = observed;
  if (registered) return { outcome: "reached", text: `registered as ${JSON.stringify(verifiedName)}` };
  const shown = `not registered: status ${status}, platform ${platformType}`;
  if (UNREGISTERED[phase] === "never" || isGone(observed)) {
    return {
      outcome: "missed",
      text: `${shown}. Waiting does not change that: ${meaningOf(seen)}. ${adviceOn(seen)}`,
    };
  }
  return { outcome: "waiting", text: `${shown}. ${nextAction}` };
}

function verdictOnName(seen: Seen, { requestedName, up }: Known): Verdict {
  const { observed, phase, nextAction } = seen;
  const { newNameStatus, nameStatus, verifiedName, newDisplayName } = observed;
  if (phase === "blocked" || phase === "migrated" || isGone(observed)) {
    return { outcome: "missed", text: `its name is of no use: ${meaningOf(seen)}. ${adviceOn(seen)}` };
  }
  const open = newNameStatus !== undefined && newNameStatus !== "NONE";
  const unseen = !open && requestedName !== undefined && verifiedName !== requestedName;
  const name = JSON.stringify(open ? (newDisplayName ?? requestedName ?? verifiedName) : verifiedName);
  const decided = open ? newNameStatus : nameStatus;
  const refused = decided === "DECLINED" ? "name-declined" : decided === "EXPIRED" ? "name-expired" : undefined;
  if (refused !== undefined) {
    const next = phase === refused ? nextAction : PHASES[refused].next;
    return { outcome: "missed", text: `the name ${name} is ${decided}. ${next}` };
  }
  if (unseen) return { outcome: "waiting", text: `Graph does not show the name ${JSON.stringify(requestedName)} yet` };
  if (isApproved(decided)) {
    const next = open ? `. Next: ${up}, which registers it` : "";
    return { outcome: "reached", text: `the name ${name} is ${decided}${next}` };
  }
  if (decided === undefined) {
    const next = "Look at it in WhatsApp Manager, or wait for the registration: --for registered";
    return { outcome: "missed", text: `Graph shows no status of the name ${name}. ${next}` };
  }
  return { outcome: "waiting", text: `the name ${name} is ${decided}` };
}

/** Its phase is `unknown`, as it says too little to act on, but it does not come back. */
function isGone({ status }: Observed): boolean {
  return status === "DELETED";
}

function meaningOf({ phase, observed }: Seen): string {
  return isGone(observed) ? "Meta shows the number as deleted" : PHASES[phase].meaning;
}

/** Some phases leave nothing to do as declared, and something for who waits for more. */
function adviceOn({ phase, observed, nextAction }: Seen): string {
  if (isGone(observed)) return "Look for it in WhatsApp Manager, and run pulumi up.";
  if (phase === "verified") return "Declare register: true (and pin), and run pulumi up.";
  if (phase === "coexistence") return "Have its owner onboard it for coexistence again, as Meta's guide says.";
  return nextAction;
}
