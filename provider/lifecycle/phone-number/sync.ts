/**
 * Takes a number to what is declared, one planned step after the other, with a fresh read after each.
 * Every step is written to the ledger before its call, and kept when the call fails: a failure is a SyncError that
 * carries all that was achieved, so that nothing is lost and nothing is done twice.
 */
import {
  AttemptsExhaustedError,
  CodeRejectedError,
  mayHaveHappened,
  NotRegisteredError,
  PinMismatchError,
} from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { Ledger, State } from "../../schemas/phone-number-state.ts";
import { exhausted, nextAttemptAt } from "../attempts.ts";
import type { Context } from "../context.ts";
import { fingerprint, isApproved, nameInReview, reregistrationDue } from "../name.ts";
import { isRegistered } from "../phase.ts";
import { refreshed } from "./observe.ts";
import { codeHash, type Declared, plan, type Step } from "./plan.ts";

/** A step failed, or what is declared cannot be done. `state` is what was achieved until then. */
export class SyncError extends Error {
  override readonly name = "SyncError";
  readonly state: State;
  constructor(state: State, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.state = state;
  }
}

/** @throws SyncError */
export async function sync(context: Context, api: PhoneNumbers, declared: Declared, found: State): Promise<State> {
  const done = new Set<string>();
  let state = withRequestInFlight(context.now(), found, declared);
  for (;;) {
    const step = plan(context.now(), state, declared);
    if (step === undefined) return state;
    if (step.do === "refuse") throw new SyncError(state, new Error(`${api.label(state.id)}: ${step.reason}`));
    const kind = step.do === "register" ? `register ${step.why}` : step.do;
    // A read that is older than our write would have us do it again.
    if (done.has(kind)) return state;
    done.add(kind);
    state = await new StepRun(context, api, declared, state).run(step);
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

type Runnable = Exclude<Step, { do: "refuse" }>;

class StepRun {
  readonly #context: Context;
  readonly #api: PhoneNumbers;
  readonly #declared: Declared;
  #state: State;

  constructor(context: Context, api: PhoneNumbers, declared: Declared, state: State) {
    this.#context = context;
    this.#api = api;
    this.#declared = declared;
    this.#state = state;
  }

  async run(step: Runnable): Promise<State> {
    try {
      await this.#take(step);
      return this.#state;
    } catch (error) {
      throw error instanceof SyncError ? error : new SyncError(this.#state, error);
    }
  }

  #take(step: Runnable): Promise<void> {
    switch (step.do) {
      case "requestCode":
        return this.#requestCode();
      case "verifyCode":
        return this.#verifyCode(step.code);
      case "setPin":
        return this.#setPin(step.pin);
      case "register":
        return this.#register(step);
      case "requestDisplayName":
        return this.#requestDisplayName(step.name);
    }
  }

  async #requestCode(): Promise<void> {
    const { verification } = this.#declared;
    if (verification === undefined) return;
    const { method, language, code, attempt = 1 } = verification;
    try {
      await this.#api.requestCode(this.#state.id, { method, language });
    } catch (error) {
      await this.#read();
      if (this.#state.observed.codeVerificationStatus === "VERIFIED") return;
      if (!mayHaveHappened(error)) throw error;
      this.#context.warn(
        `${this.#label}: Graph did not confirm that it sent a code. If none comes, raise verification.attempt.`,
      );
    }
    // A code that was declared before this one was sent cannot be it.
    const old = code === undefined ? {} : { codeTried: codeHash(this.#context.salt(), code) };
    const { codeTriedAt: _old, ...ledger } = this.#state.ledger;
    this.#state = { ...this.#state, ledger: { ...ledger, codeRequestedAt: this.#now, codeAttempt: attempt, ...old } };
    this.#context.say(`${this.#label}: a verification code is on its way by ${method}.`);
    await this.#read();
  }

  async #verifyCode(code: string): Promise<void> {
    const untried = this.#state.ledger;
    this.#note({ codeTried: codeHash(this.#context.salt(), code), codeTriedAt: this.#now });
    try {
      await this.#api.verifyCode(this.#state.id, code);
    } catch (error) {
      if (!(error instanceof CodeRejectedError) && !mayHaveHappened(error)) {
        this.#state = { ...this.#state, ledger: untried };
        throw error;
      }
      await this.#read();
      if (this.#state.observed.codeVerificationStatus === "VERIFIED") return;
      if (!(error instanceof CodeRejectedError)) throw error;
      this.#context.warn(error.message);
      return;
    }
    await this.#read();
  }

  async #setPin(pin: string): Promise<void> {
    await this.#api.setPin(this.#state.id, pin);
    this.#pinIs(pin);
    await this.#read();
  }

  async #register({ pin, setPinFirst, why }: Extract<Step, { do: "register" }>): Promise<void> {
    if (setPinFirst) await this.#setPinBeforeRegistering(pin);
    try {
      await this.#attemptTwiceAtMost(pin);
    } catch (error) {
      if (!(error instanceof AttemptsExhaustedError)) throw error;
      const { register, deregister } = this.#state.ledger.attempts;
      this.#note({ attempts: { register: exhausted(this.#context.now(), register), deregister } });
      this.#context.warn(error.message);
      return;
    }
    this.#pinIs(pin);
    this.#note({ ...this.#registration(), ...(why === "lost" ? { restoredAt: this.#now } : {}) });
    await this.#read();
    // Meta may change the name with the registration only, so what holds now shows after it.
    this.#note(this.#registration());
  }

  async #setPinBeforeRegistering(pin: string): Promise<void> {
    try {
      await this.#setPin(pin);
    } catch (error) {
      // Then the number takes its PIN together with the registration.
      if (!(error instanceof NotRegisteredError)) throw error;
    }
  }

  /** A PIN that does not match is set and tried once more; never a third time. */
  async #attemptTwiceAtMost(pin: string): Promise<void> {
    try {
      await this.#attempt(pin);
    } catch (error) {
      const { register } = this.#state.ledger.attempts;
      const spent = nextAttemptAt(this.#context.now(), register) !== undefined;
      if (!(error instanceof PinMismatchError) || spent) throw error;
      try {
        await this.#setPin(pin);
      } catch (refusal) {
        throw refusal instanceof NotRegisteredError ? error : refusal;
      }
      await this.#attempt(pin);
    }
  }

  /** One call of register. It is counted whether it succeeds or not, and whether we learn of it or not. */
  async #attempt(pin: string): Promise<void> {
    const { register, deregister } = this.#state.ledger.attempts;
    this.#note({ attempts: { register: [...register, this.#now], deregister } });
    const before = this.#state.observed.lastOnboardedTime;
    try {
      await this.#api.register(this.#state.id, pin);
    } catch (error) {
      if (!mayHaveHappened(error)) throw error;
      await this.#read();
      const { observed } = this.#state;
      const newer = observed.lastOnboardedTime !== undefined && observed.lastOnboardedTime !== before;
      const settled = isRegistered(observed) && reregistrationDue(this.#state) === undefined;
      if (!newer && !settled) throw error;
    }
  }

  async #requestDisplayName(name: string): Promise<void> {
    try {
      await this.#api.requestDisplayName(this.#state.id, name);
    } catch (error) {
      if (!mayHaveHappened(error)) throw error;
      await this.#read();
      const { newDisplayName, verifiedName } = this.#state.observed;
      if (newDisplayName !== name && verifiedName !== name) throw error;
    }
    this.#note({ nameRequests: [...this.#state.ledger.nameRequests, { name, at: this.#now }] });
    await this.#read();
  }

  /** What a registration proves: the name and the certificate that the number works with from now on. */
  #registration(): Partial<Ledger> {
    const { verifiedName, newDisplayName, newNameStatus, certificate, newCertificate } = this.#state.observed;
    const name = isApproved(newNameStatus) ? (newDisplayName ?? verifiedName) : verifiedName;
    const current = newCertificate ?? certificate;
    return {
      ...(name === undefined ? {} : { registeredName: name }),
      ...(current === undefined ? {} : { certificateFingerprint: fingerprint(current) }),
    };
  }

  #pinIs(pin: string): void {
    this.#note({ pinState: "set" });
    this.#state = { ...this.#state, echo: { ...this.#state.echo, pin } };
  }

  async #read(): Promise<void> {
    this.#state = refreshed(this.#context.now(), this.#state, await this.#api.get(this.#state.id));
  }

  #note(entry: Partial<Ledger>): void {
    this.#state = { ...this.#state, ledger: { ...this.#state.ledger, ...entry } };
  }

  get #now(): string {
    return this.#context.now().toISOString();
  }

  get #label(): string {
    return this.#api.label(this.#state.id);
  }
}
