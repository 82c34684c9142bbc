/**
 * What to do next about a pre-verified number: one step, or nothing. Pure, and asked by `diff` and by `create` and
 * `update` alike, so that a preview shows a change exactly where an `up` would make a call.
 */
import type { PreVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import type { State } from "../../schemas/pre-verified-phone-number-state.ts";
import { type CodeStep, codeStep } from "../codes.ts";
import { phaseOf, takesCode } from "./phase.ts";

export type Step =
  | CodeStep
  | { readonly do: "share"; readonly partners: readonly string[] }
  | { readonly do: "unshare"; readonly partners: readonly string[] };

export function plan(now: Date, state: State, declared: PreVerifiedPhoneNumberInputs): Step | undefined {
  const phase = phaseOf(now, state);
  if (phase === "unknown" || phase === "claimed") return undefined;
  const code = takesCode(phase) ? codeStep(state.ledger, declared.verification) : undefined;
  return code ?? sharingStep(state, declared);
}

/** Partners that nobody declares are somebody else's: they stay. */
function sharingStep({ observed, echo }: State, { sharedWith = [] }: PreVerifiedPhoneNumberInputs): Step | undefined {
  const shown = observed.partners ?? [];
  const missing = sharedWith.filter((id) => !shown.includes(id));
  if (missing.length > 0) return { do: "share", partners: missing };
  const over = (echo.sharedWith ?? []).filter((id) => shown.includes(id) && !sharedWith.includes(id));
  return over.length > 0 ? { do: "unshare", partners: over } : undefined;
}
