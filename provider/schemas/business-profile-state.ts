/** What the state of a stack holds for a BusinessProfile. All that meets old outputs goes through `readState`. */
import { z } from "zod";
import { type Migrations, type StoredState, stateReader, versionAfter } from "./stored-state.ts";

/** Raise the version with a step, where an older reader would misread what is written now. */
const MIGRATIONS: Migrations = [];
export const SCHEMA_VERSION = versionAfter(MIGRATIONS);

/** What Graph says, in camelCase of its own names. Empty text and an empty list are as good as nothing. */
export const observed = z.object({
  about: z.string().optional(),
  address: z.string().optional(),
  description: z.string().optional(),
  email: z.string().optional(),
  vertical: z.string().optional(),
  websites: z.array(z.string()).optional(),
  hasPicture: z.boolean(),
  /** Of the number: then the profile is changed there, and nowhere else. */
  livesOnApp: z.boolean(),
  displayPhoneNumber: z.string().optional(),
});
export type Observed = z.infer<typeof observed>;

/** The args that are parts of the profile. */
export const PARTS = ["about", "address", "description", "email", "vertical", "websites", "picture"] as const;
export type Part = (typeof PARTS)[number];

/** What Graph does not remember. */
export const ledger = z.object({
  /** The parts that the program declares: the others show what Graph says, and are never changed. */
  managed: z.array(z.enum(PARTS)),
});
export type Ledger = z.infer<typeof ledger>;

/** The args as far as they were achieved and Graph does not show them. */
export const echo = z.object({
  phoneNumberId: z.string(),
  wabaId: z.string().optional(),
  /** The one that we set last. */
  picture: z.object({ path: z.string(), sha256: z.string(), fileType: z.enum(["image/jpeg", "image/png"]) }).optional(),
  onDelete: z.literal("retain").optional(),
  credential: z.string().optional(),
});
export type Echo = z.infer<typeof echo>;

export type State = StoredState<Observed, Ledger, Echo>;

/** @throws StateError when a newer version wrote the outputs, or they are not a profile's outputs. */
export const readState = stateReader("business profile", MIGRATIONS, { observed, ledger, echo });
