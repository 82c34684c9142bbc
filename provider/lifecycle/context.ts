/** What a handler needs from outside: Graph, the time, randomness, and a way to say a line to the person who waits. */
import type { Settings } from "../config.ts";
import { createAuditLog } from "../graph/audit.ts";
import { type Effects, GraphClient } from "../graph/client.ts";
import { type FieldSets, PhoneNumbers } from "../graph/phone-numbers.ts";
import type { Transport } from "../graph/transport.ts";

export interface Context {
  readonly settings: Settings;
  /**
   * Graph's calls with a credential, for one Pulumi operation: their common deadline begins now.
   * @throws ConfigError when the credential is not configured
   */
  readonly phoneNumbers: (credential: string | undefined) => PhoneNumbers;
  readonly now: () => Date;
  /** Hex digits, new at every call. */
  readonly salt: () => string;
  /** A line for the person who runs Pulumi: what we did of our own accord. Never a secret. */
  readonly say: (line: string) => void;
  /** A line about what needs a person. */
  readonly warn: (line: string) => void;
  /** Numbers that this process created or adopted, by id: a second resource for one of them is a mistake. */
  readonly claimed: Set<string>;
  /** Numbers that this process read for a resource that manages them, by id. */
  readonly managed: Set<string>;
}

/** What all operations of a process share. */
export interface Process extends Pick<Context, "now" | "salt" | "say" | "warn" | "claimed" | "managed"> {
  readonly transport: Transport;
  readonly fieldSets: FieldSets;
  readonly effects?: Effects;
}

export function createContext(settings: Settings, shared: Process): Context {
  const { baseUrl, apiVersion, auditLog } = settings;
  const { transport, fieldSets, effects, ...said } = shared;
  const audit = auditLog === undefined ? undefined : createAuditLog(auditLog, shared.now);
  return {
    ...said,
    settings,
    phoneNumbers: (name) => {
      const credential = settings.credential(name);
      const client = new GraphClient({
        baseUrl,
        apiVersion,
        credential,
        transport,
        audit,
        ...(effects === undefined ? {} : { effects }),
      });
      return new PhoneNumbers(client, `${baseUrl}/${apiVersion}`, fieldSets);
    },
  };
}
