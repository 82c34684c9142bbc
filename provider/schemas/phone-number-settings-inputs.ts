/** What a program may declare for a PhoneNumberSettings, after `check`. Words and limits are those of Meta's guides. */
import { z } from "zod";
import { credential, phoneNumberId, wabaId } from "./common-inputs.ts";
import { declaredBy } from "./declared.ts";
import { isTimeZone } from "./time-zones.ts";

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;
const HOURS_PER_DAY_MAX = 2;
const HOLIDAYS_MAX = 20;
/** The only one that Meta knows. */
const RETENTION_MINUTES = 60;
const PORT_MAX = 65_535;

const A_TIME = 'must be a time of day, as "0930"';
const A_ZONE = 'must be a time zone of the IANA database, as "Europe/Berlin"';
const A_COUNTRY = 'must be a country of two capital letters, as "BR"';
const A_PORT = `must be a port from 1 to ${PORT_MAX}`;
const A_REGION =
  "must not be IN_COUNTRY_STORAGE_ENABLED: where messages are stored is dataLocalizationRegion of PhoneNumber, which sets " +
  "it before it registers the number";

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `must be ${words.map((word) => `"${word}"`).join(" or ")}` });
}
/** One that says nothing would be managed, and never reached. */
function declaring<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject(shape, "must be an object")
    .refine((value) => Object.keys(value).length > 0, "must not be empty");
}

const switched = oneOf(["ENABLED", "DISABLED"]);
const clockTime = z.string(A_TIME).regex(/^([01]\d|2[0-3])[0-5]\d$/, { error: A_TIME, abort: true });

const openHours = z
  .strictObject({ dayOfWeek: oneOf(DAYS), openTime: clockTime, closeTime: clockTime })
  .refine(({ openTime, closeTime }) => openTime < closeTime, "must open before it closes");
type OpenHours = z.infer<typeof openHours>;

function overlaps(hours: OpenHours, others: readonly OpenHours[]): boolean {
  return others.some(
    ({ dayOfWeek, openTime, closeTime }) =>
      dayOfWeek === hours.dayOfWeek && openTime < hours.closeTime && hours.openTime < closeTime,
  );
}

const callHours = z.strictObject({
  status: switched,
  timezoneId: z.string(A_ZONE).refine(isTimeZone, A_ZONE),
  weeklyOperatingHours: z
    .array(openHours)
    .refine(
      (week) => DAYS.every((day) => week.filter(({ dayOfWeek }) => dayOfWeek === day).length <= HOURS_PER_DAY_MAX),
      `must have at most ${HOURS_PER_DAY_MAX} entries a day`,
    )
    .refine((week) => !week.some((hours, index) => overlaps(hours, week.slice(index + 1))), "must not overlap"),
  holidaySchedule: z
    .array(
      z
        .strictObject({
          date: z.iso.date('must be a day, as "2026-12-24"'),
          startTime: clockTime,
          endTime: clockTime,
        })
        .refine(({ startTime, endTime }) => startTime < endTime, "must start before it ends"),
    )
    .max(HOLIDAYS_MAX, `must have at most ${HOLIDAYS_MAX} entries`)
    .optional(),
});

const sipServer = z.strictObject({
  hostname: z.string("must be the name of a host").min(1, "must be the name of a host"),
  port: z.int(A_PORT).min(1, A_PORT).max(PORT_MAX, A_PORT).optional(),
  requestUriUserParams: z.record(z.string(), z.string(), "must be texts by name").optional(),
});

const calling = declaring({
  status: switched.optional(),
  callIconVisibility: oneOf(["DEFAULT", "DISABLE_ALL"]).optional(),
  callIcons: z
    .strictObject({ restrictToUserCountries: z.array(z.string(A_COUNTRY).regex(/^[A-Z]{2}$/, A_COUNTRY)) })
    .optional(),
  callHours: callHours.optional(),
  callbackPermissionStatus: switched.optional(),
  srtpKeyExchangeProtocol: oneOf(["DTLS", "SDES"]).optional(),
  sip: z
    .strictObject({ status: switched, servers: z.array(sipServer).optional() })
    .refine(
      ({ status, servers = [] }) => status === "DISABLED" || servers.length > 0,
      'needs servers to be "ENABLED": where does Meta send calls to?',
    )
    .optional(),
  audio: z.strictObject({ additionalCodecs: z.array(oneOf(["PCMA", "PCMU"])) }).optional(),
  video: z.strictObject({ status: switched }).optional(),
});

const NO_STORAGE = "NO_STORAGE_ENABLED";
const storageConfiguration = z
  .strictObject(
    {
      status: z.enum([NO_STORAGE, "IN_COUNTRY_STORAGE_DISABLED"], {
        error: ({ input }) =>
          input === "IN_COUNTRY_STORAGE_ENABLED"
            ? A_REGION
            : `must be "${NO_STORAGE}" or "IN_COUNTRY_STORAGE_DISABLED"`,
      }),
      retentionMinutes: z.literal(RETENTION_MINUTES, { error: `must be ${RETENTION_MINUTES}` }).optional(),
    },
    {
      error: ({ code, input }) =>
        code === "unrecognized_keys" && typeof input === "object" && input !== null && "dataLocalizationRegion" in input
          ? A_REGION
          : undefined,
    },
  )
  .refine(
    ({ status, retentionMinutes }) => status === NO_STORAGE || retentionMinutes === undefined,
    `has retentionMinutes only with "${NO_STORAGE}"`,
  )
  .transform(({ status }) =>
    status === NO_STORAGE ? { status, retentionMinutes: RETENTION_MINUTES as typeof RETENTION_MINUTES } : { status },
  );

export const phoneNumberSettingsInputs = z.strictObject({
  phoneNumberId,
  wabaId: wabaId.optional(),
  calling: calling.optional(),
  storageConfiguration: storageConfiguration.optional(),
  userIdentityChange: z
    .strictObject(
      { enableIdentityKeyCheck: z.boolean("must be true or false") },
      'must be an object, as { "enableIdentityKeyCheck": true }',
    )
    .optional(),
  onDelete: z.literal("retain", { error: 'must be "retain": settings cannot be deleted' }).optional(),
  credential: credential.optional(),
});

/** What a program declares, checked and in normal form. */
export type PhoneNumberSettingsInputs = z.infer<typeof phoneNumberSettingsInputs>;

export function declaredIn(inputs: Readonly<Record<string, unknown>>) {
  return declaredBy(phoneNumberSettingsInputs, inputs);
}
