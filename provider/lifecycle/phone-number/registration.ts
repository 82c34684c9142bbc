/**
 * What a registration leaves in the state: one of ours, one of ours whose answer was lost, or one that nobody told us of
 * because the process that made it died. Pure.
 */
import type { Ledger, Observed, State } from "../../schemas/phone-number-state.ts";
import { fingerprint, reregistrationDue, withNameTaken } from "../name.ts";
import { isRegistered } from "../phase.ts";

/** How far Meta's clock and ours may be apart. */
const CLOCKS_APART_MS = 2 * 60 * 1000;

export type Registering = NonNullable<Ledger["registering"]>;

/** Written before the call: `pin` is the number's PIN from here on, until we learn that nothing happened. */
export function openRegistration(
  state: State,
  { at, why, pin }: Pick<Registering, "at" | "why"> & { pin: string | undefined },
): State {
  const { lastOnboardedTime } = state.observed;
  const registering: Registering = {
    at,
    why,
    ...(lastOnboardedTime === undefined ? {} : { lastOnboardedTime }),
    ...(pin === undefined || state.echo.pin === pin ? {} : { newPin: true }),
  };
  const echo = pin === undefined ? state.echo : { ...state.echo, pin };
  return { ...state, ledger: { ...state.ledger, registering }, echo };
}

/** Graph did not do it. */
export function withoutRegistration(state: State): State {
  const { registering, ...ledger } = state.ledger;
  const { pin: _tried, ...echo } = state.echo;
  return { ...state, ledger, echo: registering?.newPin ? echo : state.echo };
}

/** The number is registered, as far as `shown` tells: a read may be older than the registration. */
export function withRegistration(open: State, shown: Observed): State {
  const {
    registering,
    deregisteredAt: _over,
    registeredByOthersAt: _theirs,
    clientAskedAt: _asked,
    ...ledger
  } = open.ledger;
  const registeredName = nameAfter(open, shown);
  const certificate = shown.newCertificate ?? shown.certificate;
  return {
    ...open,
    ledger: {
      ...ledger,
      pinState: open.echo.pin === undefined ? ledger.pinState : "set",
      nameRequests: withNameTaken(ledger.nameRequests, registeredName),
      ...(registeredName === undefined ? {} : { registeredName }),
      ...(certificate === undefined ? {} : { certificateFingerprint: fingerprint(certificate) }),
      ...(registering?.why === "lost" ? { restoredAt: registering.at } : {}),
    },
  };
}

/** Whether a call of which we got no answer had its effect, as a read shows that came after it. */
export function hasHappened({ ledger }: State, after: State): boolean {
  const { lastOnboardedTime } = after.observed;
  const newer = lastOnboardedTime !== undefined && lastOnboardedTime !== ledger.registering?.lastOnboardedTime;
  return newer || (isRegistered(after.observed, after.onPremisesDeclared) && reregistrationDue(after) === undefined);
}

/** Before a fresh read takes its place: a registration that is open is settled, one that took a waiting name is known. */
export function settleRegistration(state: State, observed: Observed): State {
  if (state.ledger.registering !== undefined) {
    return hasHappened(state, { ...state, observed }) ? withRegistration(state, observed) : withoutRegistration(state);
  }
  const { lastOnboardedTime, verifiedName } = observed;
  const isNew = lastOnboardedTime !== undefined && lastOnboardedTime !== state.observed.lastOnboardedTime;
  if (!isNew || !isRegistered(observed, state.onPremisesDeclared)) return state;
  // The code that an on-premises client waited for was given to it.
  if (state.ledger.clientAskedAt !== undefined) return withRegistration(state, observed);
  const { deregisteredAt: _over, ...known } = state.ledger;
  const ledger = isByOthers(state, lastOnboardedTime) ? { ...known, registeredByOthersAt: lastOnboardedTime } : known;
  const took = reregistrationDue(state) !== undefined && !isWaiting(observed) && verifiedName !== undefined;
  return { ...state, ledger: took ? { ...ledger, registeredName: verifiedName } : ledger };
}

/** The read after a registration of ours may have been older than it: near one of our calls it is taken for ours. */
function isByOthers({ observed, ledger, onPremisesDeclared }: State, lastOnboardedTime: string): boolean {
  // A client's begins when it takes the code, and is not ended by us.
  if (onPremisesDeclared) return false;
  const isFirstLook = Object.keys(observed).length === 0;
  const shown = Date.parse(lastOnboardedTime);
  return !isFirstLook && !ledger.attempts.register.some((at) => Math.abs(Date.parse(at) - shown) < CLOCKS_APART_MS);
}

/** Meta may change the name with the registration only; a read that shows no change may be older than it. */
function nameAfter(open: State, { verifiedName }: Observed): string | undefined {
  const unchanged = verifiedName === open.observed.verifiedName;
  return (unchanged ? reregistrationDue(open)?.name : undefined) ?? verifiedName;
}

function isWaiting({ newNameStatus, newCertificate }: Observed): boolean {
  return newCertificate !== undefined || (newNameStatus !== undefined && newNameStatus !== "NONE");
}
