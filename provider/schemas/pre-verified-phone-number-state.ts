/** What the state of a stack holds for a PreVerifiedPhoneNumber. All that meets old outputs goes through `readState`. */
import { z } from "zod";
import { codeMethod } from "./pre-verified-phone-number-inputs.ts";
import { type Migrations, type StoredState, stateReader, versionAfter } from "./stored-state.ts";

/** Raise the version with a step, where an older reader would misread what is written now. */
const MIGRATIONS: Migrations = [];
export const SCHEMA_VERSION = versionAfter(MIGRATIONS);

const time = z.iso.datetime();

/** What Graph says of the number. Times are absolute, as ISO text in UTC. */
export const observed = z.object({
  codeVerificationStatus: z.string().optional(),
  codeVerificationTime: time.optional(),
  verificationExpiresAt: time.optional(),
  /** The businesses that it is shared with; read only where the program declares some. */
  partners: z.array(z.string()).optional(),
});
export type Observed = z.infer<typeof observed>;

/** What Graph does not remember. */
export const ledger = z.object({
  codeRequestedAt: time.optional(),
  codeAttempt: z.number().optional(),
  codeTried: z.string().optional(),
  codeTriedAt: time.optional(),
  /** When it was first missing in the pool, though nobody had to delete it for that. */
  claimedAt: time.optional(),
  /** The account that has it now, and the number's id there. */
  claimedBy: z.string().optional(),
  phoneNumberId: z.string().optional(),
});
export type Ledger = z.infer<typeof ledger>;

/** The args as far as they were achieved. */
export const echo = z.object({
  businessId: z.string(),
  phoneNumber: z.string(),
  /** Without the code. */
  verification: z.object({ method: codeMethod, language: z.string(), attempt: z.number().optional() }).optional(),
  /** Those of the program's that Meta shows: set by us, or there as they were declared. */
  sharedWith: z.array(z.string()).optional(),
  onDelete: z.enum(["retain", "delete"]).optional(),
  credential: z.string().optional(),
});
export type Echo = z.infer<typeof echo>;

export type State = StoredState<Observed, Ledger, Echo>;

/** @throws StateError when a newer version wrote the outputs, or they are not a pre-verified number's outputs. */
export const readState = stateReader("pre-verified number", MIGRATIONS, { observed, ledger, echo });
