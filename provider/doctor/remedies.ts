/** What to do about a call that failed: what Graph said stands in its message, and what of it is ours to change, here. */
import { NetworkError, NotFoundError, PermissionError, ThrottledError } from "../graph/errors.ts";

export function remedyFor(error: unknown): string {
  if (error instanceof PermissionError || error instanceof NotFoundError) {
    return (
      "Give the token's system user the account with full control and whatsapp_business_management, or name a " +
      "credential that has it"
    );
  }
  if (error instanceof ThrottledError) return "Wait as Graph says: each further call now can prolong the block";
  if (error instanceof NetworkError) return "Check the network, proxies and waba:baseUrl";
  return "Run waba doctor again; if it stays, see what Graph said";
}
