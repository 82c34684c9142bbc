/** What a handler needs from outside: Graph, the time, randomness, and a way to say a line to the person who waits. */
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { Settings } from "../config.ts";
import { createAuditLog } from "../graph/audit.ts";
import { type Effects, GraphClient } from "../graph/client.ts";
import { OnPremisesClient } from "../graph/on-premises.ts";
import { Pace } from "../graph/pace.ts";
import { type FieldSets, PhoneNumbers } from "../graph/phone-numbers.ts";
import { Reader } from "../graph/reader.ts";
import { type App, appOf } from "../graph/tokens.ts";
import type { Transport } from "../graph/transport.ts";
import type { Holders } from "./holders.ts";

/** Graph by one credential, for one Pulumi operation. */
export interface Connection {
  readonly client: GraphClient;
  /** Graph's calls on numbers, by the same client. */
  readonly numbers: PhoneNumbers;
  /** The app that the credential's token belongs to: asked once a process. */
  readonly app: () => Promise<App>;
}

export interface Context {
  readonly settings: Settings;
  /**
   * Graph with a credential: the common deadline of its calls begins now.
   * @param secrets values of the resource that no message may show, whoever repeats them
   * @throws ConfigError when the credential is not configured
   */
  readonly connect: (credential: string | undefined, secrets?: readonly string[]) => Connection;
  /**
   * Graph's calls with a credential, for one Pulumi operation: their common deadline begins now.
   * @throws ConfigError when the credential is not configured
   */
  readonly phoneNumbers: (credential: string | undefined) => PhoneNumbers;
  /** The reads that all operations of this process with that credential share. */
  readonly reader: (credential: string | undefined) => Reader;
  /** The client that a number is registered with instead of the Cloud API. */
  readonly onPremises: (client: { readonly baseUrl: string; readonly token: string }) => OnPremisesClient;
  readonly now: () => Date;
  /** Waits that many milliseconds. */
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Hex digits, new at every call. */
  readonly salt: () => string;
  /** A line for the person who runs Pulumi: what we did of our own accord. Never a secret. */
  readonly say: (line: string) => void;
  /** A line about what needs a person. */
  readonly warn: (line: string) => void;
  readonly holders: Holders;
}

/** What all operations of a process share. */
export interface Process extends Pick<Context, "now" | "salt" | "say" | "warn" | "holders"> {
  readonly transport: Transport;
  readonly fieldSets: FieldSets;
  /** By the name of the credential; "" for the default one. */
  readonly shares: Map<string, Share>;
  readonly effects?: Effects;
}

/** What operations with one credential share. */
interface Share {
  readonly reader: Reader;
  readonly pace: Pace;
  app?: Promise<App>;
}

export function createContext(settings: Settings, shared: Process): Context {
  const { baseUrl, apiVersion, auditLog } = settings;
  const { transport, fieldSets, shares, effects, ...said } = shared;
  const audit = auditLog === undefined ? undefined : createAuditLog(auditLog, shared.now);
  const elapsed = effects?.elapsed ?? (() => performance.now());
  const shareOf = (name = ""): Share => {
    const known = shares.get(name);
    if (known !== undefined) return known;
    const { readStrategy: strategy, writesPerMinute } = settings;
    const share: Share = { reader: new Reader({ strategy, elapsed }), pace: new Pace({ writesPerMinute, elapsed }) };
    shares.set(name, share);
    return share;
  };
  const connect: Context["connect"] = (name, secrets = []) => {
    const credential = settings.credential(name);
    const share = shareOf(name);
    const client = new GraphClient({
      baseUrl,
      apiVersion,
      credential,
      transport,
      audit,
      pace: share.pace,
      secrets,
      ...(effects === undefined ? {} : { effects }),
    });
    const app = async () => {
      try {
        share.app ??= appOf(client, credential);
        return await share.app;
      } catch (error) {
        delete share.app;
        throw error;
      }
    };
    const numbers = new PhoneNumbers(client, `${baseUrl}/${apiVersion}`, fieldSets, share.reader);
    return { client, numbers, app };
  };
  return {
    ...said,
    sleep: effects?.sleep ?? ((ms) => delay(ms)),
    settings,
    reader: (name) => shareOf(name).reader,
    connect,
    onPremises: (client) => new OnPremisesClient({ ...client, transport, audit }),
    phoneNumbers: (name) => connect(name).numbers,
  };
}
