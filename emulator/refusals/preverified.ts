/** Refusals of pre-verified numbers. I, all of them: Meta documents the rules and no answer. */
import { managed } from "./refusal.ts";
import { invalidParam } from "./request.ts";

/** One refusal for a missing one and for one of another business, as for objects in a path. */
export const unknownPreverified = (id: string) =>
  invalidParam("preverified_id", "must be the id of a pre-verified number that this business may use", id);
/** T: Meta's OpenAPI file has an example of it. */
export const unknownPartner = (id: string) =>
  invalidParam("partner_business_id", "must be the id of another business", id);
/** D for the subcode, documented for a number whose ownership is not verified. */
export const unprovenPreverified = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot create certificate",
    "The ownership of this pre-verified phone number is not verified, or no longer: verify it with a code first.",
  );
export const alreadyInPool = () =>
  managed(
    100,
    2388012,
    "Invalid parameter",
    "Phone number already added",
    "This phone number is already in a pool of pre-verified phone numbers.",
  );
/** I: as for a number that is verified already. */
export const tooEarlyToRenew = (from: string) =>
  managed(
    136024,
    undefined,
    "Request code error",
    "Already verified",
    `This phone number is verified. It can be verified again from ${from} on.`,
  );
