/**
 * What Graph answers about phone numbers, and the words it uses.
 *
 * The lists hold the values Meta documents or that were seen live. Graph adds values without notice, so every
 * status is read as text: an unlisted one must travel through and end in the phase `unknown`, never in an error.
 */
import { z } from "zod";

export const CODE_VERIFICATION_STATUSES = ["VERIFIED", "NOT_VERIFIED", "EXPIRED"] as const;
export const NAME_STATUSES = [
  "APPROVED",
  "AVAILABLE_WITHOUT_REVIEW",
  "DECLINED",
  "EXPIRED",
  "PENDING_REVIEW",
  "NONE",
  "NON_EXISTS",
] as const;
export const NUMBER_STATUSES = [
  "PENDING",
  "CONNECTED",
  "DISCONNECTED",
  "FLAGGED",
  "RESTRICTED",
  "RATE_LIMITED",
  "BANNED",
  "MIGRATED",
  "DELETED",
  "UNKNOWN",
  "UNVERIFIED",
] as const;
export const PLATFORM_TYPES = ["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE"] as const;
export const QUALITY_RATINGS = ["GREEN", "YELLOW", "RED", "UNKNOWN", "NA"] as const;
export const THROUGHPUT_LEVELS = ["STANDARD", "HIGH", "NOT_APPLICABLE"] as const;
export const ACCOUNT_MODES = ["LIVE", "SANDBOX"] as const;
export const CODE_METHODS = ["SMS", "VOICE"] as const;

/** One of the listed words, or one that Meta added since. */
export type Word<List extends readonly string[]> = List[number] | (string & {});
export type CodeVerificationStatus = Word<typeof CODE_VERIFICATION_STATUSES>;
export type NameStatus = Word<typeof NAME_STATUSES>;
export type NumberStatus = Word<typeof NUMBER_STATUSES>;
export type PlatformType = Word<typeof PLATFORM_TYPES>;
export type QualityRating = Word<typeof QUALITY_RATINGS>;
export type ThroughputLevel = Word<typeof THROUGHPUT_LEVELS>;
export type AccountMode = Word<typeof ACCOUNT_MODES>;

/** A name status with which a number may be registered under that name. */
export const APPROVED_NAME_STATUSES: readonly string[] = ["APPROVED", "AVAILABLE_WITHOUT_REVIEW"];

const healthStatus = z.object({
  can_send_message: z.string().optional(),
  entities: z
    .array(
      z.object({
        entity_type: z.string(),
        id: z.string().optional(),
        can_send_message: z.string().optional(),
        additional_info: z.array(z.string()).optional(),
        errors: z
          .array(
            z.object({
              error_code: z.number(),
              error_description: z.string().optional(),
              possible_solution: z.string().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

/** A phone number as `GET /{PNID}` and the rows of `GET /{WABA}/phone_numbers` show it. Graph omits what is unset. */
export const phoneNumberNode = z.object({
  id: z.string().min(1),
  display_phone_number: z.string().optional(),
  verified_name: z.string().optional(),
  code_verification_status: z.string().optional(),
  name_status: z.string().optional(),
  new_display_name: z.string().optional(),
  new_name_status: z.string().optional(),
  certificate: z.string().optional(),
  new_certificate: z.string().optional(),
  status: z.string().optional(),
  platform_type: z.string().optional(),
  quality_rating: z.string().optional(),
  throughput: z.object({ level: z.string().optional() }).optional(),
  account_mode: z.string().optional(),
  last_onboarded_time: z.string().optional(),
  is_pin_enabled: z.boolean().optional(),
  is_on_biz_app: z.boolean().optional(),
  webhook_configuration: z
    .object({
      phone_number: z.string().optional(),
      whatsapp_business_account: z.string().optional(),
      application: z.string().optional(),
    })
    .optional(),
  whatsapp_business_manager_messaging_limit: z.string().optional(),
  health_status: healthStatus.optional(),
});
export type PhoneNumberNode = z.infer<typeof phoneNumberNode>;

/** One page of a list. The last page has no `paging.next`, however short or long it is. */
export const phoneNumberPage = z.object({
  data: z.array(phoneNumberNode),
  paging: z
    .object({
      cursors: z.object({ before: z.string().optional(), after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

export const createdNode = z.object({ id: z.string().min(1) });
export const success = z.object({ success: z.literal(true) });

/** The envelope of every refusal. `error_data` is an object, or JSON text on older edges. */
export const errorEnvelope = z.object({
  error: z.object({
    message: z.string().default(""),
    type: z.string().optional(),
    code: z.number(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_title: z.string().optional(),
    error_user_msg: z.string().optional(),
    error_data: z.union([z.string(), z.looseObject({ details: z.string().optional() })]).optional(),
    fbtrace_id: z.string().optional(),
  }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;
