/** Which app a token belongs to: a subscription is the app's, and Graph's lists name apps. Source: Meta's reference of debug_token. */
import { tokenOwner } from "../schemas/graph.ts";
import type { Credential, GraphClient } from "./client.ts";

export interface App {
  readonly id: string;
  readonly name: string | undefined;
}

/** The token asks about itself, which Graph allows every token. */
export async function appOf(client: GraphClient, { accessToken, source }: Credential): Promise<App> {
  const call = { what: "tell which app the token belongs to", on: `the token of ${source}` };
  const { data } = await client.get(call, "/debug_token", { input_token: accessToken }, tokenOwner);
  return { id: data.app_id, name: data.application };
}
