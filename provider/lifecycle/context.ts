/** What a handler needs from outside: Graph, the time, randomness, and a way to say a line to the person who waits. */
import type { Settings } from "../config.ts";
import type { PhoneNumbers } from "../graph/phone-numbers.ts";

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
}
