/**
 * What Graph refused of us. The run after a refusal tries once more, since a person may have mended what we cannot see;
 * refused again, the same step is not taken for a while, so that runs that follow each other closely burn no attempts in
 * vain. It is taken at once when the number, or what is declared, is another than it was. Pure.
 *
 * An address that does not answer, and a name beyond Meta's ten of 30 days, are the number's trouble and no error: they
 * are held from the first time on.
 */
import {
  AccessTokenError,
  codeText,
  GraphError,
  mayHaveHappened,
  NameChangesExhaustedError,
  NotFoundError,
  PermissionError,
  ThrottledError,
} from "../graph/errors.ts";
import { OnPremisesError, OnPremisesTokenError } from "../graph/on-premises-errors.ts";
import type { Ledger, Observed } from "../schemas/phone-number-state.ts";
import { recentAttempts } from "./attempts.ts";
import { isApproved } from "./name.ts";

export const HOLD_MS = 10 * 60 * 1000;
/**
 * Others asked for names at times that we do not know. Should Meta count what it refuses as well, asking every four days
 * uses up eight of the ten in 30 days, and never prolongs the block.
 */
export const NAMES_HOLD_MS = 4 * 24 * 60 * 60 * 1000;
/** Refusals in a row. An address that does not answer is no error, so nobody runs again because of it. */
const HELD_FROM: Readonly<Record<string, number>> = { setWebhook: 1 };
const HELD_FROM_OTHERWISE = 2;

/** `of` is what was refused, as far as the same again would be refused again: a name, an address, the number's state. */
export type Refusal = NonNullable<Ledger["refusals"]>[number];

/** What Graph is asked for. `token` is the part that only a secret may hold. */
export interface Asked {
  readonly step: string;
  readonly of: string;
  readonly token?: string;
}

/** By Graph or by an on-premises client. */
export type RefusedError = GraphError | OnPremisesError;

/**
 * False where another run may well succeed though nothing changed, and where a person mends what has nothing to do
 * with the number, as a token: then the next run tries.
 */
export function isRefusal(error: unknown): error is RefusedError {
  if (error instanceof OnPremisesError) return !(error instanceof OnPremisesTokenError);
  if (!(error instanceof GraphError) || error.retryable || mayHaveHappened(error)) return false;
  return ![AccessTokenError, PermissionError, NotFoundError, ThrottledError].some((kind) => error instanceof kind);
}

/** True for a refusal that is the number's trouble, and no error of an `up`. */
export function isTrouble(step: string, error: RefusedError): boolean {
  return step === "setWebhook" || areNamesUsedUp(step, error);
}

function areNamesUsedUp(step: string, error: RefusedError): boolean {
  return step === "requestDisplayName" && error instanceof NameChangesExhaustedError;
}

export function withRefusal(ledger: Ledger, asked: Asked, error: RefusedError, now: Date): Ledger {
  const { step, of, token } = asked;
  const at = now.toISOString();
  const before = wasRefused(ledger, asked);
  const inARow = before === undefined ? 1 : (before.times ?? 1) + 1;
  const times = error.mustWait ? Math.max(inARow, HELD_FROM_OTHERWISE) : inARow;
  const refusal: Refusal = {
    step,
    of,
    at,
    code: codeText(error.code, error.subcode),
    times,
    since: before?.since ?? before?.at ?? at,
    ...(areNamesUsedUp(step, error) ? { until: new Date(now.getTime() + NAMES_HOLD_MS).toISOString() } : {}),
  };
  return {
    ...withoutRefusal(ledger, step),
    refusals: [...othersThan(ledger, step), refusal],
    ...(token === undefined ? {} : { webhookTokenRefused: token }),
  };
}

/** The ledger as far as its refusals concern what is declared still, and not achieved. */
export function withRefusalsOf(
  ledger: Ledger,
  { displayName, webhook }: { displayName: string | undefined; webhook: Asked | undefined },
): Ledger {
  const name = refusalOf(ledger, "requestDisplayName");
  const named = name === undefined || name.of === displayName ? ledger : withoutRefusal(ledger, name.step);
  return webhook !== undefined && wasRefused(named, webhook) ? named : withoutRefusal(named, "setWebhook");
}

export function withoutRefusal({ webhookTokenRefused: token, ...ledger }: Ledger, step: string): Ledger {
  const { refusals: _all, ...bare } = ledger;
  const rest = step === "setWebhook" || token === undefined ? bare : { ...bare, webhookTokenRefused: token };
  const others = othersThan(ledger, step);
  return others.length === 0 ? rest : { ...rest, refusals: others };
}

/** When a step that was refused is taken again; undefined: at once. */
export function heldUntil(now: Date, ledger: Ledger, asked: Asked): Date | undefined {
  const refusal = wasRefused(ledger, asked);
  const until = refusal === undefined ? undefined : endOfHold(now, ledger, refusal);
  return until !== undefined && now < until ? until : undefined;
}

/** When the hold of a refusal ends or ended; undefined for one that holds nothing. */
export function endOfHold(now: Date, ledger: Ledger, { step, at, times = 1, until }: Refusal): Date | undefined {
  if (times < (HELD_FROM[step] ?? HELD_FROM_OTHERWISE)) return undefined;
  return until === undefined ? new Date(Date.parse(at) + holdOf(now, ledger, step)) : new Date(until);
}

/** The refusal of just that: not of another name, another address, or the same address with another token. */
export function wasRefused(ledger: Ledger, { step, of, token }: Asked): Refusal | undefined {
  const refusal = refusalOf(ledger, step);
  const { webhookTokenRefused: refused } = ledger;
  const isOther = token !== undefined && refused !== undefined && token !== refused;
  return refusal?.of === of && !isOther ? refusal : undefined;
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
  const call = step === "registerWithClient" ? "register" : step;
  if (call !== "register" && call !== "deregister") return HOLD_MS;
  return HOLD_MS * 2 ** Math.max(0, recentAttempts(now, attempts[call]).length - 1);
}

function othersThan({ refusals = [] }: Ledger, step: string): Refusal[] {
  return refusals.filter((refusal) => refusal.step !== step);
}
