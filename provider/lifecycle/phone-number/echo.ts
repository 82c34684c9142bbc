/** The args as achieved: what the outputs hold under an arg's name, and what a refresh hands back as inputs. Pure. */
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { type Echo, echo as echoSchema, type State } from "../../schemas/phone-number-state.ts";
import { achievedName, nameInReview } from "../name.ts";
import { isRegistered } from "../phase.ts";
import { withRefusalsOf } from "../refusals.ts";
import { withoutUndefined } from "./observe.ts";
import { clientAfter, clientEcho } from "./on-premises.ts";

/** An arg that is added or dropped here changes nothing: both mean the same number. */
const IDENTITY: readonly (keyof Echo)[] = ["phoneNumber", "phoneNumberId"];

/**
 * The state as the program now declares it. Most args hold as soon as the number is found; a PIN counts once it was set
 * or registered with, and is forgotten when the program drops it.
 */
export function withDeclared(
  now: Date,
  state: State,
  { pin, verification, webhook, dataLocalizationRegion: region, onPremises, ...args }: PhoneNumberInputs,
): State {
  const { code: _code, ...how } = verification ?? {};
  const declared = echoSchema.parse({ ...args, ...(verification === undefined ? {} : { verification: how }) });
  const achieved = {
    pin: pin === undefined ? undefined : state.echo.pin,
    webhook: webhookAfter(state, webhook),
    onPremises: clientAfter(state, onPremises),
    dataLocalizationRegion: region === undefined ? undefined : state.echo.dataLocalizationRegion,
  };
  const echo = withoutUndefined({ ...declared, ...achieved });
  const asked = withRequestInFlight(now, state, args.displayName);
  const wanted = isSet(state, echo, webhook) ? undefined : webhook;
  const ledger = withRefusalsOf(asked.ledger, {
    displayName: args.displayName === achievedName(asked) ? undefined : args.displayName,
    webhook: wanted && { step: "setWebhook", of: wanted.callbackUrl, token: wanted.verifyToken },
  });
  return {
    ...asked,
    ledger,
    echo,
    pinDeclared: pin !== undefined,
    onPremisesDeclared: onPremises !== undefined || undefined,
  };
}

function isSet({ observed }: State, { webhook: ours }: Echo, declared: PhoneNumberInputs["webhook"]): boolean {
  const shown = observed.webhookConfiguration?.phoneNumber === declared?.callbackUrl;
  return shown && ours?.callbackUrl === declared?.callbackUrl && ours?.verifyToken === declared?.verifyToken;
}

/** True when the state speaks of a refusal of what is not declared any more, or achieved: no arg shows that. */
export function hasStaleRefusals(now: Date, state: State, declared: PhoneNumberInputs): boolean {
  return withDeclared(now, state, declared).ledger.refusals?.length !== state.ledger.refusals?.length;
}

/** The declared name is in review, and we know of no request: ours whose answer was lost, or somebody's for us. */
function withRequestInFlight(now: Date, state: State, displayName: string | undefined): State {
  const { nameRequests } = state.ledger;
  if (displayName === undefined || nameInReview(state) !== displayName) return state;
  if (nameRequests.at(-1)?.name === displayName) return state;
  const request = { name: displayName, at: now.toISOString() };
  return { ...state, ledger: { ...state.ledger, nameRequests: [...nameRequests, request] } };
}

/**
 * Ours is kept until it is removed. An address that somebody else set before us needs no call: Meta uses the token only
 * while it verifies the address.
 */
function webhookAfter({ observed, echo }: State, declared: PhoneNumberInputs["webhook"]): Echo["webhook"] {
  if (echo.webhook?.verifyToken !== undefined) return echo.webhook;
  if (declared === undefined) return undefined;
  return observed.webhookConfiguration?.phoneNumber === declared.callbackUrl ? declared : echo.webhook;
}

/** Graph can contradict the name, the registration, the verification and the webhook; everything else holds as declared. */
export function echoOf(state: State): Echo {
  const { echo, observed, ledger, onPremisesDeclared } = state;
  const registered = isRegistered(observed, onPremisesDeclared);
  const asked = ledger.codeRequestedAt !== undefined && (ledger.codeAttempt ?? 1) >= (echo.verification?.attempt ?? 1);
  const verified = observed.codeVerificationStatus === "VERIFIED" || registered;
  return withoutUndefined({
    ...echo,
    displayName: echo.displayName === undefined ? undefined : achievedName(state),
    register: echo.register === true && !registered ? undefined : echo.register,
    verification: verified || asked ? echo.verification : undefined,
    webhook: webhookOf(state),
    onPremises: clientEcho(state),
  });
}

/** Somebody else's address shows as such, so that a preview names the property. */
function webhookOf({ echo: { webhook }, observed }: State): Echo["webhook"] {
  const current = observed.webhookConfiguration?.phoneNumber;
  if (webhook === undefined || current === undefined) return undefined;
  return webhook.callbackUrl === current ? webhook : { callbackUrl: current };
}

/**
 * False when the state should say something else of the args than it does, though nothing is to be done at Meta: a
 * credential that changed, an arg that was dropped. After a refresh the declared args are the echo itself, so a PIN
 * that is declared no more and was never used cannot be told from one that was not achieved.
 */
export function isSettled(now: Date, state: State, declared: PhoneNumberInputs): boolean {
  const comparable = (echo: Echo) =>
    JSON.stringify(
      Object.entries(echo)
        .filter(([key]) => !IDENTITY.includes(key as keyof Echo))
        .toSorted(),
    );
  const pinIsNew = declared.pin !== undefined && !state.pinDeclared;
  const clientIsNoted = (declared.onPremises !== undefined) === (state.onPremisesDeclared === true);
  return (
    !pinIsNew && clientIsNoted && comparable(echoOf(state)) === comparable(echoOf(withDeclared(now, state, declared)))
  );
}
