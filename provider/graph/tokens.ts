/** What a token is, by Graph itself. Source: Meta's page "Debug token"; a token may ask about itself. */
import type { z } from "zod";
import { type TokenFacts, tokenAnswer, tokenOwner } from "../schemas/graph.ts";
import type { Credential, GraphClient } from "./client.ts";
import type { Call } from "./errors.ts";

/** A subscription is an app's, and Graph's lists name apps. */
export interface App {
  readonly id: string;
  readonly name: string | undefined;
}

/** @throws what Graph's calls throw; a dead token is refused, or answered as not valid */
export async function inspectToken(client: GraphClient, accessToken: string): Promise<TokenFacts> {
  return debugToken(client, { what: "inspect the token", on: "debug_token" }, accessToken, tokenAnswer);
}

/**
 * Which app a token belongs to.
 * @throws UnexpectedAnswerError where Graph names none, or what Graph's calls throw
 */
export async function appOf(client: GraphClient, { accessToken, source }: Credential): Promise<App> {
  const call = { what: "tell which app the token belongs to", on: `the token of ${source}` };
  const { app_id: id, application: name } = await debugToken(client, call, accessToken, tokenOwner);
  return { id, name };
}

/** The accounts that the token is for; undefined where Graph names none, as for a token that is for all of a business. */
export function accountsOf({ granular_scopes = [] }: TokenFacts): string[] | undefined {
  const ids = granular_scopes
    .filter(({ scope }) => scope === "whatsapp_business_management")
    .flatMap(({ target_ids = [] }) => target_ids);
  return ids.length === 0 ? undefined : ids;
}

async function debugToken<Facts extends TokenFacts>(
  client: GraphClient,
  call: Call,
  accessToken: string,
  answer: z.ZodType<{ data: Facts }>,
): Promise<Facts> {
  return (await client.get(call, "/debug_token", { input_token: accessToken }, answer)).data;
}
