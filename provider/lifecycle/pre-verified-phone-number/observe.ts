/** What Graph shows of a pre-verified number, and what we hold to be true because of it. */
import type { PreVerifiedNumbers } from "../../graph/pre-verified-numbers.ts";
import type { PreVerifiedNode } from "../../schemas/graph.ts";
import { isoTime } from "../../schemas/iso-time.ts";
import type { PreVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import type { Observed, State } from "../../schemas/pre-verified-phone-number-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { isAnswered, LIFETIME_MS } from "./phase.ts";

/** Graph's answer, in absolute times of one form. */
export function observedOf(node: PreVerifiedNode): Observed {
  const codeVerificationTime = isoTime(node.code_verification_time);
  const expires = codeVerificationTime && new Date(Date.parse(codeVerificationTime) + LIFETIME_MS).toISOString();
  return withoutUndefined({
    codeVerificationStatus: node.code_verification_status,
    codeVerificationTime,
    verificationExpiresAt: isoTime(node.verification_expiry_time) ?? expires,
  });
}

/** The state of a number that we meet for the first time. */
export function firstState(
  node: PreVerifiedNode,
  {
    businessId,
    phoneNumber,
    credential,
  }: Pick<PreVerifiedPhoneNumberInputs, "businessId" | "phoneNumber" | "credential">,
  baseUrl: string,
): State {
  const echo = withoutUndefined({ businessId, phoneNumber, credential });
  return { id: node.id, observed: observedOf(node), ledger: {}, echo, baseUrl };
}

/** The state after a fresh read. A code that was given back, by whomever, is waited for no more. */
export function refreshed(state: State, node: PreVerifiedNode, partners: readonly string[] | undefined): State {
  const observed = withoutUndefined({ ...observedOf(node), partners: partners && [...partners] });
  const { codeRequestedAt: _asked, codeTriedAt: _tried, ...rest } = state.ledger;
  return { ...state, observed, ledger: isAnswered({ observed, ledger: state.ledger }) ? rest : state.ledger };
}

/** The partners cost a call, so they are read only where the program shares, or did. */
export async function partnersOf(
  api: PreVerifiedNumbers,
  { id, echo }: Pick<State, "id" | "echo">,
  declared?: Pick<PreVerifiedPhoneNumberInputs, "sharedWith">,
): Promise<string[] | undefined> {
  const isManaged = echo.sharedWith !== undefined || declared?.sharedWith !== undefined;
  return isManaged ? (await api.partners(id)).toSorted() : undefined;
}
