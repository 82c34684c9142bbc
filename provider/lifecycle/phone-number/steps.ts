/**
 * The steps of a plan, as calls. What costs something at Meta is written to the ledger before its call, and taken back
 * only when Graph surely did not do it; after each, and after a call whose answer was lost, the number is read. A failure
 * is a SyncError that carries all that was achieved, so that nothing is lost and nothing is done twice.
 */
import { mayHaveHappened, neverSent } from "../../graph/errors.ts";
import { requestCode, verifyCode } from "../code-steps.ts";
import { slotOf } from "../name.ts";
import { isRefusal, isTrouble, withoutRefusal, withRefusal } from "../refusals.ts";
import { webhookTrouble } from "../troubles.ts";
import { codeRunOf } from "./code-steps.ts";
import { withoutUndefined } from "./observe.ts";
import { registerWithClient, verifyWithClient } from "./on-premises-steps.ts";
import { refusable, type Step } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { deregister, register, setPin, setRegion } from "./registration-steps.ts";
import { SyncError } from "./sync-error.ts";
import { subscribeAndSet } from "./webhook.ts";

type Taken = Exclude<Step, { do: "refuse" }>;

/** @throws SyncError */
export async function take(progress: Progress, step: Taken): Promise<void> {
  const refused = refusable(progress.state, step);
  try {
    await carryOut(progress, step);
  } catch (error) {
    if (!isRefusal(error)) throw new SyncError(progress.state, error);
    const { context } = progress;
    progress.keep(withRefusal(progress.state.ledger, refused, error, context.now()));
    if (!isTrouble(step.do, error)) throw new SyncError(progress.state, error);
    const trouble = step.do === "setWebhook" ? webhookTrouble(progress.state.ledger) : undefined;
    context.warn([error.message, trouble].filter(Boolean).join(" · "));
    return;
  }
  progress.keep(withoutRefusal(progress.state.ledger, step.do));
}

function carryOut(progress: Progress, step: Taken): Promise<void> {
  switch (step.do) {
    case "requestCode":
      return requestCode(codeRunOf(progress));
    case "verifyCode":
      return verifyCode(codeRunOf(progress), step.code);
    case "setPin":
      return setPin(progress, step.pin);
    case "register":
      return register(progress, step);
    case "registerWithClient":
      return registerWithClient(progress, step);
    case "verifyWithClient":
      return verifyWithClient(progress, step.code);
    case "setRegion":
      return setRegion(progress, step.region);
    case "deregister":
      return deregister(progress);
    case "requestDisplayName":
      return requestDisplayName(progress, step.name);
    case "setWebhook":
      return setWebhook(progress, step.webhook);
    case "removeWebhook":
      return removeWebhook(progress);
  }
}

async function setWebhook(progress: Progress, webhook: { callbackUrl: string; verifyToken: string }): Promise<void> {
  await subscribeAndSet(progress.context, progress.api, progress.state, webhook);
  progress.state = { ...progress.state, echo: { ...progress.state.echo, webhook } };
  await progress.read();
}

async function removeWebhook(progress: Progress): Promise<void> {
  await progress.api.setWebhook(progress.id, undefined);
  const { webhook: _removed, ...echo } = progress.state.echo;
  progress.state = { ...progress.state, echo };
  await progress.read();
}

async function requestDisplayName(progress: Progress, name: string): Promise<void> {
  const { id, api, now } = progress;
  const { ledger, observed } = progress.state;
  const request = withoutUndefined({ name, at: now, over: slotOf(observed) });
  const open = { ...ledger, nameRequests: [...ledger.nameRequests, { ...request, unconfirmed: true as const }] };
  try {
    await progress.noted({ ledger: open }, () => api.requestDisplayName(id, name));
  } catch (error) {
    if (neverSent(error)) throw error;
    if (!mayHaveHappened(error)) {
      progress.keep(ledger);
      throw error;
    }
    const seen = await progress.readIfPossible();
    // The read took the request out of the ledger unless Graph shows it.
    if (seen && progress.state.ledger.nameRequests.at(-1)?.at === request.at) return;
    throw error;
  }
  progress.note({ nameRequests: [...ledger.nameRequests, request] });
  await progress.read();
}
