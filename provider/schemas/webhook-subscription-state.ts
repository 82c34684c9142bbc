/** What the state of a stack holds for a WebhookSubscription. All that meets old outputs goes through `readState`. */
import { z } from "zod";
import { type Migrations, type StoredState, stateReader, versionAfter } from "./stored-state.ts";

/** Raise the version with a step, where an older reader would misread what is written now. */
const MIGRATIONS: Migrations = [];
export const SCHEMA_VERSION = versionAfter(MIGRATIONS);

/** What Graph says of the subscription, in camelCase of its own names. */
export const observed = z.object({
  appId: z.string(),
  appName: z.string().optional(),
  overrideCallbackUri: z.string().optional(),
});
export type Observed = z.infer<typeof observed>;

/** What Graph does not remember. */
export const ledger = z.object({
  /** The address that is the program's: set by us, or there as it was declared. */
  ownCallbackUrl: z.string().optional(),
  /** An address that did not answer: it is not tried again for a while. A secret output. */
  refused: z
    .object({ callbackUrl: z.string(), verifyToken: z.string(), at: z.iso.datetime(), code: z.string() })
    .optional(),
});
export type Ledger = z.infer<typeof ledger>;

/** The args as far as they were achieved. */
export const echo = z.object({
  wabaId: z.string(),
  /** As Meta shows it, once one of the program's was achieved. */
  callbackUrl: z.string().optional(),
  /** The one that the program's address was verified with. */
  verifyToken: z.string().optional(),
  onDelete: z.enum(["retain", "unsubscribe"]).optional(),
  credential: z.string().optional(),
});
export type Echo = z.infer<typeof echo>;

export type State = StoredState<Observed, Ledger, Echo>;

/** @throws StateError when a newer version wrote the outputs, or they are not a subscription's outputs. */
export const readState = stateReader("webhook subscription", MIGRATIONS, { observed, ledger, echo });
