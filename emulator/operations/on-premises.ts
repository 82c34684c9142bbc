/**
 * POST /v1/account and POST /v1/account/verify: the on-premises client's registration, beside Graph. Its token is one
 * of the emulator's: the client's own login is not emulated.
 */
import { createHash } from "node:crypto";
import type { Params } from "../calls/params.ts";
import type { NumberRecord } from "../records/number.ts";
import { readPhoneDigits } from "../records/phone-digits.ts";
import { badValue, CLIENT, missingValue, noAccountAsked, onPremisesEnded } from "../refusals/on-premises.ts";
import { isConnected, openAccount, verifyAccount } from "../rules/on-premises.ts";
import { reaches } from "../tokens.ts";
import { type Context, numberNow, type RootOperation, settle } from "./operation.ts";

const DONE = { meta: CLIENT };
const METHODS = ["sms", "voice"];

/** 202 with the certificate's name when a code was sent, else 201. */
export const openOnPremisesAccount: RootOperation = (state, params, context) => {
  if (!context.settings.onPremises) throw onPremisesEnded();
  const cc = requiredValue(params, "cc");
  const phone = readPhoneDigits(requiredValue(params, "phone_number"), cc);
  if (phone === undefined) throw badValue("phone_number", "is not a phone number");
  const method = requiredValue(params, "method");
  if (!METHODS.includes(method)) throw badValue("method", "must be sms or voice");
  const cert = requiredValue(params, "cert");
  const known = state.holders(phone.countryCode + phone.national).map(({ id }) => numberNow(state, id, context));
  const number = known.find((holder) => holder !== undefined && reaches(context.token, holder.waba_id));
  // I: nothing tells an unknown number from a wrong certificate.
  if (number === undefined) throw badValue("cert", "is not the number's certificate");
  const wish = { cert, pin: optionalValue(params, "pin"), client: clientOf(context) };
  const drawCode = () => context.random.digits(6);
  const settled = settle(state, openAccount(number, wish, drawCode, context.settings, context.now));
  return isConnected(settled) ? DONE : { ...DONE, account: [{ vname: nameIn(cert, settled) }] };
};

export const verifyOnPremisesAccount: RootOperation = (state, params, context) => {
  if (!context.settings.onPremises) throw onPremisesEnded();
  const code = requiredValue(params, "code");
  const client = clientOf(context);
  const asked = [...state.numbers()]
    .filter(({ on_premises, waba_id }) => on_premises?.client === client && reaches(context.token, waba_id))
    .sort((left, right) => (right.on_premises?.asked_at ?? 0) - (left.on_premises?.asked_at ?? 0))[0];
  const number = asked === undefined ? undefined : numberNow(state, asked.id, context);
  if (number?.on_premises === undefined) throw noAccountAsked();
  settle(state, verifyAccount(number, number.on_premises.cert, code, context.now));
  return DONE;
};

function optionalValue(params: Params, name: string): string | undefined {
  const value = params.get(name);
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw badValue(name, "must be text");
}

function requiredValue(params: Params, name: string): string {
  const value = optionalValue(params, name);
  if (value === undefined) throw missingValue(name);
  return value;
}

function nameIn(cert: string, number: NumberRecord): string {
  return cert === number.new_certificate ? (number.new_display_name ?? number.verified_name) : number.verified_name;
}

/** One token, one client: the state need not keep the token itself. */
function clientOf({ token }: Context): string {
  return createHash("sha256").update(token.token).digest("hex");
}
