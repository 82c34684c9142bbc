/**
 * The record of one business phone number: what Graph shows of it under Graph's own names, and what Meta keeps to
 * itself (PIN, codes, call ledgers). Records are never changed in place: a rule returns a new one.
 */
import { z } from "zod";
import { phoneNumberNode } from "../../provider/schemas/graph.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import { conversationalAutomation } from "./conversational-automation.ts";
import { numberSettings } from "./number-settings.ts";
import { businessProfile } from "./profile.ts";

const time = z.number();
/** What is kept of the proof of ownership by code: of numbers, and of pre-verified ones. */
export const verificationRecord = z.object({
  code: z.object({ value: z.string(), expires_at: time }).optional(),
  requests: z.array(time),
  wrong: z.array(time),
});
export type Verification = Readonly<z.infer<typeof verificationRecord>>;

const ledger = z.object({ calls: z.array(time), blocked_until: time.optional() });

export const NAME_DECISIONS = ["APPROVED", "REJECTED", "DEFERRED"] as const;
/** D: what Meta's webhook says of a rejected name. */
export const REJECTION_REASONS = [
  "NAME_EMPLOYEE_ISSUE",
  "NAME_ENDCLIENT_NOTRELATED",
  "NAME_FORMAT_UNACCEPTABLE",
  "NAME_INDIVIDUAL_ISSUE",
  "NAME_NOT_CONSISTENT",
  "UNKNOWN",
] as const;

/** `display_phone_number` only where its digits are spelled otherwise than here. */
export const numberRecord = phoneNumberNode
  .omit({ is_pin_enabled: true })
  .required({
    verified_name: true,
    code_verification_status: true,
    name_status: true,
    status: true,
    platform_type: true,
    quality_rating: true,
    throughput: true,
    account_mode: true,
    is_on_biz_app: true,
    whatsapp_business_manager_messaging_limit: true,
  })
  .extend({
    waba_id: z.string(),
    /** Left out: the main country of the calling code. */
    country_code: z.string().optional(),
    country_dial_code: z.string(),
    national_number: z.string(),
    created_at: time,
    /** When its owner finished Meta's embedded signup: from then on 14 days to register. */
    signup_finished_at: time.optional(),
    pin: z.string().optional(),
    wrong_pins: z.array(time),
    verification: verificationRecord,
    /** Of the proof by code; without it a proof never ages. */
    verified_at: time.optional(),
    name_requests: z.array(time),
    /** The decision that the running review comes to by itself. */
    name_review: z
      .object({
        decide_at: time,
        decision: z.enum(NAME_DECISIONS),
        rejection_reason: z.enum(REJECTION_REASONS).optional(),
      })
      .optional(),
    name_approved_at: time.optional(),
    /** The name that the last register call took over. */
    registered_name: z.string().optional(),
    register_ledger: ledger,
    deregister_ledger: ledger,
    /** The last deregister call stopped halfway at Meta: it must be repeated before a register. */
    deregister_incomplete: z.boolean().optional(),
    /** Where messages are stored: in a region, or nowhere for longer than these minutes; never both. */
    data_localization_region: z.string().optional(),
    retention_minutes: z.number().optional(),
    settings: numberSettings.optional(),
    profile: businessProfile.optional(),
    conversational_automation: conversationalAutomation.optional(),
    commerce_settings: z.object({ is_cart_enabled: z.boolean(), is_catalog_visible: z.boolean() }).optional(),
    /** The blue badge; NOT_STARTED when left out. Without a time it is long ago. */
    official_business_account: z.object({ oba_status: z.string(), changed_at: time.optional() }).optional(),
    search_visibility: z.string().optional(),
    eligibility_for_api_business_global_search: z.string().optional(),
    /** How many were made since the number was added. */
    certificates_made: z.number().optional(),
    /** An on-premises client that waits for its code. */
    on_premises: z.object({ client: z.string(), cert: z.string(), asked_at: time }).optional(),
    is_preverified_number: z.boolean().optional(),
    /** When it was claimed from a pool of pre-verified numbers. */
    claimed_at: time.optional(),
    /** The number of another account that this one takes over when it registers. */
    migrates_from: z.string().optional(),
  });
export type NumberRecord = Readonly<z.infer<typeof numberRecord>>;
export type CallLedger = Readonly<z.infer<typeof ledger>>;

/** What a rule decided: the record to keep (a refused call may still be counted) and the refusal to answer, if any. */
export interface Outcome {
  readonly number: NumberRecord;
  readonly refusal?: GraphRefusal;
}

/** A number as it stands right after it was added: neither verified nor registered. */
export function addedNumber(
  facts: Pick<
    NumberRecord,
    "id" | "waba_id" | "country_dial_code" | "national_number" | "verified_name" | "created_at"
  > &
    Partial<NumberRecord>,
): NumberRecord {
  return {
    code_verification_status: "NOT_VERIFIED",
    // I: Meta reviews the first name later, by itself; until then the name may be used.
    name_status: "AVAILABLE_WITHOUT_REVIEW",
    status: "PENDING",
    platform_type: "NOT_APPLICABLE",
    quality_rating: "UNKNOWN",
    throughput: { level: "NOT_APPLICABLE" },
    account_mode: "LIVE",
    is_on_biz_app: false,
    whatsapp_business_manager_messaging_limit: "TIER_250",
    wrong_pins: [],
    verification: { requests: [], wrong: [] },
    name_requests: [],
    register_ledger: { calls: [] },
    deregister_ledger: { calls: [] },
    ...facts,
  };
}

export function isRegistered(number: NumberRecord): boolean {
  return number.platform_type === "CLOUD_API";
}

/** On the WhatsApp Business app: coexisting with the Cloud API, or not migrated to it at all. */
export function livesOnApp(number: NumberRecord): boolean {
  return number.is_on_biz_app || (number.platform_type === "ON_PREMISE" && number.status === "DISCONNECTED");
}

export function digitsOf(number: Pick<NumberRecord, "country_dial_code" | "national_number">): string {
  return number.country_dial_code + number.national_number;
}

/** The times that still count: strictly younger than the window. */
export function within(times: readonly number[], window: number, now: number): number[] {
  return times.filter((time) => now - time < window);
}
