/** What a token is, by Graph itself. Source: Meta's page "Debug token"; a token may ask about itself. */
import { type TokenFacts, tokenAnswer } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";

/** @throws what Graph's calls throw; a dead token is refused, or answered as not valid */
export async function inspectToken(client: GraphClient, accessToken: string): Promise<TokenFacts> {
  const call = { what: "inspect the token", on: "debug_token" };
  return (await client.get(call, "/debug_token", { input_token: accessToken }, tokenAnswer)).data;
}

/** The accounts that the token is for; undefined where Graph names none, as for a token that is for all of a business. */
export function accountsOf({ granular_scopes = [] }: TokenFacts): string[] | undefined {
  const ids = granular_scopes
    .filter(({ scope }) => scope === "whatsapp_business_management")
    .flatMap(({ target_ids = [] }) => target_ids);
  return ids.length === 0 ? undefined : ids;
}
