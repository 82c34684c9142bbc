/** What exists when the emulator starts: the well-known numbers, the hard cases, a seed of the user's own, or a fleet. */

import type { Settings } from "../settings.ts";
import type { State } from "../state/state.ts";
import { DEFAULT_SEED } from "./default.ts";
import { fleetState } from "./fleet.ts";
import { hardSeed } from "./hard.ts";
import { checkSeed, type Seed, type SeedFile } from "./seed-file.ts";
import { seededState } from "./seeded-state.ts";

export const DEFAULT_TOKEN = "emulator-token";

export interface SeedChoice {
  readonly seed: "default" | "hard" | SeedFile;
  readonly numbers?: number | undefined;
  readonly wabas?: number | undefined;
}

/** Throws a SeedError when the seed cannot be used. */
export function chosenSeed({ seed, nameFlip }: SeedChoice & Pick<Settings, "nameFlip">): Seed {
  if (seed === "default") return checkSeed(DEFAULT_SEED);
  return checkSeed(seed === "hard" ? hardSeed(nameFlip) : seed);
}

/** With `numbers` or `wabas` the fleet takes the place of the seed's businesses, accounts and numbers. */
export function startState({ numbers, wabas }: SeedChoice, seed: Seed, appId: string, now: number): State {
  const isFleet = numbers !== undefined || wabas !== undefined;
  return isFleet ? fleetState(numbers ?? 0, wabas ?? 1, appId) : seededState(seed, appId, now);
}
