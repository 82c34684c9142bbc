/** The two steps that prove the ownership of a number: a code is sent, and given back. */
import {
  CodeNotSentError,
  CodeRejectedError,
  codeText,
  type GraphError,
  mayHaveHappened,
  neverSent,
} from "../../graph/errors.ts";
import { isRefusal } from "../refusals.ts";
import { withCodeTried } from "./plan.ts";
import type { Progress } from "./progress.ts";

export async function requestCode(progress: Progress): Promise<void> {
  const { context, api, id, label, declared } = progress;
  if (declared.verification === undefined) return;
  const { method, language, attempt = 1 } = declared.verification;
  const { ledger } = progress.state;
  const { codeTriedAt: _refused, codeRequestedAt: _before, ...others } = ledger;
  const asked = { ...others, codeRequestedAt: progress.now, codeAttempt: attempt };
  try {
    await progress.noted({ ledger: asked }, () => api.requestCode(id, { method, language }));
  } catch (error) {
    if (neverSent(error)) throw error;
    if (mayHaveHappened(error)) {
      context.warn(`${label}: Graph did not confirm that it sent a code. If none comes, raise verification.attempt.`);
      await progress.readIfPossible();
      return;
    }
    // Graph's refusal to send one holds until the attempt is raised: asking again at every run would prolong it.
    progress.keep(error instanceof CodeNotSentError ? { ...others, codeAttempt: attempt } : ledger);
    if (await seenVerified(progress)) return;
    throw error;
  }
  context.say(`${label}: a verification code is on its way by ${method}.`);
  await progress.read();
}

export async function verifyCode(progress: Progress, code: string): Promise<void> {
  const { context, api, id, label } = progress;
  const { ledger } = progress.state;
  const tried = { ...withCodeTried(ledger, context.salt(), code), codeTriedAt: progress.now };
  try {
    await progress.noted({ ledger: tried }, () => api.verifyCode(id, code));
  } catch (error) {
    // Whatever Graph has against a code that we did not have sent, one of ours comes next.
    const isOthers = ledger.codeRequestedAt === undefined && isRefusal(error);
    const isRejected = error instanceof CodeRejectedError || isOthers;
    if ((isRejected || mayHaveHappened(error)) && (await seenVerified(progress))) return;
    if (!isRejected) {
      progress.keep(ledger);
      throw error;
    }
    context.warn(isOthers ? othersText(label, error) : error.message);
    return;
  }
  await progress.read();
}

function othersText(label: string, { code, subcode }: Pick<GraphError, "code" | "subcode">): string {
  return (
    `${label}: Meta did not take the declared verification.code (code ${codeText(code, subcode)}). A code lives ten ` +
    "minutes, and only the newest one counts."
  );
}

async function seenVerified(progress: Progress): Promise<boolean> {
  return (await progress.readIfPossible()) && progress.state.observed.codeVerificationStatus === "VERIFIED";
}
