/**
 * What is set for a number as a whole: calling, storage, the check of a customer's identity. Source: Meta's guides "Call
 * settings", "Local storage", "Identity change check".
 */
import { z } from "zod";
import { success } from "../schemas/graph.ts";
import { numberSettings, type NumberSettings as Settings } from "../schemas/number-settings.ts";
import type { GraphClient } from "./client.ts";
import type { Call } from "./errors.ts";

/** Its keys are a user's, not Graph's. */
const USERS_KEYS = ["request_uri_user_params", "requestUriUserParams"];

const settingsAnswer = z.preprocess((answer) => renamed(answer, ourName), numberSettings);

export class NumberSettings {
  readonly #client: GraphClient;
  readonly #labelOf: (id: string) => string;

  /** @param labelOf how messages name a number */
  constructor(client: GraphClient, labelOf: (id: string) => string) {
    this.#client = client;
    this.#labelOf = labelOf;
  }

  /** Everything in one call; passwords of SIP servers are not asked for. */
  async get(id: string): Promise<Settings> {
    return this.#client.get(this.#on(id, "read the settings"), `/${id}/settings`, {}, settingsAnswer);
  }

  /** What is left out stays; the hours and the servers are replaced as a whole. */
  async setCalling(id: string, calling: NonNullable<Settings["calling"]>): Promise<void> {
    await this.#set(id, "set calling", { calling });
  }

  /** Only while the number is not registered. */
  async setStorageConfiguration(
    id: string,
    storageConfiguration: NonNullable<Settings["storageConfiguration"]>,
  ): Promise<void> {
    await this.#set(id, "set the storage configuration", { storageConfiguration });
  }

  async setUserIdentityChange(
    id: string,
    userIdentityChange: NonNullable<Settings["userIdentityChange"]>,
  ): Promise<void> {
    await this.#set(id, "set the identity change check", { userIdentityChange });
  }

  /** Graph takes one feature a call. Twice has one effect. */
  async #set(id: string, what: string, feature: Settings): Promise<void> {
    const params = paramsSchema.parse(renamed(feature, graphsName));
    await this.#client.post({ call: this.#on(id, what), path: `/${id}/settings`, params, repeatable: true }, success);
  }

  #on(id: string, what: string): Call {
    return { what, on: this.#labelOf(id) };
  }
}

const paramsSchema = z.record(z.string(), z.unknown());

/** The same value under other names, at every depth. A null is as good as nothing. */
function renamed(value: unknown, nameOf: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, nameOf));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(
    entries.map(([name, item]) => [nameOf(name), USERS_KEYS.includes(name) ? item : renamed(item, nameOf)]),
  );
}

function ourName(name: string): string {
  return name.replace(/_[a-z]/g, (letter) => letter.slice(1).toUpperCase());
}

function graphsName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
