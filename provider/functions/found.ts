/** From Graph's answers to what functions show of them. Pure. */

import { nameInReview } from "../lifecycle/name.ts";
import { isRegistered, phaseOf } from "../lifecycle/phase.ts";
import { digitsOf } from "../lifecycle/phone-number/identity.ts";
import { firstState, wabaIdOf, withoutUndefined } from "../lifecycle/phone-number/observe.ts";
import type { PhoneNumberNode, PreVerifiedNode } from "../schemas/graph.ts";
import { isoTime } from "../schemas/iso-time.ts";
import type { GetPreVerifiedPhoneNumbersNumber } from "./get-pre-verified-phone-numbers.ts";
import type { FoundNumber } from "./phone-number-result.ts";

/** @param wabaId the account in whose list it stands, where it is known */
export function foundNumber(
  context: Parameters<typeof firstState>[0],
  node: PhoneNumberNode,
  wabaId: string | undefined,
): FoundNumber {
  const state = firstState(context, node);
  const { observed } = state;
  return withoutUndefined({
    id: node.id,
    wabaId: wabaId ?? wabaIdOf(node),
    phoneNumber: e164(node.display_phone_number),
    ...observed,
    phase: phaseOf(context.now(), state, { register: true, hasPin: true }),
    registered: isRegistered(observed),
    nameInReview: nameInReview(state) !== undefined,
  });
}

export function foundPreVerified(node: PreVerifiedNode): GetPreVerifiedPhoneNumbersNumber {
  return withoutUndefined({
    id: node.id,
    phoneNumber: e164(node.phone_number),
    codeVerificationStatus: node.code_verification_status,
    codeVerificationTime: isoTime(node.code_verification_time),
    verificationExpiresAt: isoTime(node.verification_expiry_time),
    ownerBusinessId: node.owner_business?.id,
    ownerBusinessName: node.owner_business?.name,
  });
}

function e164(shown: string | undefined): string | undefined {
  const digits = digitsOf(shown ?? "");
  return digits === "" ? undefined : `+${digits}`;
}
