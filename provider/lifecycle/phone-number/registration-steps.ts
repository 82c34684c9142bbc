/** The steps that cost one of Meta's ten calls in 72 hours, and what stands around them: the PIN and the region. */
import {
  AttemptsExhaustedError,
  IncompleteDeregistrationError,
  mayHaveHappened,
  NotRegisteredError,
  neverSent,
  PinMismatchError,
} from "../../graph/errors.ts";
import type { Ledger } from "../../schemas/phone-number-state.ts";
import { exhausted, nextAttemptAt } from "../attempts.ts";
import { isRegistered } from "../phase.ts";
import { isRefusal, refusalOf } from "../refusals.ts";
import { withoutUndefined } from "./observe.ts";
import type { Step } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { hasHappened, openRegistration, withoutRegistration, withRegistration } from "./registration.ts";

type Registration = Extract<Step, { do: "register" }>;
type Counted = keyof Ledger["attempts"];

export async function register(progress: Progress, step: Registration): Promise<void> {
  if (step.setPinFirst) await setPinBeforeRegistering(progress, step.pin);
  try {
    await attemptTwiceAtMost(progress, step);
  } catch (error) {
    if (!(error instanceof AttemptsExhaustedError)) throw error;
    return noteExhausted(progress, "register", error);
  }
  const open = progress.state;
  progress.state = withRegistration(open, open.observed);
  await progress.read();
  const { registeredName, certificateFingerprint } = withRegistration(open, progress.state.observed).ledger;
  progress.keep(withoutUndefined({ ...progress.state.ledger, registeredName, certificateFingerprint }));
}

export async function setPin(progress: Progress, pin: string): Promise<void> {
  await progress.api.setPin(progress.id, pin);
  progress.note({ pinState: "set" });
  progress.state = { ...progress.state, echo: { ...progress.state.echo, pin } };
  await progress.read();
}

export async function setRegion(progress: Progress, region: string): Promise<void> {
  await progress.api.setDataLocalizationRegion(progress.id, region);
  await progress.read();
}

/** Our own way to another storage region: noted before the call, so that the loss is known to be ours. */
export async function deregister(progress: Progress): Promise<void> {
  const { id, api, now } = progress;
  const ledger = { ...withAttempt(progress, "deregister"), deregisteredAt: now };
  try {
    await progress.noted({ ledger }, () => api.deregister(id));
  } catch (error) {
    if (neverSent(error)) throw error;
    if (error instanceof NotRegisteredError) return progress.read();
    if (error instanceof AttemptsExhaustedError) {
      forgetDeregistration(progress);
      return noteExhausted(progress, "deregister", error);
    }
    if (!mayHaveHappened(error)) forgetDeregistration(progress);
    else if (await progress.readIfPossible()) {
      if (!isRegistered(progress.state.observed)) return sayDeregistered(progress);
      forgetDeregistration(progress);
    }
    throw error;
  }
  sayDeregistered(progress);
  await progress.read();
}

function sayDeregistered({ context, label }: Progress): void {
  context.say(`${label}: deregistered to change its storage region; it is registered again next.`);
}

function forgetDeregistration(progress: Progress): void {
  const { deregisteredAt: _not, ...ledger } = progress.state.ledger;
  progress.keep(ledger);
}

function withAttempt({ state: { ledger }, now }: Progress, call: Counted): Ledger {
  const { attempts } = ledger;
  return { ...ledger, attempts: { ...attempts, [call]: [...attempts[call], now] } };
}

function isSpent({ context, state }: Progress, call: Counted): boolean {
  return nextAttemptAt(context.now(), state.ledger.attempts[call]) !== undefined;
}

/** Others may have called too: Meta's word fills the ledger. */
function noteExhausted(progress: Progress, call: Counted, error: Error): void {
  progress.note({ attempts: { ...progress.state.ledger.attempts, [call]: exhausted(progress.context.now()) } });
  progress.context.warn(error.message);
}

async function setPinBeforeRegistering(progress: Progress, pin: string): Promise<void> {
  try {
    await setPin(progress, pin);
  } catch (error) {
    // Then the number takes its PIN together with the registration.
    if (!(error instanceof NotRegisteredError)) throw error;
  }
}

/** What one call mends is mended, and the registration tried once more; never a third time, and never past the budget. */
async function attemptTwiceAtMost(progress: Progress, step: Registration): Promise<void> {
  try {
    await attempt(progress, step);
  } catch (error) {
    if (isSpent(progress, "register")) throw error;
    if (error instanceof PinMismatchError) await setPinAfter(progress, step.pin, error);
    else if (error instanceof IncompleteDeregistrationError) await finishDeregistration(progress, error);
    else throw error;
    await attempt(progress, step);
  }
}

async function setPinAfter(progress: Progress, pin: string, mismatch: PinMismatchError): Promise<void> {
  try {
    await setPin(progress, pin);
  } catch (refusal) {
    throw refusal instanceof NotRegisteredError ? mismatch : refusal;
  }
}

/** Once only, and never for a number that works: where it did not help before, a person has to look. */
async function finishDeregistration(progress: Progress, incomplete: IncompleteDeregistrationError): Promise<void> {
  const { context, api, id, label, declared } = progress;
  const { observed, ledger } = progress.state;
  const before = refusalOf(ledger, "register")?.code;
  const helpsNot = before?.startsWith(String(incomplete.code)) === true;
  if (helpsNot || isRegistered(observed) || isSpent(progress, "deregister")) throw incomplete;
  try {
    await progress.noted({ ledger: withAttempt(progress, "deregister") }, () => api.deregister(id));
  } catch (error) {
    if (error instanceof AttemptsExhaustedError) noteExhausted(progress, "deregister", error);
    throw isRefusal(error) ? incomplete : error;
  }
  context.say(`${label}: an earlier deregistration was not finished at Meta; it is now, and the number is registered.`);
  const { dataLocalizationRegion: region } = declared;
  // It takes the region with it.
  await (region === undefined ? progress.read() : setRegion(progress, region));
}

/** One call of register. It is counted whether it succeeds or not, and whether we learn of it or not. */
async function attempt(progress: Progress, { pin, why }: Registration): Promise<void> {
  const { api, id, now } = progress;
  const counted = { ...progress.state, ledger: withAttempt(progress, "register") };
  const open = openRegistration(counted, { at: now, why, pin });
  try {
    await progress.noted(open, () => api.register(id, pin));
  } catch (error) {
    if (neverSent(error)) throw error;
    if (!mayHaveHappened(error)) progress.state = withoutRegistration(open);
    // Where nothing can be read it stays open, and the next read settles it.
    else if ((await progress.readIfPossible()) && hasHappened(open, progress.state)) return;
    throw error;
  }
}
