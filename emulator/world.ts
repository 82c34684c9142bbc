/** Everything one running emulator holds. `reset` brings back the start: seed, tokens, clock, log, faults, randomness. */
import { type App, appOf } from "./app.ts";
import { FaultQueue } from "./calls/faults.ts";
import { RequestLog } from "./calls/request-log.ts";
import { UsageBook, usageLimits } from "./calls/usage.ts";
import { type Clock, createClock } from "./clock.ts";
import type { ResolvedOptions } from "./options.ts";
import { createRandom, type Random } from "./random.ts";
import { chosenSeed, DEFAULT_TOKEN, startState } from "./seeds/seed.ts";
import type { Seed } from "./seeds/seed-file.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { Lag } from "./state/stale.ts";
import { State } from "./state/state.ts";
import type { Kept, Saved, StateFile } from "./state/state-file.ts";
import { newToken, TokenBook, type TokenRecord } from "./tokens.ts";
import { UploadBook } from "./uploads.ts";
import { addressesOf } from "./webhooks/addresses.ts";
import { Deliveries, deliveryTerms } from "./webhooks/deliveries.ts";
import type { WebhookEvent } from "./webhooks/event.ts";

export interface World {
  readonly app: App;
  state: State;
  tokens: TokenBook;
  usage: UsageBook;
  faults: FaultQueue;
  uploads: UploadBook;
  /** What reads do not see yet. */
  lag: Lag;
  /** Ids and codes. */
  random: Random;
  /** Trace ids, drawn apart so that codes do not depend on how many calls came before. */
  traces: Random;
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly settings: Settings;
  readonly latencyMs: number;
  /** How long reads lag behind every write, in milliseconds of the emulator's clock. */
  readonly staleMs: number;
  /** Numbers that callback URLs must give back, drawn apart too. */
  challenges: Random;
  readonly deliveries: Deliveries;
  /** Hands a webhook to those who get it, and answers their addresses. */
  readonly emit: (event: WebhookEvent) => readonly string[];
  /** Resolves when the state file, if there is one, holds all that there is now. */
  readonly settled: (() => Promise<void>) | undefined;
  reset(): void;
}

/** With a state file it goes on from there; `reset` goes back to the seed all the same. */
export function createWorld(options: ResolvedOptions, file?: StateFile): World {
  const saved = file?.saved;
  const app = appOf(options);
  const clock = createClock(options.clock, saved?.clock_offset_ms);
  const world: World = {
    ...begin(options, app, clock.now(), saved),
    app,
    clock,
    log: new RequestLog(),
    settings: settingsOf(options, app),
    latencyMs: options.latencyMs,
    staleMs: options.staleMs,
    deliveries: new Deliveries(deliveryTerms(options), () => world.challenges),
    emit: (event) => {
      const { fields } = options.webhook;
      if (fields !== undefined && !fields.includes(event.field)) return [];
      const urls = addressesOf(event, world.state, world.settings.app);
      for (const url of urls) world.deliveries.add(event, url, world.clock.now());
      return urls;
    },
    settled: file === undefined ? undefined : () => file.settled(),
    reset: () => {
      world.clock.reset();
      Object.assign(world, begin(options, app, world.clock.now()));
      world.log.clear();
      world.deliveries.reset();
    },
  };
  return world;
}

type Start = Pick<
  World,
  "state" | "tokens" | "usage" | "faults" | "uploads" | "lag" | "random" | "traces" | "challenges"
>;

function begin(options: ResolvedOptions, app: App, now: number, saved?: Saved): Start {
  const seed = chosenSeed(options);
  const state = saved === undefined ? startState(options, seed, app.id, now) : State.from(saved);
  const { maxPhoneNumbers: max_phone_numbers } = options;
  if (max_phone_numbers !== undefined) {
    for (const business of state.businesses()) state.putBusiness({ max_phone_numbers, ...business });
  }
  return {
    state,
    tokens: startTokens(options, seed, app, now, saved),
    usage: new UsageBook(usageLimits(options.limits), options.limits !== false),
    faults: new FaultQueue(),
    uploads: new UploadBook(),
    lag: new Lag(),
    random: createRandom(options.randomSeed, "state", saved?.random.state),
    traces: createRandom(options.randomSeed, "traces", saved?.random.traces),
    challenges: createRandom(options.randomSeed, "challenges", saved?.random.challenges),
  };
}

/** Saved ones as they were; those of options and seed that are not among them are added. */
function startTokens(options: ResolvedOptions, seed: Seed, app: App, now: number, saved?: Saved): TokenBook {
  const tokens = new TokenBook(app);
  for (const record of saved?.tokens ?? []) tokens.put(record);
  const known = new Set(tokens.list().map(({ token }) => token));
  const put = (record: TokenRecord): void => {
    if (!known.has(record.token)) tokens.put(record);
  };
  for (const entry of [DEFAULT_TOKEN, ...options.tokens]) {
    put(newToken(typeof entry === "string" ? { token: entry } : entry, app, now));
  }
  if (saved !== undefined) return tokens;
  for (const { revoked = false, subcode, note: _, ...order } of seed.tokens ?? []) {
    put({ ...newToken(order, app, now), revoked, subcode });
  }
  return tokens;
}

/** What the state file follows. */
export function keptOf(world: World): Kept {
  return {
    mark: () => [world.state, world.state.revision, world.tokens, world.tokens.revision, world.clock.offset()],
    save: () => ({
      clock_offset_ms: world.clock.offset(),
      random: {
        state: world.random.position(),
        traces: world.traces.position(),
        challenges: world.challenges.position(),
      },
      tokens: world.tokens.list(),
      ...world.state.contents(),
    }),
  };
}
