/**
 * What Graph answers about phone numbers. Graph adds values without notice, so every status is read as text: an unlisted
 * one must travel through and end in the phase `unknown`, never in an error. The listed ones are in words.ts.
 */
import { z } from "zod";

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

const { shape } = phoneNumberNode;
/**
 * A phone number as we read it. A null is as good as nothing; what only informs is dropped where it has another shape
 * than documented, so that it breaks no read. What we decide by must have its shape.
 */
export const answeredNumber = z.preprocess(
  withoutNulls,
  phoneNumberNode.extend({
    quality_rating: shape.quality_rating.catch(undefined),
    throughput: shape.throughput.catch(undefined),
    account_mode: shape.account_mode.catch(undefined),
    last_onboarded_time: shape.last_onboarded_time.catch(undefined),
    is_pin_enabled: shape.is_pin_enabled.catch(undefined),
    webhook_configuration: shape.webhook_configuration.catch(undefined),
    whatsapp_business_manager_messaging_limit: shape.whatsapp_business_manager_messaging_limit.catch(undefined),
    health_status: shape.health_status.catch(undefined),
  }),
);

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

/** The last page of a list has no `next`, however short or long it is. */
const paging = z.object({
  cursors: z.object({ before: z.string().optional(), after: z.string().optional() }).optional(),
  next: z.string().optional(),
});

export const phoneNumberPage = z.object({ data: z.array(answeredNumber), paging: paging.optional() });

/** A pre-verified number, as Meta's SDK specification names its fields. What only informs breaks no read. */
export const preVerifiedNode = z.object({
  id: z.string().min(1),
  phone_number: z.string().optional(),
  code_verification_status: z.string().optional(),
  code_verification_time: z.string().optional(),
  verification_expiry_time: z.string().optional(),
  owner_business: z.object({ id: z.string().optional(), name: z.string().optional() }).optional().catch(undefined),
});
export type PreVerifiedNode = z.infer<typeof preVerifiedNode>;

/** As we read it: a null is as good as nothing. */
export const preVerifiedNumber = z.preprocess(withoutNulls, preVerifiedNode);

/** `GET /{BIZ}/preverified_numbers`. */
export const preVerifiedPage = z.object({
  data: z.array(preVerifiedNumber),
  paging: paging.optional(),
});

/** A list of which only the ids matter: partners of a pre-verified number, accounts of a business. */
export const nodePage = z.object({ data: z.array(z.object({ id: z.string().min(1) })), paging: paging.optional() });

/** `GET /{PNID}/settings`: blocks that were never set are left out. */
export const numberSettings = z.object({
  storage_configuration: z
    .object({ status: z.string().optional(), data_localization_region: z.string().optional() })
    .optional(),
});

/** `GET /{WABA}/subscribed_apps`. An app that shows no id is none that we could tell from others. */
export const subscribedApps = z.object({
  data: z.array(
    z.object({
      whatsapp_business_api_data: z
        .object({ id: z.string().optional(), name: z.string().optional() })
        .optional()
        .catch(undefined),
      override_callback_uri: z.string().optional(),
    }),
  ),
  paging: paging.optional(),
});

/** `GET /{PNID}/whatsapp_business_profile`: flat, and what is unset is left out. */
export const businessProfile = z.object({
  data: z
    .array(
      z.object({
        about: z.string().optional(),
        address: z.string().optional(),
        description: z.string().optional(),
        email: z.string().optional(),
        vertical: z.string().optional(),
        websites: z.array(z.string()).optional(),
        profile_picture_url: z.string().optional(),
      }),
    )
    .min(1),
});

/** `POST /app/uploads`: its id goes into the path of what follows, with a signature. */
export const uploadSession = z.object({ id: z.string().regex(/^upload:[\w\-=%.~:+]+(\?[^#\s]*)?$/) });
/** `GET /upload:{SESSION}`: how many bytes came. */
export const uploadProgress = z.object({ file_offset: z.number().int().min(0) });
/** The last piece of an upload: the file's handle. */
export const uploaded = z.object({ h: z.string().min(1) });

/** `GET /debug_token`: a token that does not work is told in an answer like any other. Times are Unix seconds, 0 never. */
const tokenFacts = z.object({
  app_id: z.string().optional(),
  application: z.string().optional().catch(undefined),
  is_valid: z.boolean(),
  expires_at: z.number().optional().catch(undefined),
  data_access_expires_at: z.number().optional().catch(undefined),
  scopes: z.array(z.string()).optional().catch(undefined),
  granular_scopes: z
    .array(z.object({ scope: z.string(), target_ids: z.array(z.string()).optional() }))
    .optional()
    .catch(undefined),
  error: z
    .object({ message: z.string().catch("") })
    .optional()
    .catch(undefined),
});
export type TokenFacts = z.infer<typeof tokenFacts>;
export const tokenAnswer = z.object({ data: tokenFacts });
/** The same where the token's app is what is asked. */
export const tokenOwner = z.object({ data: tokenFacts.extend({ app_id: z.string().min(1) }) });

export const createdNode = z.object({ id: z.string().min(1) });
export const success = z.object({ success: z.literal(true) });

/** The envelope of every refusal: the code decides, the rest informs. `error_data` is JSON text on older edges. */
export const errorEnvelope = z.object({
  error: z.object({
    code: z.number(),
    message: z.string().catch(""),
    error_subcode: z.number().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
    error_user_msg: z.string().optional().catch(undefined),
    error_data: z
      .union([z.string(), z.looseObject({ details: z.string().optional() })])
      .optional()
      .catch(undefined),
    fbtrace_id: z.string().optional().catch(undefined),
  }),
});
