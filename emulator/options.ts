/** What `startEmulator` takes, checked before anything listens. */
import { z } from "zod";
import { DEFAULT_APP } from "./app.ts";
import { LATENCY_MS_MAX, NUMBERS_MAX, WABAS_MAX } from "./limits.ts";

const tokenText = z.string().regex(/^\S+$/, "must be text without spaces");

const options = z.strictObject({
  /** 0, the default, takes a free one. */
  port: z.int().min(0).max(65_535).default(0),
  /** Loopback unless told otherwise. */
  host: z.string().min(1).default("127.0.0.1"),
  /** With `numbers` or `wabas` a fleet takes the place of the three default numbers. */
  numbers: z.int().min(0).max(NUMBERS_MAX).optional(),
  wabas: z.int().min(1).max(WABAS_MAX).optional(),
  /** Added to every Graph call, in milliseconds of real time. */
  latencyMs: z.number().min(0).max(LATENCY_MS_MAX).default(0),
  /** Besides `emulator-token`; without `wabas` a token sees every account. */
  tokens: z
    .array(z.union([tokenText, z.strictObject({ token: tokenText, wabas: z.array(z.string()).optional() })]))
    .default([]),
  /** The source of time, in milliseconds since 1970: real time unless a test gives its own. */
  clock: z.custom<() => number>((value) => typeof value === "function", "must be a function").default(() => Date.now),
  /** Of ids, codes and trace ids. */
  randomSeed: z.int().default(1),
  /** When `verified_name` takes an approved name: Meta's texts say both. */
  nameFlip: z.enum(["approval", "register"]).default("approval"),
  /** False: the fields certificate and new_certificate do not exist. */
  certificates: z.boolean().default(true),
  /** Of the emulator's app: webhooks are signed with it. */
  appSecret: z.string().min(1).default(DEFAULT_APP.secret),
});

export type EmulatorOptions = z.input<typeof options>;
export type ResolvedOptions = z.output<typeof options>;

/** Throws an Error with one line that names the first bad option. */
export function resolveOptions(given: EmulatorOptions): ResolvedOptions {
  const result = options.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`bad emulator option${issue?.path.length ? ` ${issue.path.join(".")}` : ""}: ${issue?.message}`);
}
