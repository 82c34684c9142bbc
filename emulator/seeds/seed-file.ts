/**
 * The format of a seed: what exists when the emulator starts. Graph's own names as GET shows them, then what Graph never
 * shows under the names of `GET /__emulator/state`. Strict; everything that can have a default has one. Times are ISO
 * 8601, or relative to the emulator's clock at the start: `-13d`, `+90m`, `now`.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { numberPatch } from "../control/inputs.ts";
import { businessRecord } from "../records/business.ts";
import { NAME_DECISIONS, numberRecord, REJECTION_REASONS } from "../records/number.ts";
import { readPhoneDigits } from "../records/phone-digits.ts";
import { wabaRecord } from "../records/waba.ts";
import { tokenOrder } from "../tokens.ts";
import { findJsonFault } from "./json-fault.ts";

const id = z.string().regex(/^[1-9]\d{0,19}$/, "must be digits as text");
const phone = z
  .string()
  .refine(
    (text) => /^\+[1-9]\d{6,14}$/.test(text) && readPhoneDigits(text) !== undefined,
    "must be E.164: +16315551111",
  );

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})$/;
const RELATIVE = /^([+-])(\d{1,9})([smhd])$/;
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
export const seedTime = z
  .string()
  .refine(
    (text) => readSeedTime(text, 0) !== undefined,
    'must be a time: "2026-11-02T09:00:00Z", "-13d", "+2h" or "now"',
  );
const times = z.array(seedTime);
/** For people; it is not kept. */
const note = z.string().optional();

/** Milliseconds since 1970; undefined when it is no time. */
export function readSeedTime(text: string, now: number): number | undefined {
  if (text === "now") return now;
  const relative = RELATIVE.exec(text);
  if (relative !== null) {
    const [, sign, count, unit] = relative;
    return now + (sign === "-" ? -1 : 1) * Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  const time = ISO.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2")) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

const code = z.strictObject({
  value: z.string().regex(/^\d{6}$/, "must be 6 digits"),
  /** Default: a new code's lifetime from the start. */
  expires_at: seedTime.optional(),
});

const kept = numberRecord.shape;
const { is_pin_enabled: _asPin, embedded_signup_finished_at: _asSignup, ...patchable } = numberPatch.shape;
export const seedNumber = z
  .strictObject({
    ...patchable,
    commerce_settings: kept.commerce_settings,
    conversational_automation: kept.conversational_automation,
    deregister_incomplete: kept.deregister_incomplete,
    retention_minutes: kept.retention_minutes,
    settings: kept.settings,
    last_onboarded_time: seedTime.nullable(),
    created_at: seedTime,
    embedded_signup_finished_at: seedTime,
    verified_at: seedTime,
    code,
    code_requests: times,
    wrong_codes: times,
    wrong_pins: times,
    name_requests: times,
    name_approved_at: seedTime,
    name_review: z.strictObject({
      decide_at: seedTime,
      decision: z.enum(NAME_DECISIONS),
      rejection_reason: z.enum(REJECTION_REASONS).optional(),
    }),
    registered_name: z.string().min(1),
    register_calls: times,
    register_blocked_until: seedTime,
    deregister_calls: times,
    deregister_blocked_until: seedTime,
    data_localization_region: z.string().min(1),
    is_preverified_number: z.boolean(),
    claimed_at: seedTime,
    waba_id: id,
    note,
  })
  .partial()
  .extend({ id: id.optional(), phone_number: phone });

const seedPreverified = z.strictObject({
  id: id.optional(),
  business_id: id.optional(),
  phone_number: phone,
  /** Without it the number is not verified. */
  code_verification_time: seedTime.optional(),
  created_at: seedTime.optional(),
  code: code.optional(),
  /** Ids of the businesses that may claim it. */
  partners: z.array(id).optional(),
  note,
});

const seedBusiness = z
  .strictObject({ ...businessRecord.shape, note })
  .partial()
  .extend({ id });
const seedWaba = z
  .strictObject({ ...wabaRecord.shape, created_at: seedTime, note })
  .partial()
  .extend({ id });
const seedToken = z.strictObject({
  ...tokenOrder.shape,
  revoked: z.boolean().optional(),
  subcode: z.int().positive().optional(),
  note,
});

const LISTS = {
  businesses: seedBusiness,
  wabas: seedWaba,
  phone_numbers: seedNumber,
  preverified_numbers: seedPreverified,
  tokens: seedToken,
} as const;

const seedFile = z
  .strictObject({
    businesses: z.array(seedBusiness),
    wabas: z.array(seedWaba),
    phone_numbers: z.array(seedNumber),
    preverified_numbers: z.array(seedPreverified),
    tokens: z.array(seedToken),
    note,
  })
  .partial();

export type SeedFile = z.input<typeof seedFile>;
export type Seed = z.output<typeof seedFile>;
export type SeedNumber = z.output<typeof seedNumber>;
export type SeedPreverified = z.output<typeof seedPreverified>;

/** A seed that cannot be used: one line for each problem, with its place. */
export class SeedError extends Error {
  readonly problems: readonly string[];

  constructor(source: string, problems: readonly string[]) {
    const shown = problems.slice(0, PROBLEMS_SHOWN);
    const more = problems.length - shown.length;
    super([...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((problem) => `${source}: ${problem}`).join("\n"));
    this.name = "SeedError";
    this.problems = problems;
  }
}
const PROBLEMS_SHOWN = 20;

/** Reads and checks the JSON file that `waba emulator --seed FILE` takes; the result is for `startEmulator`. */
export function readSeedFile(path: string): SeedFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code: why, message } = error as NodeJS.ErrnoException;
    throw new SeedError(path, [why === "ENOENT" ? "there is no such file" : `it cannot be read: ${message}`]);
  }
  const fault = findJsonFault(text);
  if (fault !== undefined) {
    throw new SeedError(path, [`not valid JSON at line ${fault.line}, column ${fault.column}: ${fault.message}`]);
  }
  const seed: unknown = JSON.parse(text);
  checkSeed(seed, path);
  return seed as SeedFile;
}

/** Throws a SeedError that names every problem; `source` stands in front of each. */
export function checkSeed(input: unknown, source = "seed"): Seed {
  const result = seedFile.safeParse(input);
  if (!result.success)
    throw new SeedError(
      source,
      result.error.issues.flatMap((issue) => describe(issue, input)),
    );
  const problems = contradictions(result.data);
  if (problems.length > 0) throw new SeedError(source, problems);
  return result.data;
}

function describe(issue: z.core.$ZodIssue, input: unknown): string[] {
  const at = place(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const near = nearest(key, knownKeys(issue.path));
      return `${place([...issue.path, key])}: no such key${near === undefined ? "" : `; did you mean ${near}?`}`;
    });
  }
  const value = issue.path.reduce<unknown>((inner, key) => (inner as never)?.[key as never], input);
  if (issue.path.length === 0) return ["it must be a JSON object"];
  if (value === undefined) return [`${at}: is missing`];
  return [`${at}: ${issue.message}`];
}

/** `phone_numbers[3].throughput.level` */
function place(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`))
    .join("");
}

function knownKeys([list, , ...inner]: readonly PropertyKey[]): readonly string[] {
  if (list === undefined) return Object.keys(seedFile.shape);
  return inner.length === 0 && list in LISTS ? Object.keys(LISTS[list as keyof typeof LISTS].shape) : [];
}

/** Three keys typed wrong at most, and fewer in a short one. */
function nearest(key: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, steps: distance(key.toLowerCase().replaceAll("-", "_"), name) }));
  const best = ranked.toSorted((left, right) => left.steps - right.steps)[0];
  return best !== undefined && best.steps <= Math.min(3, Math.ceil(key.length / 3)) ? best.name : undefined;
}

/** Of Levenshtein. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let left = 1; left <= from.length; left++) {
    const next = [left];
    for (let right = 1; right <= to.length; right++) {
      const swap = (row[right - 1] ?? 0) + (from[left - 1] === to[right - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[right] ?? 0) + 1, (next[right - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** What each entry by itself cannot tell. */
function contradictions(seed: Seed): string[] {
  const problems: string[] = [];
  const ids = new Map<string, string>();
  const claim = (taken: Map<string, string>, key: string | undefined, at: string, what: string) => {
    if (key === undefined) return;
    const first = taken.get(key);
    if (first === undefined) taken.set(key, at);
    else problems.push(`${at}: the same ${what} as ${first}`);
  };
  const { businesses = [], wabas = [], phone_numbers = [], preverified_numbers = [], tokens = [] } = seed;
  if (businesses.length === 0) claim(ids, IMPLIED.businesses, "the default business", "id");
  if (wabas.length === 0) claim(ids, IMPLIED.wabas, "the default account", "id");
  const entries = { businesses, wabas, phone_numbers, preverified_numbers };
  for (const [list, records] of Object.entries(entries)) {
    for (const [index, record] of records.entries()) claim(ids, record.id, `${list}[${index}].id`, "id");
  }
  const require = (list: string, known: readonly { readonly id: string }[], wanted: string | undefined, at: string) => {
    if (wanted === undefined || known.some((one) => one.id === wanted)) return;
    if (known.length === 0 && wanted === IMPLIED[list as keyof typeof IMPLIED]) return;
    problems.push(`${at}: there is no ${wanted} in ${list}`);
  };
  for (const [index, waba] of wabas.entries()) {
    require("businesses", businesses, waba.business_id, `wabas[${index}].business_id`);
  }
  const listed = new Map<string, string>();
  const registered = new Map<string, string>();
  for (const [index, number] of phone_numbers.entries()) {
    const at = `phone_numbers[${index}]`;
    require("wabas", wabas, number.waba_id, `${at}.waba_id`);
    const display = number.display_phone_number?.replace(/\D/g, "");
    if (display !== undefined && display !== number.phone_number.slice(1)) {
      problems.push(`${at}.display_phone_number: its digits are not those of phone_number`);
    }
    const wabaId = number.waba_id ?? wabas[0]?.id ?? IMPLIED.wabas;
    claim(listed, `${wabaId} ${number.phone_number}`, `${at}.phone_number`, "number in the same account");
    if (number.platform_type === "CLOUD_API") {
      claim(registered, number.phone_number, `${at}.phone_number`, "number, registered too,");
    }
  }
  const pooled = new Map<string, string>();
  for (const [index, preverified] of preverified_numbers.entries()) {
    const at = `preverified_numbers[${index}]`;
    require("businesses", businesses, preverified.business_id, `${at}.business_id`);
    claim(pooled, preverified.phone_number, `${at}.phone_number`, "number");
  }
  const named = new Map<string, string>();
  for (const [index, token] of tokens.entries()) {
    const at = `tokens[${index}]`;
    claim(named, token.token, `${at}.token`, "token");
    for (const [place, wabaId] of (token.wabas ?? []).entries())
      require("wabas", wabas, wabaId, `${at}.wabas[${place}]`);
    if (token.expiresAt !== undefined && token.expiresInSeconds !== undefined) {
      problems.push(`${at}: expiresAt and expiresInSeconds exclude each other`);
    }
  }
  return problems;
}

/** What is there when a seed names no business, or no account. */
export const IMPLIED = { businesses: "506914307656634", wabas: "102290129340398" } as const;
