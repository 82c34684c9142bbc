/** The steps of a plan, as calls. */
import { CallbackRefusedError, codeText } from "../../graph/errors.ts";
import type { SubscribedApps } from "../../graph/subscribed-apps.ts";
import type { State } from "../../schemas/webhook-subscription-state.ts";
import type { Context } from "../context.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { Override, Step } from "./plan.ts";

/** Graph says of a success that Meta verified the address, so nothing is read again. */
export async function take(
  { now, warn }: Pick<Context, "now" | "warn">,
  api: SubscribedApps,
  step: Step,
  state: State,
): Promise<State> {
  const { wabaId } = state.echo;
  if (step.do === "removeOverride") {
    await api.removeOverride(wabaId);
    return withOverride(state, undefined);
  }
  const { override } = step;
  try {
    await api.setOverride(wabaId, override);
  } catch (error) {
    // An address that does not answer is a trouble of its own: the app is subscribed all the same.
    if (!(error instanceof CallbackRefusedError)) throw error;
    warn(error.message);
    const refused = { ...override, at: now().toISOString(), code: codeText(error.code, error.subcode) };
    return { ...state, ledger: { ...state.ledger, refused } };
  }
  return withOverride(state, override);
}

function withOverride(state: State, override: Override | undefined): State {
  const { refused: _over, ...ledger } = state.ledger;
  const { callbackUrl, verifyToken } = override ?? {};
  return {
    ...state,
    observed: withoutUndefined({ ...state.observed, overrideCallbackUri: callbackUrl }),
    ledger: withoutUndefined({ ...ledger, ownCallbackUrl: callbackUrl }),
    echo: withoutUndefined({ ...state.echo, verifyToken }),
  };
}
