/**
 * A number's settings as Graph shows them, in camelCase of its own names. Words are any text: one that Meta adds breaks no
 * read. Keys that are not listed here (passwords of SIP servers, addresses of Meta's) are left behind.
 */
import { z } from "zod";

const hours = z.object({ dayOfWeek: z.string(), openTime: z.string(), closeTime: z.string() });
const holiday = z.object({ date: z.string(), startTime: z.string(), endTime: z.string() });
const server = z.object({
  hostname: z.string(),
  port: z.number().optional(),
  requestUriUserParams: z.record(z.string(), z.string()).optional(),
});

export const calling = z.object({
  status: z.string().optional(),
  callIconVisibility: z.string().optional(),
  callIcons: z.object({ restrictToUserCountries: z.array(z.string()).optional() }).optional(),
  callHours: z
    .object({
      status: z.string().optional(),
      timezoneId: z.string().optional(),
      weeklyOperatingHours: z.array(hours).optional(),
      holidaySchedule: z.array(holiday).optional(),
    })
    .optional(),
  callbackPermissionStatus: z.string().optional(),
  srtpKeyExchangeProtocol: z.string().optional(),
  sip: z.object({ status: z.string().optional(), servers: z.array(server).optional() }).optional(),
  audio: z.object({ additionalCodecs: z.array(z.string()).optional() }).optional(),
  video: z.object({ status: z.string().optional() }).optional(),
});
export type Calling = z.infer<typeof calling>;

export const CALLING_KEYS = calling.keyof().options;
export type CallingKey = (typeof CALLING_KEYS)[number];

/** `GET /{PNID}/settings`: what was never set is left out. */
export const numberSettings = z.object({
  calling: calling.optional(),
  storageConfiguration: z
    .object({
      status: z.string().optional(),
      dataLocalizationRegion: z.string().optional(),
      retentionMinutes: z.number().optional(),
    })
    .optional(),
  userIdentityChange: z.object({ enableIdentityKeyCheck: z.boolean().optional() }).optional(),
});
export type NumberSettings = z.infer<typeof numberSettings>;
/** One of what a call can set. */
export type Feature = keyof NumberSettings;
