/**
 * What `delete` does at Meta. Graph has no call that deletes a number, so the default is to leave it as it is, without
 * any call. `onDelete: "deregister"` ends its registration, and only where nothing speaks for another owner of it.
 */
import { NotRegisteredError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import { nextAttemptAt } from "../attempts.ts";
import type { Context } from "../context.ts";
import { DeclarationError } from "../declaration-error.ts";
import { isRegistered, livesOnApp } from "../phase.ts";
import { observedOf } from "./observe.ts";
import { observeOrProveGone } from "./presence.ts";

export async function deregisterForDelete(context: Context, api: PhoneNumbers, state: State): Promise<void> {
  const { id, observed, ledger } = state;
  const who = api.label(id);
  const forget = (why: string) => context.say(`${who}: forgotten and not deregistered: ${why}.`);
  if (context.holders.leave(id)) return forget("another resource of this stack has it");

  const seen = await observeOrProveGone(api, state);
  if (seen === undefined) return forget("it is not on its account any more");
  const current = observedOf(seen[0]);
  if (livesOnApp(current)) return forget("it lives on the WhatsApp Business app");
  if (!isRegistered(current)) return forget("it is not registered");
  const { lastOnboardedTime: registeredAt } = current;
  // The refresh of a destroy has seen what others did; the ledger knows that it was not us.
  const seenBefore = registeredAt !== undefined && registeredAt === ledger.registeredByOthersAt;
  if (seenBefore || registeredAt !== observed.lastOnboardedTime) {
    return forget(`somebody else registered it at ${registeredAt}. To end it all the same: POST /${id}/deregister`);
  }
  const free = nextAttemptAt(context.now(), ledger.attempts.deregister);
  if (free !== undefined) {
    throw new DeclarationError(
      `The number cannot be deregistered now · ${who} · all ten calls that Meta allows in 72 hours are used · run again ` +
        `after ${free.toISOString()}, or declare onDelete: "retain"`,
    );
  }
  try {
    await api.deregister(id);
  } catch (error) {
    if (!(error instanceof NotRegisteredError)) throw error;
  }
}
