/** Refusals of tokens, of their proofs and permissions, and of objects that a token does not reach. */
import { graphTime } from "../clock.ts";
import { badRequest, echo, GraphRefusal } from "./refusal.ts";

export const missingToken = () =>
  new GraphRefusal({ status: 401, code: 104, message: "An access token is required to request this resource." });
export const invalidToken = (subcode?: number) =>
  new GraphRefusal({
    status: 401,
    code: 190,
    message: "Error validating access token: it is malformed, expired, revoked or unknown.",
    ...(subcode === undefined ? {} : { subcode }),
  });
/** K: the subcode; D: the words in front. */
export const expiredToken = (expiredAt: number, now: number) =>
  new GraphRefusal({
    status: 401,
    code: 190,
    subcode: 463,
    message: `Error validating access token: Session has expired on ${graphTime(expiredAt)}. The current time is ${graphTime(now)}.`,
  });

/** One refusal for a missing object and for one that the token may not see: Graph does not tell them apart. */
export const noSuchObject = (method: string, id: string) =>
  new GraphRefusal({
    status: 400,
    code: 100,
    subcode: 33,
    type: "GraphMethodException",
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${echo(id)}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });

/**
 * R for business_management; D for the code on `phone_numbers` and `register`, whose reference pages list 200. I: the
 * same words for the two WhatsApp permissions. Meta's tables give 10 the same meaning: clients must take both.
 */
export const missingPermission = (scope: string) =>
  new GraphRefusal({ status: 403, code: 200, message: `(#200) Requires ${scope} permission` });

/** R, with the type GraphMethodException and no `(#100)` in front. */
export const missingProof = () => proofRefusal("API calls from the server require an appsecret_proof argument");
/** K: one refusal for a wrong proof, a proof that is too old, and a time that is none. */
export const invalidProof = () => proofRefusal("Invalid appsecret_proof provided in the API argument");

function proofRefusal(message: string): GraphRefusal {
  return new GraphRefusal({ status: 400, code: 100, type: "GraphMethodException", message });
}

/** R: debug_token asked with the token of another app. */
export const otherApp = () => badRequest(100, "The App_id in the input_token did not match the Viewing App");
