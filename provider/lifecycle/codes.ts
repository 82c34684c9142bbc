/** The code that proves the ownership of a number: what is remembered of it, and which step is due. Pure. */
import { createHash } from "node:crypto";

/** The part of a ledger that tells of codes. Times are ISO text in UTC. */
export interface Codes {
  readonly codeRequestedAt?: string | undefined;
  /** Which `verification.attempt` the last code was requested for. */
  readonly codeAttempt?: number | undefined;
  /** The hash of the code that was tried last. */
  readonly codeTried?: string | undefined;
  /** When the code of the last request was refused. */
  readonly codeTriedAt?: string | undefined;
}

export type CodeStep =
  | { readonly do: "requestCode"; readonly property: "verification" }
  | { readonly do: "verifyCode"; readonly property: "verification"; readonly code: string };

/** What is declared of it. */
interface Declared {
  readonly code?: string | undefined;
  readonly attempt?: number | undefined;
}

/** The next step for a number whose ownership is to be proven: each code is tried once, and one is sent an attempt. */
export function codeStep(codes: Codes, verification: Declared | undefined): CodeStep | undefined {
  if (verification === undefined) return undefined;
  const { code, attempt = 1 } = verification;
  // Also before we had one sent: it may be that of a moment ago, which somebody else had sent.
  if (code !== undefined && !wasTried(codes, code)) return { do: "verifyCode", property: "verification", code };
  return attempt > (codes.codeAttempt ?? 0) ? { do: "requestCode", property: "verification" } : undefined;
}

export function phaseOfCode({ codeRequestedAt, codeTriedAt }: Codes) {
  if (codeRequestedAt === undefined) return "needs-verification";
  return codeTriedAt === undefined ? "code-sent" : "code-rejected";
}

/** Unsalted it would be undone by a million guesses; the salt makes them a million per number. */
export function codeHash(salt: string, code: string): string {
  return `${salt}:${createHash("sha256").update(`${salt}:${code}`).digest("hex")}`;
}

/** The ledger after a code that is not tried again. */
export function withCodeTried<Ledger extends Codes>(ledger: Ledger, salt: string, code: string): Ledger {
  return { ...ledger, codeTried: codeHash(salt, code) };
}

export function wasTried({ codeTried }: Codes, code: string): boolean {
  const salt = codeTried?.split(":")[0];
  return salt !== undefined && codeHash(salt, code) === codeTried;
}
