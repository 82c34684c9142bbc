/** Everything one running emulator holds. `reset` brings back the start: seed, tokens, clock, log, faults, randomness. */
import { type Clock, createClock } from "./clock.ts";
import { FaultQueue } from "./faults.ts";
import type { ResolvedOptions } from "./options.ts";
import { createRandom, type Random } from "./random.ts";
import { RequestLog } from "./request-log.ts";
import { DEFAULT_TOKEN, defaultState, fleetState } from "./seed.ts";
import type { Settings } from "./settings.ts";
import type { State } from "./state.ts";
import { TokenBook } from "./tokens.ts";
import type { Emit } from "./webhooks/event.ts";

export interface World {
  state: State;
  tokens: TokenBook;
  faults: FaultQueue;
  /** Ids and codes. */
  random: Random;
  /** Trace ids, drawn apart so that codes do not depend on how many calls came before. */
  traces: Random;
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly settings: Settings;
  readonly latencyMs: number;
  readonly emit: Emit;
  reset(): void;
}

export function createWorld(options: ResolvedOptions): World {
  const world: World = {
    ...begin(options),
    clock: createClock(options.clock),
    log: new RequestLog(),
    settings: { nameFlip: options.nameFlip, certificates: options.certificates },
    latencyMs: options.latencyMs,
    emit: () => undefined,
    reset: () => {
      Object.assign(world, begin(options));
      world.clock.reset();
      world.log.clear();
    },
  };
  return world;
}

function begin(options: ResolvedOptions): Pick<World, "state" | "tokens" | "faults" | "random" | "traces"> {
  const tokens = new TokenBook();
  tokens.put({ token: DEFAULT_TOKEN, revoked: false });
  for (const entry of options.tokens) {
    tokens.put({ ...(typeof entry === "string" ? { token: entry } : entry), revoked: false });
  }
  const { numbers, wabas } = options;
  const fleet = numbers !== undefined || wabas !== undefined;
  return {
    state: fleet ? fleetState(numbers ?? 0, wabas ?? 1) : defaultState(),
    tokens,
    faults: new FaultQueue(),
    random: createRandom(options.randomSeed, "state"),
    traces: createRandom(options.randomSeed, "traces"),
  };
}
