/** Which apps get the webhooks of an account. Source: Meta's reference of `WhatsApp Business Account/subscribed_apps`. */
import { subscribedApps, success } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";

export class SubscribedApps {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  /** How many there are, which, and whether one of them has an address of its own for this account. */
  async list(wabaId: string): Promise<{ count: number; ids: string[]; hasOverride: boolean }> {
    const call = { what: "list the subscribed apps", on: `account ${wabaId}`, account: wabaId };
    const { data } = await this.#client.get(call, `/${wabaId}/subscribed_apps`, {}, subscribedApps);
    return {
      count: data.length,
      ids: data.flatMap((app) => app.whatsapp_business_api_data?.id ?? []),
      hasOverride: data.some((app) => (app.override_callback_uri ?? "") !== ""),
    };
  }

  /** Subscribes the token's app. It also clears an address that the app has for this account. */
  async subscribe(wabaId: string): Promise<void> {
    const call = { what: "subscribe the app", on: `account ${wabaId}`, account: wabaId };
    await this.#client.post({ call, path: `/${wabaId}/subscribed_apps`, params: {}, repeatable: true }, success);
  }
}
