/**
 * The blocks of `/{PNID}/settings`, as they are sent and as they are kept. Words are upper case, as in Meta's guides;
 * the OpenAPI file's lower case and its other key names are refused.
 */
import { z } from "zod";
import { isTimeZone } from "../../provider/schemas/time-zones.ts";
import { DATA_LOCALIZATION_REGIONS } from "../../provider/schemas/words.ts";
import { CALL_HOLIDAYS_MAX, CALL_HOURS_PER_DAY_MAX, NO_STORAGE_MINUTES } from "../limits.ts";

const switched = z.enum(["ENABLED", "DISABLED"], "must be one of {ENABLED, DISABLED}");
const clockTime = z.string().regex(/^([01]\d|2[0-3])[0-5]\d$/, "must be a time such as 0930");
const country = z.string().regex(/^[A-Z]{2}$/, "must be a country of two letters");
const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

const openHours = z
  .strictObject({
    day_of_week: z.enum(DAYS, `must be one of {${DAYS.join(", ")}}`),
    open_time: clockTime,
    close_time: clockTime,
  })
  .refine((hours) => hours.open_time < hours.close_time, "must open before it closes");
type OpenHours = z.infer<typeof openHours>;

const callHours = z.strictObject({
  status: switched,
  /** I: which names Meta knows it does not say. */
  timezone_id: z.string().refine(isTimeZone, "must be a time zone such as Europe/Berlin"),
  weekly_operating_hours: z
    .array(openHours)
    .refine(
      (week) => DAYS.every((day) => week.filter((hours) => hours.day_of_week === day).length <= CALL_HOURS_PER_DAY_MAX),
      `must have at most ${CALL_HOURS_PER_DAY_MAX} entries a day`,
    )
    .refine((week) => !week.some((hours, index) => overlaps(hours, week.slice(index + 1))), "must not overlap"),
  holiday_schedule: z
    .array(
      z
        .strictObject({ date: z.iso.date(), start_time: clockTime, end_time: clockTime })
        .refine((day) => day.start_time < day.end_time, "must start before it ends"),
    )
    .max(CALL_HOLIDAYS_MAX)
    .optional(),
});

function overlaps(hours: OpenHours, others: readonly OpenHours[]): boolean {
  return others.some(
    (other) =>
      other.day_of_week === hours.day_of_week &&
      other.open_time < hours.close_time &&
      hours.open_time < other.close_time,
  );
}

const sipServer = z.strictObject({
  hostname: z.string().min(1),
  port: z.int().min(1).max(65_535).optional(),
  request_uri_user_params: z.record(z.string(), z.string()).optional(),
});
const calling = {
  status: switched.optional(),
  call_icon_visibility: z.enum(["DEFAULT", "DISABLE_ALL"], "must be one of {DEFAULT, DISABLE_ALL}").optional(),
  call_icons: z.strictObject({ restrict_to_user_countries: z.array(country) }).optional(),
  call_hours: callHours.optional(),
  callback_permission_status: switched.optional(),
  srtp_key_exchange_protocol: z.enum(["DTLS", "SDES"], "must be one of {DTLS, SDES}").optional(),
  audio: z
    .strictObject({ additional_codecs: z.array(z.enum(["PCMA", "PCMU"], "must be one of {PCMA, PCMU}")) })
    .optional(),
  video: z.strictObject({ status: switched }).optional(),
};

/** Keys that are left out stay as they were. */
export const callingBlock = z
  .strictObject({
    ...calling,
    sip: z.strictObject({ status: switched, servers: z.array(sipServer).optional() }).optional(),
  })
  .refine((block) => Object.keys(block).length > 0, "must have a key");
export type CallingBlock = z.infer<typeof callingBlock>;

export const identityBlock = z.strictObject({ enable_identity_key_check: z.boolean() });

export const encryptionBlock = z
  .strictObject({ status: switched, client_encryption_key: z.string().min(1).optional() })
  .refine(
    (block) => block.status === "DISABLED" || block.client_encryption_key !== undefined,
    "must have client_encryption_key to be ENABLED",
  );

/** A region and a retention exclude each other: each status has keys of its own. */
export const storageBlock = z.discriminatedUnion(
  "status",
  [
    z.strictObject({
      status: z.literal("IN_COUNTRY_STORAGE_ENABLED"),
      data_localization_region: z.enum(
        DATA_LOCALIZATION_REGIONS,
        `must be one of {${DATA_LOCALIZATION_REGIONS.join(", ")}}`,
      ),
    }),
    z.strictObject({ status: z.literal("IN_COUNTRY_STORAGE_DISABLED") }),
    z.strictObject({
      status: z.literal("NO_STORAGE_ENABLED"),
      retention_minutes: z.literal(NO_STORAGE_MINUTES, `must be ${NO_STORAGE_MINUTES}`),
    }),
  ],
  "must have a status of {IN_COUNTRY_STORAGE_ENABLED, IN_COUNTRY_STORAGE_DISABLED, NO_STORAGE_ENABLED}",
);
export type StorageBlock = z.infer<typeof storageBlock>;

/** What a number keeps of them. Where its messages are stored is not here: registration needs that too. */
export const numberSettings = z.object({
  calling: z
    .object({
      ...calling,
      sip: z
        .object({ status: switched, servers: z.array(sipServer.extend({ sip_user_password: z.string() })).optional() })
        .optional(),
    })
    .optional(),
  user_identity_change: identityBlock.optional(),
  payload_encryption: encryptionBlock.optional(),
});
export type NumberSettings = Readonly<z.infer<typeof numberSettings>>;
