/** The two steps that prove the ownership of a number: a code is sent, and given back. */
import {
  CodeNotSentError,
  CodeRejectedError,
  codeText,
  type GraphError,
  mayHaveHappened,
  neverSent,
} from "../graph/errors.ts";
import { type Codes, withCodeTried } from "./codes.ts";
import type { Context } from "./context.ts";
import { isRefusal } from "./refusals.ts";

/** What the steps need of a run that takes a number further, on an account or before. */
export interface CodeRun<Method extends string, Ledger extends Codes> {
  readonly context: Pick<Context, "now" | "salt" | "say" | "warn">;
  /** How messages name the number. */
  readonly label: string;
  readonly verification: Verification<Method> | undefined;
  readonly ledger: () => Ledger;
  readonly requestCode: (by: { readonly method: Method; readonly language: string }) => Promise<void>;
  readonly verifyCode: (code: string) => Promise<void>;
  /** A call, noted before it is made: whatever becomes of us, it is known. One that never left leaves no trace. */
  readonly noted: (ledger: Ledger, call: () => Promise<void>) => Promise<void>;
  readonly keep: (ledger: Ledger) => void;
  readonly read: () => Promise<void>;
  /** After a failure: false where this read fails too, which must not hide it. */
  readonly readIfPossible: () => Promise<boolean>;
  /** Whether what was read last shows the proof. */
  readonly isProven: () => boolean;
}

interface Verification<Method extends string> {
  readonly method: Method;
  readonly language: string;
  readonly attempt?: number | undefined;
}

export async function requestCode<Method extends string, Ledger extends Codes>(
  run: CodeRun<Method, Ledger>,
): Promise<void> {
  const { context, label, verification } = run;
  if (verification === undefined) return;
  const { method, language, attempt = 1 } = verification;
  const before = run.ledger();
  const refused = { ...before, codeAttempt: attempt, codeTriedAt: undefined, codeRequestedAt: undefined };
  try {
    await run.noted({ ...refused, codeRequestedAt: context.now().toISOString() }, () =>
      run.requestCode({ method, language }),
    );
  } catch (error) {
    if (neverSent(error)) throw error;
    if (mayHaveHappened(error)) {
      context.warn(`${label}: Graph did not confirm that it sent a code. If none comes, raise verification.attempt.`);
      await run.readIfPossible();
      return;
    }
    // Graph's refusal to send one holds until the attempt is raised: asking again at every run would prolong it.
    run.keep(error instanceof CodeNotSentError ? refused : before);
    if (await seenProven(run)) return;
    throw error;
  }
  context.say(`${label}: a verification code is on its way by ${method}.`);
  await run.read();
}

export async function verifyCode<Method extends string, Ledger extends Codes>(
  run: CodeRun<Method, Ledger>,
  code: string,
): Promise<void> {
  const { context, label } = run;
  const before = run.ledger();
  const tried = { ...withCodeTried(before, context.salt(), code), codeTriedAt: context.now().toISOString() };
  try {
    await run.noted(tried, () => run.verifyCode(code));
  } catch (error) {
    // Whatever Graph has against a code that we did not have sent, one of ours comes next.
    const isOthers = before.codeRequestedAt === undefined && isRefusal(error);
    const isRejected = error instanceof CodeRejectedError || isOthers;
    if ((isRejected || mayHaveHappened(error)) && (await seenProven(run))) return;
    if (!isRejected) {
      run.keep(before);
      throw error;
    }
    context.warn(isOthers ? othersText(label, error) : error.message);
    return;
  }
  await run.read();
}

function othersText(label: string, { code, subcode }: Pick<GraphError, "code" | "subcode">): string {
  return (
    `${label}: Meta did not take the declared verification.code (code ${codeText(code, subcode)}). A code lives ten ` +
    "minutes, and only the newest one counts."
  );
}

async function seenProven({ readIfPossible, isProven }: Pick<CodeRun<string, Codes>, "readIfPossible" | "isProven">) {
  return (await readIfPossible()) && isProven();
}
