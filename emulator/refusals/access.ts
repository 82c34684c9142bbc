/** Refusals of tokens and of objects that a token does not reach. */
import { echo, GraphRefusal } from "./refusal.ts";

export const missingToken = () =>
  new GraphRefusal({ status: 401, code: 104, message: "An access token is required to request this resource." });
export const invalidToken = (subcode?: number) =>
  new GraphRefusal({
    status: 401,
    code: 190,
    message: "Error validating access token: it is malformed, expired, revoked or unknown.",
    ...(subcode === undefined ? {} : { subcode }),
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
