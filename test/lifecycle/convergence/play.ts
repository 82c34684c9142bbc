/** One number's story, played: programs, runs and events, then runs alone until nothing changes. */
import fc from "fast-check";
import type { EmulatorOptions } from "../../../emulator/index.ts";
import { withoutUndefined } from "../../../provider/lifecycle/phone-number/observe.ts";
import type { Callback } from "../../support/callback.ts";
import type { Properties } from "../../support/engine-double.ts";
import { type Lifecycle, startLifecycle } from "../../support/lifecycle.ts";
import { EVENTS, type EventName, happen } from "./events.ts";
import { type Args, args, OTHER_WABA, type Subject, subject } from "./programs.ts";
import { Referee } from "./referee.ts";

/** In so many runs everything has to come to rest; where reads lag, a run sees little of what it did itself. */
export const RUNS = 5;
export const LAGGING_RUNS = 7;
const STALE_MS = 60_000;
const ADD = "/{WABA}/phone_numbers";

type Step = EventName | "up" | "up without refresh" | "refresh" | Args;

export interface Story {
  readonly options: EmulatorOptions;
  readonly subject: Subject;
  readonly program: Args;
  readonly steps: readonly Step[];
}

export interface Callbacks {
  readonly alive: Callback;
  readonly other: Callback;
  readonly dead: Callback;
}

export interface Ending {
  /** How many runs it took until the next one only read and changed nothing. */
  readonly runs: number;
  readonly error: string | undefined;
  readonly phase: unknown;
  /** What a refresh and a preview show then. */
  readonly shown: string;
  /** Rules that calls broke. */
  readonly broken: readonly string[];
  /** What was declared at last, and what each of the last runs did. */
  readonly log: readonly string[];
}

const options: fc.Arbitrary<EmulatorOptions> = fc.record({
  nameFlip: fc.constantFrom("approval", "register"),
  certificates: fc.boolean(),
  review: fc.oneof(
    { weight: 4, arbitrary: fc.constant("manual" as const) },
    fc.constantFrom("instant" as const, "none" as const),
    fc.record({ afterSeconds: fc.constant(3600), decision: fc.constantFrom("APPROVED", "REJECTED") }),
  ),
  firstNameStatus: fc.constantFrom("AVAILABLE_WITHOUT_REVIEW", "AVAILABLE_WITHOUT_REVIEW", "PENDING_REVIEW", "NONE"),
  pinRetired: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  pinGuessIntervalSeconds: fc.constantFrom(0, 0, 60),
  staleMs: fc.constantFrom(0, 0, 0, STALE_MS),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...(Object.keys(EVENTS) as EventName[])) },
  { weight: 3, arbitrary: fc.constant<Step>("up") },
  { weight: 1, arbitrary: fc.constantFrom<Step>("up without refresh", "refresh") },
  { weight: 2, arbitrary: args },
);

export const story: fc.Arbitrary<Story> = fc.record({
  options,
  subject,
  program: args,
  steps: fc.array(step, { maxLength: 12, size: "max" }),
});

export async function play({ options, ...told }: Story, callbacks: Callbacks): Promise<Ending> {
  const referee = new Referee((options.staleMs ?? 0) > 0);
  const closing: (() => Promise<void>)[] = [];
  const wiring = { through: referee.through, onEnd: (close: () => Promise<void>) => void closing.push(close) };
  const lifecycle = await startLifecycle({ seed: "hard", ...options }, {}, wiring);
  referee.watch(lifecycle.emulator);
  callbacks.alive.alive = true;
  try {
    prepare(lifecycle, told.subject);
    const stage = new Stage(lifecycle, referee, told, callbacks);
    for (const step of told.steps) await stage.take(step);
    return await stage.rest();
  } finally {
    for (const close of closing) await close();
  }
}

/** So that a number may move: its account gets one that is approved, and the number has no PIN. */
function prepare({ emulator }: Lifecycle, { identity, id }: Subject): void {
  if (identity.migrate === undefined || id === undefined) return;
  emulator.patchWaba(OTHER_WABA, { account_review_status: null });
  emulator.patchNumber(id, { is_pin_enabled: false });
}

class Stage {
  readonly #lifecycle: Lifecycle;
  readonly #referee: Referee;
  readonly #subject: Subject;
  readonly #callbacks: Callbacks;
  #program: Args;

  constructor(
    lifecycle: Lifecycle,
    referee: Referee,
    { subject, program }: Pick<Story, "subject" | "program">,
    callbacks: Callbacks,
  ) {
    this.#lifecycle = lifecycle;
    this.#referee = referee;
    this.#subject = subject;
    this.#program = program;
    this.#callbacks = callbacks;
  }

  async take(step: Step): Promise<void> {
    const { stack } = this.#lifecycle;
    if (typeof step !== "string") this.#program = step;
    else if (step === "up") await this.#run((declared) => stack.up(declared), this.#declared());
    else if (step === "up without refresh") {
      await this.#run((declared) => stack.upWithoutRefresh(declared), this.#declared());
    } else if (step === "refresh") await this.#run(() => stack.refresh(), this.#referee.declared);
    else {
      const wabaId = String(this.#subject.identity.wabaId);
      await happen(step, { lifecycle: this.#lifecycle, id: this.#id, wabaId, callback: this.#callbacks.alive });
    }
  }

  /** People are idle and connections hold. Between two runs reads catch up with writes. */
  async rest(): Promise<Ending> {
    const { stack, emulator, pass } = this.#lifecycle;
    emulator.clearFaults();
    const declared = this.#declared();
    const log = [JSON.stringify(declared)];
    let before: string | undefined;
    for (let runs = 0; ; runs += 1) {
      pass({ minutes: STALE_MS / 60_000 });
      const { length } = emulator.requests().requests;
      let op = "";
      const error = await this.#run(async () => {
        op = (await stack.up(declared)).op;
      }, declared);
      const writes = this.#writesFrom(length);
      log.push(`${runs}: ${error ?? op} [${writes.join()}] ${stack.resource?.outputs.phase}`);
      const rests = writes.length === 0 && (error === undefined ? op === "same" : error === before);
      if (rests || runs > LAGGING_RUNS) {
        const phase = stack.resource?.outputs.phase;
        return { runs, error, phase, shown: await this.#shown(declared, error), broken: this.#referee.broken, log };
      }
      before = error;
    }
  }

  async #run(how: (declared: Properties) => Promise<unknown>, declared: Properties): Promise<string | undefined> {
    this.#referee.declared = declared;
    try {
      await how(declared);
      return undefined;
    } catch (error) {
      return expected(error);
    }
  }

  async #shown(declared: Properties, error: string | undefined): Promise<string> {
    if (error !== undefined) return "nothing";
    const { stack } = this.#lifecycle;
    if (await stack.refresh()) return "a change by the refresh";
    const { op } = await stack.preview(declared);
    return op === "same" ? "nothing" : op;
  }

  /** A number that could not be added has no state that could remember Graph's refusal: its call does not count. */
  #writesFrom(index: number): (string | null)[] {
    const { requests } = this.#lifecycle.emulator.requests();
    return requests
      .slice(index)
      .filter(({ method, route, status }) => method === "POST" && !(route === ADD && (status ?? 0) >= 400))
      .map(({ route }) => route);
  }

  get #id(): string | undefined {
    return this.#lifecycle.stack.resource?.id ?? this.#subject.id;
  }

  /** The program as the engine gets it. */
  #declared(): Properties {
    const { identity, names } = this.#subject;
    const { name, code, webhook, verifyToken, rest } = this.#program;
    const { verification } = rest;
    return withoutUndefined({
      ...rest,
      displayName: name === undefined ? undefined : names[name % names.length],
      verification: verification === undefined ? undefined : { ...verification, code: this.#code(code) },
      webhook: webhook === undefined ? undefined : { callbackUrl: this.#callbacks[webhook].url, verifyToken },
      ...identity,
      ...(identity.displayName === undefined || name === undefined ? {} : { displayName: names[name % names.length] }),
    });
  }

  #code(which: Args["code"]): string | undefined {
    if (which !== "right" || this.#id === undefined) return which === "wrong" ? "000000" : undefined;
    try {
      return this.#lifecycle.emulator.code(this.#id);
    } catch {
      return undefined;
    }
  }
}

const MISTAKES = ["TypeError", "RangeError", "ReferenceError", "SyntaxError"];

/** An error that a run may end in, as a person reads it. Our own mistakes go on. */
function expected(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (MISTAKES.includes(cause.name)) throw error;
  }
  if (!(error instanceof Error)) throw error;
  return `${error.name}: ${error.message.replace(/fbtrace_id A\S+/g, "")}`;
}
