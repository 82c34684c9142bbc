/** The two calls to an on-premises client: counted, noted before, and looked after at Graph as those of the Cloud API. */
import { mayHaveHappened, neverSent } from "../../graph/errors.ts";
import { OnPremisesCodeError } from "../../graph/on-premises-errors.ts";
import { withCodeTried } from "../codes.ts";
import { DeclarationError } from "../declaration-error.ts";
import { fingerprint, reregistrationDue } from "../name.ts";
import { certificateFor } from "../on-premises.ts";
import { isRegistered } from "../phase.ts";
import { digitsOf, partsOf } from "./identity.ts";
import { withoutUndefined } from "./observe.ts";
import type { ClientStep, OnPremises } from "./on-premises.ts";
import type { Progress } from "./progress.ts";
import { hasHappened, openRegistration, withoutRegistration, withRegistration } from "./registration.ts";

type Registration = Extract<ClientStep, { do: "registerWithClient" }>;

/** One call of `/v1/account`: it registers the number, or has a code sent. */
export async function registerWithClient(progress: Progress, { cert, pin, why }: Registration): Promise<void> {
  const { api, id, label, now } = progress;
  const client = clientOf(progress);
  const { attempts, ...others } = progress.state.ledger;
  const counted = { ...others, attempts: { ...attempts, register: [...attempts.register, now] } };
  const open = openRegistration({ ...progress.state, ledger: counted }, { at: now, why, pin });
  const account = { ...numberOf(progress), method: client.method, cert, pin };
  let answer: "registered" | "codeSent";
  try {
    answer = await progress.noted(open, () => {
      api.changedElsewhere(id);
      return progress.context.onPremises(client).register({ what: "register with the client", on: label }, account);
    });
  } catch (error) {
    if (neverSent(error)) throw error;
    if (!mayHaveHappened(error)) progress.state = withoutRegistration(open);
    // A number that was connected before proves nothing: then the call is made again, which changes nothing.
    else if ((await progress.readIfPossible()) && why !== "client" && hasHappened(open, progress.state)) {
      return connected(progress, cert, client);
    }
    throw error;
  }
  if (answer === "codeSent") return codeSent(progress, client);
  const before = progress.state;
  progress.state = withRegistration(before, before.observed);
  await progress.read();
  const { registeredName } = withRegistration(before, progress.state.observed).ledger;
  progress.keep(withoutUndefined({ ...progress.state.ledger, registeredName }));
  connected(progress, cert, client);
}

/** One call of `/v1/account/verify`. A code is tried once. */
export async function verifyWithClient(progress: Progress, code: string): Promise<void> {
  const { api, id, label, context } = progress;
  const client = clientOf(progress);
  const before = progress.state;
  const tried = { ...withCodeTried(before.ledger, context.salt(), code), codeTriedAt: progress.now };
  try {
    await progress.noted({ ledger: tried }, () => {
      api.changedElsewhere(id);
      return context.onPremises(client).verify({ what: "verify with the client", on: label }, code);
    });
  } catch (error) {
    if (neverSent(error)) throw error;
    if (error instanceof OnPremisesCodeError) {
      context.warn(error.message);
      return;
    }
    const seen = mayHaveHappened(error) && (await progress.readIfPossible());
    const { observed } = progress.state;
    if (seen && isRegistered(observed, true) && reregistrationDue(progress.state) === undefined) {
      return connected(progress, certificateFor(before), client);
    }
    progress.keep(before.ledger);
    throw error;
  }
  progress.state = withRegistration(progress.state, progress.state.observed);
  await progress.read();
  connected(progress, certificateFor(before), client);
}

/** The number's registration is the client's: `onPremises` is achieved as far as Graph shows it there. */
function connected(progress: Progress, cert: string | undefined, client: OnPremises): void {
  if (cert !== undefined) progress.note({ certificateFingerprint: fingerprint(cert) });
  progress.state = { ...progress.state, echo: { ...progress.state.echo, onPremises: client } };
}

async function codeSent(progress: Progress, { method }: OnPremises): Promise<void> {
  const { context, label, now, declared } = progress;
  const { registering: _none, codeTriedAt: _before, ...ledger } = withoutRegistration(progress.state).ledger;
  const attempt = declared.verification?.attempt ?? 1;
  progress.state = {
    ...withoutRegistration(progress.state),
    ledger: { ...ledger, clientAskedAt: now, codeRequestedAt: now, codeAttempt: attempt },
  };
  context.say(`${label}: the on-premises client had a verification code sent by ${method}; declare verification.code.`);
  await progress.read();
}

function clientOf({ declared, label }: Progress): OnPremises {
  if (declared.onPremises !== undefined) return declared.onPremises;
  throw new DeclarationError(`No on-premises client is declared · ${label}`);
}

function numberOf({ state, label }: Progress): { cc: string; phoneNumber: string } {
  const { displayPhoneNumber } = state.observed;
  if (displayPhoneNumber !== undefined) return partsOf(`+${digitsOf(displayPhoneNumber)}`);
  throw new DeclarationError(`Graph does not show the number's digits, which the client needs · ${label}`);
}
