/**
 * What Graph refused of us. The run after a refusal tries once more, since a person may have mended what we cannot see;
 * refused again, the same step is not taken for a while, so that runs that follow each other closely burn no attempts in
 * vain. It is taken at once when the number, or what is declared, is another than it was. Pure.
 */
import {
  AccessTokenError,
  codeText,
  GraphError,
  mayHaveHappened,
  NotFoundError,
  PermissionError,
  ThrottledError,
} from "../graph/errors.ts";
import type { Ledger, Observed } from "../schemas/phone-number-state.ts";
import { recentAttempts } from "./attempts.ts";
import { isApproved } from "./name.ts";

export const HOLD_MS = 10 * 60 * 1000;
/** Refusals in a row. An address that does not answer is no error, so nobody runs again because of it. */
const HELD_FROM: Readonly<Record<string, number>> = { setWebhook: 1 };
const HELD_FROM_OTHERWISE = 2;

/** `of` is what was refused, as far as the same again would be refused again: a name, an address, the number's state. */
export type Refusal = NonNullable<Ledger["refusals"]>[number];

/**
 * False where another run may well succeed though nothing changed, and where a person mends what has nothing to do
 * with the number, as a token: then the next run tries.
 */
export function isRefusal(error: unknown): error is GraphError {
  if (!(error instanceof GraphError) || error.retryable || mayHaveHappened(error)) return false;
  return ![AccessTokenError, PermissionError, NotFoundError, ThrottledError].some((kind) => error instanceof kind);
}

export function withRefusal(
  ledger: Ledger,
  refused: { step: string; of: string },
  error: GraphError,
  now: Date,
): Ledger {
  const before = refusalOf(ledger, refused.step);
  const inARow = before?.of === refused.of ? (before.times ?? 1) + 1 : 1;
  const times = error.mustWait ? Math.max(inARow, HELD_FROM_OTHERWISE) : inARow;
  const refusal = { ...refused, at: now.toISOString(), code: codeText(error.code, error.subcode), times };
  return { ...ledger, refusals: [...othersThan(ledger, refused.step), refusal] };
}

export function withoutRefusal(ledger: Ledger, step: string): Ledger {
  const { refusals: _all, ...rest } = ledger;
  const others = othersThan(ledger, step);
  return others.length === 0 ? rest : { ...rest, refusals: others };
}

/** When a step that was refused is taken again; undefined: at once. */
export function heldUntil(now: Date, ledger: Ledger, { step, of }: { step: string; of: string }): Date | undefined {
  const refusal = refusalOf(ledger, step);
  if (refusal === undefined || refusal.of !== of) return undefined;
  if ((refusal.times ?? 1) < (HELD_FROM[step] ?? HELD_FROM_OTHERWISE)) return undefined;
  const until = new Date(Date.parse(refusal.at) + holdOf(now, ledger, step));
  return now < until ? until : undefined;
}

export function refusalOf(ledger: Ledger, step: string): Refusal | undefined {
  return ledger.refusals?.find((refusal) => refusal.step === step);
}

/** Meta's word that a registration needs a new code first; it holds as long as the number is as it was. */
export function needsVerificationFirst(observed: Observed, ledger: Ledger): boolean {
  const refusal = refusalOf(ledger, "register");
  return refusal?.code.startsWith("133006") === true && refusal.of === registrableAs(observed);
}

/** What a registration depends on besides its PIN, which no state may hold. */
export function registrableAs({ codeVerificationStatus, nameStatus, newNameStatus }: Observed): string {
  const usable = isApproved(newNameStatus) ? newNameStatus : undefined;
  return [codeVerificationStatus, nameStatus, usable].map((status) => status ?? "-").join(" ");
}

/** Each attempt doubles the wait: so refusals alone leave one of the ten attempts to a person. */
function holdOf(now: Date, { attempts }: Ledger, step: string): number {
  if (step !== "register" && step !== "deregister") return HOLD_MS;
  return HOLD_MS * 2 ** Math.max(0, recentAttempts(now, attempts[step]).length - 1);
}

function othersThan({ refusals = [] }: Ledger, step: string): Refusal[] {
  return refusals.filter((refusal) => refusal.step !== step);
}
