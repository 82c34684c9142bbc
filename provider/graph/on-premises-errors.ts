/** What an on-premises client refuses with. Apart from its calls, which a comparison must not load. */
import { type Call, TOO_MANY_REQUESTS } from "./errors.ts";

/** The client answered, and refused. */
export class OnPremisesError extends Error {
  override readonly name: string = "OnPremisesError";
  readonly code: number;
  readonly subcode: undefined;
  /** Each further call before a while has passed is refused too. */
  readonly mustWait: boolean;

  constructor(call: Call, { code, status, said }: OnPremisesRefusal, remedy: string) {
    super(
      `We could not ${call.what} · ${call.on} · the on-premises client said: ${said} (code ${code}, HTTP ${status}) · ${remedy}`,
    );
    this.code = code;
    this.mustWait = status === TOO_MANY_REQUESTS;
  }
}
/** The client does not take the token: its logins last seven days. */
export class OnPremisesTokenError extends OnPremisesError {
  override readonly name = "OnPremisesTokenError";
}
/** The code is wrong or too old, or the client waits for none. */
export class OnPremisesCodeError extends OnPremisesError {
  override readonly name = "OnPremisesCodeError";
}

export interface OnPremisesRefusal {
  readonly status: number;
  readonly code: number;
  readonly said: string;
}
