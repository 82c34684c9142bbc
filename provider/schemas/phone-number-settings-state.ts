/** What the state of a stack holds for a PhoneNumberSettings. All that meets old outputs goes through `readState`. */
import { z } from "zod";
import { CALLING_KEYS, numberSettings } from "./number-settings.ts";
import { type Migrations, type StoredState, stateReader, versionAfter } from "./stored-state.ts";

/** Raise the version with a step, where an older reader would misread what is written now. */
const MIGRATIONS: Migrations = [];
export const SCHEMA_VERSION = versionAfter(MIGRATIONS);

/** What Graph says, declared or not. */
export const observed = numberSettings.extend({
  /** Of the number: then nothing is written. */
  livesOnApp: z.boolean(),
  /** Of the number: then its storage is fixed. */
  registered: z.boolean(),
  displayPhoneNumber: z.string().optional(),
});
export type Observed = z.infer<typeof observed>;

/** What Graph does not remember. */
export const ledger = z.object({
  /** The features that the program declares: the others show what Graph says, and are never changed. */
  managed: z.array(numberSettings.keyof()),
  /** The parts of calling that it declares. */
  managedCalling: z.array(z.enum(CALLING_KEYS)),
});
export type Ledger = z.infer<typeof ledger>;

/** The args that Graph does not show. */
export const echo = z.object({
  phoneNumberId: z.string(),
  wabaId: z.string().optional(),
  onDelete: z.literal("retain").optional(),
  credential: z.string().optional(),
});
export type Echo = z.infer<typeof echo>;

export type State = StoredState<Observed, Ledger, Echo>;

/** @throws StateError when a newer version wrote the outputs, or they are not a number's settings. */
export const readState = stateReader("phone number settings", MIGRATIONS, { observed, ledger, echo });
