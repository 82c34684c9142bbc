/** How a number on its account has its ownership proven: the steps of lifecycle/code-steps.ts on a run of it. */
import type { Ledger } from "../../schemas/phone-number-state.ts";
import type { CodeRun } from "../code-steps.ts";
import type { Progress } from "./progress.ts";

export function codeRunOf(progress: Progress): CodeRun<"SMS" | "VOICE", Ledger> {
  const { context, api, id, label, declared } = progress;
  return {
    context,
    label,
    verification: declared.verification,
    ledger: () => progress.state.ledger,
    requestCode: (by) => api.requestCode(id, by),
    verifyCode: (code) => api.verifyCode(id, code),
    noted: (ledger, call) => progress.noted({ ledger }, call),
    keep: (ledger) => progress.keep(ledger),
    read: () => progress.read(),
    readIfPossible: () => progress.readIfPossible(),
    isProven: () => progress.state.observed.codeVerificationStatus === "VERIFIED",
  };
}
