/**
 * The display name's two slots, read together: the name in use, and the one asked for. Pure.
 *
 * Source: Meta's guides on display names. Two things Meta leaves open, so both are covered: `verified_name` may change
 * at the approval or only when the number is registered again; and the certificate fields may not be served at all.
 */
import { createHash } from "node:crypto";
import type { Ledger, NameRequest, Observed, State } from "../schemas/phone-number-state.ts";
import { APPROVED_NAME_STATUSES } from "../schemas/words.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Meta's cap on name changes. */
export const MAX_NAME_REQUESTS = 10;
export const NAME_REQUESTS_WINDOW_MS = 30 * DAY_MS;
/** A review takes 1 to 3 days. A request of which Graph shows nothing for this long is taken to be lost. */
const SILENT_REQUEST_MS = 7 * DAY_MS;

/** SHA-256 of a certificate, in hex: enough to see that it changed, worth nothing to a thief. */
export function fingerprint(certificate: string): string {
  return createHash("sha256").update(certificate).digest("hex");
}

export function isApproved(nameStatus: string | undefined): boolean {
  return nameStatus !== undefined && APPROVED_NAME_STATUSES.includes(nameStatus);
}

/** The approved name that waits for a registration, or undefined. `name` is undefined where Graph does not show it. */
export function reregistrationDue(state: State): { name: string | undefined } | undefined {
  const { observed, ledger } = state;
  if (stillShowsRegistered(state)) return undefined;
  if (isApproved(observed.newNameStatus)) return { name: waitingName(state) };
  if (observed.newNameStatus !== undefined && observed.newNameStatus !== "NONE") return undefined;
  if (observed.newCertificate !== undefined)
    return { name: observed.newDisplayName ?? ledger.nameRequests.at(-1)?.name };
  // A name that is in use and may not be used was refused: a registration with it would be lost.
  const usable = observed.nameStatus === undefined || isApproved(observed.nameStatus);
  const known = usable && ledger.registeredName !== undefined && observed.verifiedName !== undefined;
  return known && observed.verifiedName !== ledger.registeredName ? { name: observed.verifiedName } : undefined;
}

/** True when the second slot shows what we registered already: Graph does not clear it, or the read is older than us. */
function stillShowsRegistered(state: State): boolean {
  const { newNameStatus, newCertificate } = state.observed;
  const { registeredName, certificateFingerprint } = state.ledger;
  if (isApproved(newNameStatus)) return waitingName(state) === registeredName;
  return newCertificate !== undefined && fingerprint(newCertificate) === certificateFingerprint;
}

/** The text of an approved name: Graph may leave it out. */
function waitingName({ observed, ledger }: State): string | undefined {
  return observed.newDisplayName ?? ledger.nameRequests.at(-1)?.name ?? observed.verifiedName;
}

/** The name in review at Meta, by our request or somebody else's; "" where Graph does not show which. */
export function nameInReview({ observed, ledger }: State): string | undefined {
  const ours = openRequest(ledger);
  if (observed.newNameStatus === "PENDING_REVIEW") return observed.newDisplayName ?? ours?.name ?? "";
  return ours !== undefined && isSilent(observed, ours) ? ours.name : undefined;
}

/** What Graph shows of the second slot; undefined where it shows none. */
export function slotOf({ newNameStatus, newDisplayName }: Observed): string | undefined {
  if (newNameStatus === undefined || newNameStatus === "NONE") return undefined;
  return [newNameStatus, newDisplayName].filter(Boolean).join(" ");
}

/** True when Graph shows nothing of a request, or still what was there before it. */
function isSilent(observed: Observed, { over }: NameRequest): boolean {
  const slot = slotOf(observed);
  return slot === undefined || slot === over;
}

/**
 * What Meta said last of a name that was asked for and refused or left to expire, or undefined. That Meta refused a name
 * of ours is of no interest any more once the program is back at the name in use.
 */
export function lastOutcome({ observed, ledger, echo }: State): NameRequest["outcome"] {
  const ours = ledger.nameRequests.at(-1)?.outcome;
  const isBack = echo.displayName !== undefined && echo.displayName === observed.verifiedName;
  if (ours === "DECLINED" && isBack) return undefined;
  if (observed.newNameStatus === "DECLINED" || observed.newNameStatus === "EXPIRED") return observed.newNameStatus;
  return ours !== "APPROVED" && isOurName(observed, ledger) ? ours : undefined;
}

/** The name that counts as achieved: what `displayName` reads in the outputs. */
export function achievedName(state: State): string | undefined {
  const { observed, ledger, echo } = state;
  const last = ledger.nameRequests.at(-1);
  if (last !== undefined) {
    if (nameInReview(state) === last.name) return last.name;
    const declined = ledger.nameRequests.some(
      ({ name, outcome }) => name === echo.displayName && outcome === "DECLINED",
    );
    if (declined && isOurName(observed, ledger)) return echo.displayName;
    const ours = reregistrationDue(state)?.name === last.name || last.outcome === "EXPIRED";
    if (ours && ledger.registeredName !== undefined) return ledger.registeredName;
  }
  return stillShowsRegistered(state) ? ledger.registeredName : observed.verifiedName;
}

/** Meta's guide on display names: an approved one is to be registered within 14 days. */
const APPROVED_NAME_LIVES_MS = 14 * DAY_MS;

/** When that ends at the earliest: Graph does not show the time of an approval. @param notBefore and the result are ISO times */
export function approvalEndsAt(notBefore: string): string {
  return new Date(Date.parse(notBefore) + APPROVED_NAME_LIVES_MS).toISOString();
}

/** What to do about a declared name: nothing, ask Meta, wait until Meta takes another one, or refuse to guess. */
export type NameStep =
  | { do: "nothing" }
  | { do: "request" }
  | { do: "wait"; until: Date }
  | { do: "refuse"; inReview: string };

export function nameStep(now: Date, state: State, declared: string | undefined): NameStep {
  const { observed, ledger } = state;
  if (declared === undefined || observed.verifiedName === undefined) return { do: "nothing" };
  const inReview = nameInReview(state);
  if (inReview === declared) return { do: "nothing" };
  const expired = hasExpired(state, declared);
  if (!expired && declared === achievedName(state)) return { do: "nothing" };
  if (inReview !== undefined) return { do: "refuse", inReview };
  const due = reregistrationDue(state);
  if (due !== undefined && (due.name === undefined || due.name === declared)) return { do: "nothing" };
  const inUse = due === undefined && declared === observed.verifiedName;
  if ((inUse && !expired) || wasDeclined(state, declared)) return { do: "nothing" };
  const until = nextNameRequestAt(now, ledger);
  return until === undefined ? { do: "request" } : { do: "wait", until };
}

/** When the next name change is allowed: undefined for now. At the earliest: others may ask too. */
export function nextNameRequestAt(now: Date, ledger: Ledger): Date | undefined {
  const oldest = recentNameRequests(now, ledger).at(-MAX_NAME_REQUESTS);
  return oldest === undefined ? undefined : new Date(Date.parse(oldest.at) + NAME_REQUESTS_WINDOW_MS);
}

/** The requests that still count, oldest first. */
export function recentNameRequests(now: Date, { nameRequests }: Ledger): NameRequest[] {
  return nameRequests.filter((request) => stillCounts(now, request));
}

/** The ledger after a fresh read: our last request gets its outcome, requests older than 30 days fall out. */
export function settleNameRequests(now: Date, observed: Observed, ledger: Ledger): NameRequest[] {
  const requests = ledger.nameRequests.filter(
    (request, index) => index === ledger.nameRequests.length - 1 || stillCounts(now, request),
  );
  const last = requests.at(-1);
  if (last === undefined) return requests;
  const earlier = requests.slice(0, -1);
  const { unconfirmed, ...request } = last;
  if (unconfirmed && !isShown(request, observed)) return earlier;
  const outcome = outcomeOf(now, request, observed);
  return [...earlier, outcome === undefined ? request : { ...request, outcome }];
}

/** The ledger after a fresh read: the name that Meta shows as declined is remembered when another takes its place. */
export function seenDeclined(now: Date, observed: Observed, { declinedNames = [] }: Ledger): Ledger["declinedNames"] {
  const known = declinedNames.filter((name) => stillCounts(now, name));
  const { newNameStatus, newDisplayName: name } = observed;
  const isNew = newNameStatus === "DECLINED" && name !== undefined && !known.some((other) => other.name === name);
  const seen = isNew ? [...known, { name, at: now.toISOString() }] : known;
  return seen.length === 0 ? undefined : seen;
}

function stillCounts(now: Date, { at }: { readonly at: string }): boolean {
  return now.getTime() - Date.parse(at) < NAME_REQUESTS_WINDOW_MS;
}

/** True when Graph's second slot, or the name in use, is the one that was asked for. */
function isShown({ name, over }: NameRequest, observed: Observed): boolean {
  const { newDisplayName, verifiedName, newNameStatus } = observed;
  if (over !== undefined && slotOf(observed) === over) return false;
  if (newDisplayName !== undefined) return newDisplayName === name;
  return verifiedName === name || newNameStatus === "PENDING_REVIEW";
}

/** The requests once the number is registered under that name: Graph may not show it yet, nor clear the second slot. */
export function withNameTaken(requests: NameRequest[], name: string | undefined): NameRequest[] {
  const last = requests.at(-1);
  return last === undefined || last.name !== name
    ? requests
    : [...requests.slice(0, -1), { ...last, outcome: "APPROVED" }];
}

function outcomeOf(now: Date, request: NameRequest, observed: Observed): NameRequest["outcome"] {
  const silent = isSilent(observed, request);
  const another = observed.newDisplayName !== undefined && observed.newDisplayName !== request.name;
  if (another && !silent) return request.outcome;
  const status = silent ? undefined : observed.newNameStatus;
  if (isApproved(status)) return "APPROVED";
  if (status === "DECLINED" || status === "EXPIRED") return status;
  if (silent && observed.verifiedName === request.name) return "APPROVED";
  const lost = silent && now.getTime() - Date.parse(request.at) > SILENT_REQUEST_MS;
  return request.outcome ?? (lost ? "EXPIRED" : undefined);
}

function openRequest(ledger: Ledger): NameRequest | undefined {
  const last = ledger.nameRequests.at(-1);
  return last !== undefined && last.outcome === undefined ? last : undefined;
}

/** False when the name in use is no longer the one we registered: somebody else changed it since our request. */
function isOurName(observed: Observed, ledger: Ledger): boolean {
  return ledger.registeredName === undefined || observed.verifiedName === ledger.registeredName;
}

function wasDeclined({ observed, ledger }: State, declared: string): boolean {
  if (observed.newNameStatus === "DECLINED" && observed.newDisplayName === declared) return true;
  if (ledger.declinedNames?.some(({ name }) => name === declared)) return true;
  return ledger.nameRequests.some(({ name, outcome }) => name === declared && outcome === "DECLINED");
}

/** True when the declared name was approved and not registered in time, and we did not ask for it again since. */
function hasExpired({ observed, ledger }: State, declared: string): boolean {
  const ours = ledger.nameRequests.some(({ name, outcome }) => name === declared && outcome !== "EXPIRED");
  if (ours) return false;
  if (observed.newNameStatus === "EXPIRED") return (observed.newDisplayName ?? observed.verifiedName) === declared;
  return observed.nameStatus === "EXPIRED" && observed.verifiedName === declared;
}
