/** What the provider of a lifecycle test needs of the world around it, and the test moves and watches. */
export interface World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A line for the person who runs Pulumi: a warning or another one. */
  readonly say: (line: string) => void;
  /** Instead of waiting. */
  readonly sleep: (ms: number) => Promise<void>;
}
