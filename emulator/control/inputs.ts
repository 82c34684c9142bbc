/** What the control routes take. Strict: an unknown key is an error, as it would silently do nothing. */
import { z } from "zod";
import { GRAPH_TIME } from "../clock.ts";
import { CLOCK_STEP_SECONDS_MAX, LATENCY_MS_MAX, SIX_DIGITS, STALE_MS_MAX } from "../limits.ts";
import { NAME_DECISIONS, numberRecord, REJECTION_REASONS } from "../records/number.ts";
import { numberSettings } from "../records/number-settings.ts";
import { businessProfile } from "../records/profile.ts";

/** Any word in Graph's style: Graph adds values without notice, and tests must be able to show an unlisted one. */
const word = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "must be a word such as CONNECTED");
const text = z.string().min(1);
const fields = numberRecord.shape;

/** "Someone changed it at Meta": Graph's field names; null unsets what Graph leaves out when it is unset. */
export const numberPatch = z
  .strictObject({
    account_mode: word,
    certificate: text.nullable(),
    code_verification_status: word,
    /** Of two letters; null: the main country of the calling code. */
    country_code: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be two capital letters")
      .nullable(),
    /** The last deregister call stopped halfway: register answers 133000 until it is repeated. */
    deregister_incomplete: z.boolean(),
    /** The same digits in another spelling, such as bare ones; null: Graph's usual one. */
    display_phone_number: z
      .string()
      .regex(/^[+\d][\d ().-]*$/, "must be a phone number")
      .nullable(),
    eligibility_for_api_business_global_search: word.nullable(),
    /** As `2026-11-02T09:00:00Z`: from then on there are 14 days to register. */
    embedded_signup_finished_at: z.iso.datetime({ offset: true }).nullable(),
    health_status: fields.health_status.nullable(),
    is_on_biz_app: z.boolean(),
    /** False removes the PIN, as the e-mail link in WhatsApp Manager does; true needs `pin`. */
    is_pin_enabled: z.boolean(),
    last_onboarded_time: z.string().regex(GRAPH_TIME, "must look like 2023-08-22T19:05:53+0000").nullable(),
    name_status: word,
    new_certificate: text.nullable(),
    new_display_name: text.nullable(),
    new_name_status: word.nullable(),
    /** Meta's decision on the badge. */
    official_business_account: z.strictObject({ oba_status: word }),
    pin: z.string().regex(SIX_DIGITS, "must be 6 digits").nullable(),
    platform_type: word,
    /** The whole of it: what is left out is unset. */
    profile: z.strictObject(businessProfile.shape).nullable(),
    quality_rating: word,
    search_visibility: word.nullable(),
    /** As in a seed, and the whole of it: what is left out is unset. */
    settings: z.strictObject(numberSettings.shape).nullable(),
    status: word,
    throughput: z.strictObject({ level: word }),
    verified_name: text,
    webhook_configuration: fields.webhook_configuration.nullable(),
    whatsapp_business_manager_messaging_limit: word,
  })
  .partial();
export type NumberPatch = z.input<typeof numberPatch>;

/** What Meta decides about an account, and what its owner does in Meta's own pages. Null: as if never said. */
export const wabaPatch = z
  .strictObject({
    name: text,
    /** One that exists. */
    business_id: text,
    account_review_status: word.nullable(),
    waba_ban_state: word.nullable(),
    has_payment_method: z.boolean(),
  })
  .partial();
export type WabaPatch = z.input<typeof wabaPatch>;

export const businessPatch = z
  .strictObject({
    name: text,
    max_phone_numbers: z.int().min(0).nullable(),
    verification_status: z
      .string()
      .regex(/^[a-z_]+$/, "must be a word such as verified")
      .nullable(),
  })
  .partial();
export type BusinessPatch = z.input<typeof businessPatch>;

export const nameReview = z
  .strictObject({ decision: z.enum(NAME_DECISIONS), rejection_reason: z.enum(REJECTION_REASONS).optional() })
  .refine((review) => review.rejection_reason === undefined || review.decision === "REJECTED", {
    message: "rejection_reason goes with REJECTED only",
  });

export const clockStep = z.strictObject({ advanceSeconds: z.number().min(0).max(CLOCK_STEP_SECONDS_MAX) });

/** How much of the hour's calls an app has used: on one account, or without `wabaId` on all that counts for none. */
export const usageOrder = z
  .strictObject({
    wabaId: z.string().optional(),
    /** The emulator's own app when it is left out. */
    appId: z.string().regex(/^\d+$/, "must be digits").optional(),
    /** Whole percent of the limit, for an hour. 100, the default with `regainMinutes`, is used up. */
    percent: z.int().min(0).max(100).optional(),
    /** Instead of an hour; and calls are refused, whether limits are enforced or not. */
    regainMinutes: z
      .int()
      .min(1)
      .max(CLOCK_STEP_SECONDS_MAX / 60)
      .optional(),
  })
  .refine((order) => order.percent !== undefined || order.regainMinutes !== undefined, {
    message: "needs percent or regainMinutes",
  });
export type UsageOrder = z.input<typeof usageOrder>;

/** An event that Meta would tell; the value is sent as it is. */
export const webhookOrder = z.strictObject({
  wabaId: z.string(),
  field: z.string().regex(/^[a-z][a-z0-9_]*$/, "must look like account_update"),
  value: z.record(z.string(), z.json()),
});
export type WebhookOrder = z.input<typeof webhookOrder>;

export const faultOrder = z
  .strictObject({
    match: z.strictObject({ method: z.string().min(1).optional(), path: z.string().min(1).optional() }).default({}),
    times: z
      .union([z.int().min(1), z.literal("always")], { error: 'must be a whole number from 1, or "always"' })
      .default(1),
    status: z.int().min(200).max(599).optional(),
    body: z.union([z.string(), z.record(z.string(), z.json())]).optional(),
    latencyMs: z.number().min(0).max(LATENCY_MS_MAX).optional(),
    /** True cuts before the effect. */
    drop: z
      .union([z.boolean(), z.enum(["before", "after"])])
      .transform((drop) => (drop === true ? "before" : drop === false ? undefined : drop))
      .optional(),
    truncate: z
      .union([z.int().min(0), z.boolean()])
      .transform((truncate) => (truncate === false ? undefined : truncate))
      .optional(),
    staleMs: z.number().min(1).max(STALE_MS_MAX).optional(),
  })
  .refine(
    ({ match: _, times: __, body: ___, ...effects }) => Object.values(effects).some((value) => value !== undefined),
    {
      message: "needs status, latencyMs, drop, truncate or staleMs",
    },
  )
  .refine((fault) => fault.body === undefined || fault.status !== undefined, { message: "body needs a status" })
  .refine((fault) => fault.drop === undefined || fault.status === undefined, {
    message: "drop and status exclude each other: a cut connection carries no answer",
  })
  .refine((fault) => fault.truncate === undefined || fault.drop === undefined, {
    message: "truncate and drop exclude each other: one sends a part of the answer, the other none",
  })
  .refine((fault) => fault.truncate === undefined || fault.status === undefined || Boolean(fault.body), {
    message: "truncate with a status needs a body to cut",
  })
  .refine((fault) => fault.staleMs === undefined || (fault.status === undefined && fault.drop !== "before"), {
    message: "staleMs needs the effect: neither status nor drop before it go with it",
  });
export type FaultOrder = z.input<typeof faultOrder>;
