/** How far a run has taken a number: its state, what is noted in it around a call, and the reads after one. */
import { neverSent } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { Ledger, State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { observe, refreshed } from "./observe.ts";
import type { Declared } from "./plan.ts";

export class Progress {
  readonly context: Context;
  readonly api: PhoneNumbers;
  readonly declared: Declared;
  state: State;

  constructor(context: Context, api: PhoneNumbers, declared: Declared, state: State) {
    this.context = context;
    this.api = api;
    this.declared = declared;
    this.state = state;
  }

  /** A call, noted before it is made: whatever becomes of us, it is known. One that never left leaves no trace. */
  async noted<Answer>(changed: Partial<State>, call: () => Promise<Answer>): Promise<Answer> {
    const before = this.state;
    this.state = { ...before, ...changed };
    try {
      return await call();
    } catch (error) {
      if (neverSent(error)) this.state = before;
      throw error;
    }
  }

  note(entry: Partial<Ledger>): void {
    this.keep({ ...this.state.ledger, ...entry });
  }

  keep(ledger: Ledger): void {
    this.state = { ...this.state, ledger };
  }

  async read(): Promise<void> {
    this.state = refreshed(this.context.now(), this.state, ...(await observe(this.api, this.state, this.declared)));
  }

  /** After a failure: a read that fails too must not hide it. */
  async readIfPossible(): Promise<boolean> {
    try {
      await this.read();
      return true;
    } catch {
      return false;
    }
  }

  get id(): string {
    return this.state.id;
  }

  get now(): string {
    return this.context.now().toISOString();
  }

  get label(): string {
    return this.api.label(this.state.id);
  }
}
