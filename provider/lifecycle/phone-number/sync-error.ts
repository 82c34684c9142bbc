import type { State } from "../../schemas/phone-number-state.ts";

/** A step failed, or what is declared cannot be done. `state` is what was achieved until then. */
export class SyncError extends Error {
  override readonly name = "SyncError";
  readonly state: State;
  constructor(state: State, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.state = state;
  }
}
