/**
 * The steps of a plan, as calls. Each is written to the ledger before its call, and taken back only when Graph surely
 * did not do it; after each, and after a call whose answer was lost, the number is read. A failure is a SyncError that
 * carries all that was achieved, so that nothing is lost and nothing is done twice.
 */
import {
  AttemptsExhaustedError,
  CodeNotSentError,
  CodeRejectedError,
  mayHaveHappened,
  NotRegisteredError,
  PinMismatchError,
} from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { Ledger, State } from "../../schemas/phone-number-state.ts";
import { exhausted, nextAttemptAt } from "../attempts.ts";
import type { Context } from "../context.ts";
import { slotOf } from "../name.ts";
import { isRegistered } from "../phase.ts";
import { isRefusal, withoutRefusal, withRefusal } from "../refusals.ts";
import { observe, refreshed, withoutUndefined } from "./observe.ts";
import { codeHash, type Declared, refusable, type Step } from "./plan.ts";
import { hasHappened, openRegistration, withoutRegistration, withRegistration } from "./registration.ts";
import { SyncError } from "./sync-error.ts";
import { subscribeAndSet } from "./webhook.ts";

type Why = Extract<Step, { do: "register" }>["why"];

export class Steps {
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

  /** @throws SyncError */
  async take(step: Exclude<Step, { do: "refuse" }>): Promise<State> {
    const refused = refusable(this.#state, step);
    try {
      await this.#take(step);
    } catch (error) {
      if (isRefusal(error)) this.#keep(withRefusal(this.#state.ledger, refused, error, this.#context.now()));
      // An address that does not answer is the number's trouble, not an error: the registration stands.
      if (step.do !== "setWebhook" || !isRefusal(error)) throw new SyncError(this.#state, error);
      this.#context.warn(error.message);
      return this.#state;
    }
    this.#keep(withoutRefusal(this.#state.ledger, step.do));
    return this.#state;
  }

  #take(step: Exclude<Step, { do: "refuse" }>): Promise<void> {
    switch (step.do) {
      case "requestCode":
        return this.#requestCode();
      case "verifyCode":
        return this.#verifyCode(step.code);
      case "setPin":
        return this.#setPin(step.pin);
      case "register":
        return this.#register(step);
      case "setRegion":
        return this.#setRegion(step.region);
      case "deregister":
        return this.#deregister();
      case "requestDisplayName":
        return this.#requestDisplayName(step.name);
      case "setWebhook":
        return this.#setWebhook(step.webhook);
      case "removeWebhook":
        return this.#removeWebhook();
    }
  }

  async #requestCode(): Promise<void> {
    const { verification } = this.#declared;
    if (verification === undefined) return;
    const { method, language, code, attempt = 1 } = verification;
    const { codeTriedAt: _refused, codeRequestedAt: _before, ...before } = this.#state.ledger;
    // A code that was declared before this one was sent cannot be it.
    const old = code === undefined ? {} : { codeTried: codeHash(this.#context.salt(), code) };
    this.#keep({ ...before, ...old, codeRequestedAt: this.#now, codeAttempt: attempt });
    try {
      await this.#api.requestCode(this.#state.id, { method, language });
    } catch (error) {
      if (mayHaveHappened(error)) {
        this.#context.warn(
          `${this.#label}: Graph did not confirm that it sent a code. If none comes, raise verification.attempt.`,
        );
        await this.#readIfPossible();
        return;
      }
      // Graph's refusal to send one holds until the attempt is raised: asking again at every run would prolong it.
      this.#keep(error instanceof CodeNotSentError ? { ...before, codeAttempt: attempt } : before);
      const seen = await this.#readIfPossible();
      if (seen && this.#state.observed.codeVerificationStatus === "VERIFIED") return;
      throw error;
    }
    this.#context.say(`${this.#label}: a verification code is on its way by ${method}.`);
    await this.#read();
  }

  async #verifyCode(code: string): Promise<void> {
    const untried = this.#state.ledger;
    this.#note({ codeTried: codeHash(this.#context.salt(), code), codeTriedAt: this.#now });
    try {
      await this.#api.verifyCode(this.#state.id, code);
    } catch (error) {
      const rejected = error instanceof CodeRejectedError;
      const seen = rejected || mayHaveHappened(error) ? await this.#readIfPossible() : false;
      if (seen && this.#state.observed.codeVerificationStatus === "VERIFIED") return;
      if (rejected) {
        this.#context.warn(error.message);
        return;
      }
      this.#keep(untried);
      throw error;
    }
    await this.#read();
  }

  async #setPin(pin: string): Promise<void> {
    await this.#api.setPin(this.#state.id, pin);
    this.#note({ pinState: "set" });
    this.#state = { ...this.#state, echo: { ...this.#state.echo, pin } };
    await this.#read();
  }

  async #register({ pin, setPinFirst, why }: Extract<Step, { do: "register" }>): Promise<void> {
    if (setPinFirst) await this.#setPinBeforeRegistering(pin);
    try {
      await this.#attemptTwiceAtMost(pin, why);
    } catch (error) {
      if (!(error instanceof AttemptsExhaustedError)) throw error;
      return this.#noteExhausted("register", error);
    }
    const open = this.#state;
    this.#state = withRegistration(open, open.observed);
    await this.#read();
    const { registeredName, certificateFingerprint } = withRegistration(open, this.#state.observed).ledger;
    this.#keep(withoutUndefined({ ...this.#state.ledger, registeredName, certificateFingerprint }));
  }

  #countAttempt(call: "register" | "deregister"): void {
    const { attempts } = this.#state.ledger;
    this.#note({ attempts: { ...attempts, [call]: [...attempts[call], this.#now] } });
  }

  /** Others may have called too: Meta's word fills the ledger. */
  #noteExhausted(call: "register" | "deregister", error: Error): void {
    this.#note({ attempts: { ...this.#state.ledger.attempts, [call]: exhausted(this.#context.now()) } });
    this.#context.warn(error.message);
  }

  async #setPinBeforeRegistering(pin: string): Promise<void> {
    try {
      await this.#setPin(pin);
    } catch (error) {
      // Then the number takes its PIN together with the registration.
      if (!(error instanceof NotRegisteredError)) throw error;
    }
  }

  /** A PIN that does not match is set and tried once more; never a third time, and never past the budget. */
  async #attemptTwiceAtMost(pin: string, why: Why): Promise<void> {
    try {
      await this.#attempt(pin, why);
    } catch (error) {
      const spent = nextAttemptAt(this.#context.now(), this.#state.ledger.attempts.register) !== undefined;
      if (!(error instanceof PinMismatchError) || spent) throw error;
      try {
        await this.#setPin(pin);
      } catch (refusal) {
        throw refusal instanceof NotRegisteredError ? error : refusal;
      }
      await this.#attempt(pin, why);
    }
  }

  /** One call of register. It is counted whether it succeeds or not, and whether we learn of it or not. */
  async #attempt(pin: string, why: Why): Promise<void> {
    this.#countAttempt("register");
    this.#state = openRegistration(this.#state, { at: this.#now, why, pin });
    const open = this.#state;
    try {
      await this.#api.register(this.#state.id, pin);
    } catch (error) {
      if (!mayHaveHappened(error)) this.#state = withoutRegistration(open);
      // Where nothing can be read it stays open, and the next read settles it.
      else if ((await this.#readIfPossible()) && hasHappened(open, this.#state)) return;
      throw error;
    }
  }

  async #setRegion(region: string): Promise<void> {
    await this.#api.setDataLocalizationRegion(this.#state.id, region);
    await this.#read();
  }

  /** Our own way to another storage region: noted before the call, so that the loss is known to be ours. */
  async #deregister(): Promise<void> {
    this.#countAttempt("deregister");
    this.#note({ deregisteredAt: this.#now });
    this.#context.say(`${this.#label}: deregistered to change its storage region; it is registered again next.`);
    try {
      await this.#api.deregister(this.#state.id);
    } catch (error) {
      if (error instanceof NotRegisteredError) return this.#read();
      if (error instanceof AttemptsExhaustedError) {
        this.#forgetDeregistration();
        return this.#noteExhausted("deregister", error);
      }
      if (!mayHaveHappened(error)) this.#forgetDeregistration();
      else if (await this.#readIfPossible()) {
        if (!isRegistered(this.#state.observed)) return;
        this.#forgetDeregistration();
      }
      throw error;
    }
    await this.#read();
  }

  #forgetDeregistration(): void {
    const { deregisteredAt: _not, ...ledger } = this.#state.ledger;
    this.#keep(ledger);
  }

  async #setWebhook(webhook: { callbackUrl: string; verifyToken: string }): Promise<void> {
    await subscribeAndSet(this.#context, this.#api, this.#state, webhook);
    this.#state = { ...this.#state, echo: { ...this.#state.echo, webhook } };
    await this.#read();
  }

  async #removeWebhook(): Promise<void> {
    await this.#api.setWebhook(this.#state.id, undefined);
    const { webhook: _removed, ...echo } = this.#state.echo;
    this.#state = { ...this.#state, echo };
    await this.#read();
  }

  async #requestDisplayName(name: string): Promise<void> {
    const before = this.#state.ledger;
    const request = withoutUndefined({ name, at: this.#now, over: slotOf(this.#state.observed) });
    this.#note({ nameRequests: [...before.nameRequests, { ...request, unconfirmed: true }] });
    try {
      await this.#api.requestDisplayName(this.#state.id, name);
    } catch (error) {
      if (!mayHaveHappened(error)) {
        this.#keep(before);
        throw error;
      }
      const seen = await this.#readIfPossible();
      // The read took the request out of the ledger unless Graph shows it.
      if (seen && this.#state.ledger.nameRequests.at(-1)?.at === request.at) return;
      throw error;
    }
    this.#note({ nameRequests: [...before.nameRequests, request] });
    await this.#read();
  }

  async #read(): Promise<void> {
    this.#state = refreshed(
      this.#context.now(),
      this.#state,
      ...(await observe(this.#api, this.#state, this.#declared)),
    );
  }

  /** After a failure: a read that fails too must not hide it. */
  async #readIfPossible(): Promise<boolean> {
    try {
      await this.#read();
      return true;
    } catch {
      return false;
    }
  }

  #note(entry: Partial<Ledger>): void {
    this.#keep({ ...this.#state.ledger, ...entry });
  }

  #keep(ledger: Ledger): void {
    this.#state = { ...this.#state, ledger };
  }

  get #now(): string {
    return this.#context.now().toISOString();
  }

  get #label(): string {
    return this.#api.label(this.#state.id);
  }
}
