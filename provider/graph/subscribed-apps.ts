/** Which apps get the webhooks of an account. Source: Meta's reference of `WhatsApp Business Account/subscribed_apps`. */
import { subscribedApps, success } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";
import type { Call } from "./errors.ts";
import { everyRow } from "./pages.ts";

/** An app that gets the webhooks of an account. */
export interface SubscribedApp {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** Its own address for this account, in place of the app's. */
  readonly overrideCallbackUri?: string | undefined;
}

export class SubscribedApps {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  /** Every app, whatever the number of pages. */
  async all(wabaId: string): Promise<SubscribedApp[]> {
    const call = on(wabaId, "list the subscribed apps");
    const path = `/${wabaId}/subscribed_apps`;
    const rows = await everyRow(call, (cursor) => this.#client.get(call, path, { ...cursor }, subscribedApps));
    return rows.map(({ whatsapp_business_api_data: app, override_callback_uri: address }) => ({
      id: app?.id,
      name: app?.name,
      overrideCallbackUri: address === "" ? undefined : address,
    }));
  }

  /** How many there are, and whether one of them has an address of its own for this account. */
  async list(wabaId: string): Promise<{ count: number; hasOverride: boolean }> {
    const apps = await this.all(wabaId);
    return { count: apps.length, hasOverride: apps.some((app) => app.overrideCallbackUri !== undefined) };
  }

  /** Subscribes the token's app. It also clears an address that the app has for this account. */
  async subscribe(wabaId: string): Promise<void> {
    await this.#subscribe(on(wabaId, "subscribe the app"), wabaId);
  }

  /** Sets the app's own address for this account. Meta calls it at once and wants its challenge back. */
  async setOverride(wabaId: string, webhook: { callbackUrl: string; verifyToken: string }): Promise<void> {
    const { callbackUrl, verifyToken } = webhook;
    const params = { override_callback_uri: callbackUrl, verify_token: verifyToken };
    await this.#subscribe(on(wabaId, "set the account's webhook"), wabaId, params, [verifyToken]);
  }

  /** Takes the app's own address for this account away; the app stays subscribed. */
  async removeOverride(wabaId: string): Promise<void> {
    await this.#subscribe(on(wabaId, "remove the account's webhook"), wabaId);
  }

  /** The token's app gets no webhooks of this account any more. */
  async unsubscribe(wabaId: string): Promise<void> {
    const call = on(wabaId, "unsubscribe the app");
    await this.#client.delete({ call, path: `/${wabaId}/subscribed_apps`, repeatable: true }, success);
  }

  async #subscribe(call: Call, wabaId: string, params = {}, secrets: readonly string[] = []): Promise<void> {
    await this.#client.post({ call, path: `/${wabaId}/subscribed_apps`, params, secrets, repeatable: true }, success);
  }
}

function on(wabaId: string, what: string): Call {
  return { what, on: `account ${wabaId}`, account: wabaId };
}
