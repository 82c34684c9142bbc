/** What `startEmulator` takes, checked before anything listens. */
import { z } from "zod";
import { DEFAULT_APP } from "./app.ts";
import {
  CALLBACK_TIMEOUT,
  CLOCK_STEP_SECONDS_MAX,
  DAY,
  LATENCY_MS_MAX,
  NUMBERS_MAX,
  PROOF_LIFETIME,
  STALE_MS_MAX,
  WABAS_MAX,
  WEBHOOK_RETRIES_MAX,
  WEBHOOK_RETRY_DELAYS,
} from "./limits.ts";
import { NAME_DECISIONS, REJECTION_REASONS } from "./records/number.ts";
import type { SeedFile } from "./seeds/seed-file.ts";
import { tokenOrder, tokenText } from "./tokens.ts";

const callsPerHour = z.int().min(1).optional();

const webhook = z
  .strictObject({
    /** The app's own address. */
    url: z.url({ protocol: /^https?$/ }).optional(),
    /** When it is given, `url` must answer the hub.challenge call before its first delivery. */
    verifyToken: z.string().min(1).optional(),
    /** The fields that the app subscribed to, for overrides too; all when left out. */
    fields: z.array(z.string().min(1)).optional(),
    /** Pauses before each further attempt, in milliseconds of real time. */
    retryDelaysMs: z
      .array(z.number().min(0).max(LATENCY_MS_MAX))
      .max(WEBHOOK_RETRIES_MAX)
      .default([...WEBHOOK_RETRY_DELAYS]),
    /** For an answer of a callback URL, in milliseconds of real time; of the hub.challenge call too. */
    timeoutMs: z.int().min(1).max(LATENCY_MS_MAX).default(CALLBACK_TIMEOUT),
  })
  .prefault({});

const options = z.strictObject({
  /** 0, the default, takes a free one. */
  port: z.int().min(0).max(65_535).default(0),
  /** Loopback unless told otherwise. */
  host: z.string().min(1).default("127.0.0.1"),
  /** With `numbers` or `wabas` a fleet takes the place of the three default numbers. */
  numbers: z.int().min(0).max(NUMBERS_MAX).optional(),
  wabas: z.int().min(1).max(WABAS_MAX).optional(),
  /**
   * What exists at the start: the three default numbers, the hard cases beside them, or a seed of your own
   * (`readSeedFile` reads one). A fleet by `numbers` or `wabas` excludes it.
   */
  seed: z
    .union([z.enum(["default", "hard"]), z.custom<SeedFile>((value) => typeof value === "object" && value !== null)], {
      error: 'must be "default", "hard" or a seed object',
    })
    .default("default"),
  /** A file that keeps the state across restarts. Once it exists, the seed serves `reset` only. */
  state: z.string().min(1).optional(),
  /** How long reads lag behind every write, in milliseconds of the emulator's clock. */
  staleMs: z.number().min(0).max(STALE_MS_MAX).default(0),
  /** Added to every Graph call, in milliseconds of real time. */
  latencyMs: z.number().min(0).max(LATENCY_MS_MAX).default(0),
  /** Besides `emulator-token`; without `wabas` a token sees every account, without `scopes` it may do everything. */
  tokens: z.array(z.union([tokenText, tokenOrder])).default([]),
  /** The source of time, in milliseconds since 1970: real time unless a test gives its own. */
  clock: z.custom<() => number>((value) => typeof value === "function", "must be a function").default(() => Date.now),
  /** Of ids, codes and trace ids. */
  randomSeed: z.int().default(1),
  /** When `verified_name` takes an approved name: Meta's texts say both. */
  nameFlip: z.enum(["approval", "register"]).default("approval"),
  /** False: the fields certificate and new_certificate do not exist. */
  certificates: z.boolean().default(true),
  /**
   * Who decides on a requested name: a test by control; Meta at once (`instant`: APPROVED; `none`:
   * AVAILABLE_WITHOUT_REVIEW); or Meta after a while of the emulator's clock.
   */
  review: z
    .union([
      z.enum(["manual", "instant", "none"]),
      z.strictObject({
        afterSeconds: z.number().min(0).max(CLOCK_STEP_SECONDS_MAX),
        decision: z.enum(NAME_DECISIONS).default("APPROVED"),
        rejectionReason: z.enum(REJECTION_REASONS).optional(),
      }),
    ])
    .default("manual"),
  /** How the name stands that a number is added with. PENDING_REVIEW is decided as `review` says. */
  firstNameStatus: z.enum(["AVAILABLE_WITHOUT_REVIEW", "PENDING_REVIEW", "NONE"]).default("AVAILABLE_WITHOUT_REVIEW"),
  /** `help_center` refuses at once what Meta's help pages forbid in a name; `length` leaves that to the review. */
  nameRules: z.enum(["length", "help_center"]).default("length"),
  /** True: a PIN must still be sent, but is neither checked nor kept, and registered numbers have none. */
  pinRetired: z.boolean().default(false),
  /** False: `/v1/account` answers what Meta answers since it ended the on-premises API in October 2025 (1005). */
  onPremises: z.boolean().default(true),
  /** A PIN tried sooner than this after a wrong one is refused with 133009. Meta's figure is not published. */
  pinGuessIntervalSeconds: z.number().min(0).max(CLOCK_STEP_SECONDS_MAX).default(0),
  /** From a verified code to code_verification_status EXPIRED, in days. */
  proofLifetimeDays: z
    .number()
    .positive()
    .default(PROOF_LIFETIME / DAY),
  /** How many numbers a business may have registered; without it there is no limit. */
  maxPhoneNumbers: z.int().min(0).optional(),
  /** Of the emulator's app: tokens belong to it unless they name another. */
  appId: z.string().regex(/^\d+$/, "must be digits").default(DEFAULT_APP.id),
  /** Of that app: webhooks are signed with it, and once it is another than the default one, proofs are checked. */
  appSecret: z.string().min(1).default(DEFAULT_APP.secret),
  /** Where the app's webhooks go. Overrides of accounts and numbers are delivered to without it too. */
  webhook,
  /** True: calls with a token of the app need an appsecret_proof, with the default secret too. */
  requireProof: z.boolean().default(false),
  /**
   * True, or figures to count by: calls beyond Meta's hourly limits are refused, 80007 for an account, 4 for an app.
   * Usage headers are sent in any case.
   */
  limits: z
    .union([
      z.boolean(),
      z.strictObject({
        wabaCallsPerHour: callsPerHour,
        registeredWabaCallsPerHour: callsPerHour,
        appCallsPerHour: callsPerHour,
      }),
    ])
    .default(false),
});
const startOptions = options.refine(
  ({ seed, numbers, wabas }) => seed === "default" || (numbers === undefined && wabas === undefined),
  { path: ["seed"], message: "excludes numbers and wabas: they make a fleet instead" },
);

export const optionNames: readonly string[] = Object.keys(options.shape);
export type EmulatorOptions = z.input<typeof options>;
export type ResolvedOptions = z.output<typeof options>;

/** Throws an Error with one line that names the first bad option. */
export function resolveOptions(given: EmulatorOptions): ResolvedOptions {
  const result = startOptions.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`bad emulator option${issue?.path.length ? ` ${issue.path.join(".")}` : ""}: ${issue?.message}`);
}
