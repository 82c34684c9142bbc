/** When what Graph shows of a setting is as good as what is declared, and what it is where Graph shows nothing. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { Calling, CallingKey, Feature, NumberSettings } from "../../schemas/number-settings.ts";
import { CALLING_KEYS } from "../../schemas/number-settings.ts";

const OFF = "DISABLED";
/** SIP over TLS: what a server without a port has. */
const SIP_PORT = 5061;

/** What is so as long as nobody set it. Hours have no default: there is nothing to show of them. */
export const UNSET: NumberSettings & { readonly calling: Calling } = {
  calling: {
    status: OFF,
    callIconVisibility: "DEFAULT",
    callIcons: { restrictToUserCountries: [] },
    callbackPermissionStatus: OFF,
    srtpKeyExchangeProtocol: "DTLS",
    sip: { status: OFF },
    audio: { additionalCodecs: [] },
    video: { status: OFF },
  },
  storageConfiguration: { status: "IN_COUNTRY_STORAGE_DISABLED" },
  userIdentityChange: { enableIdentityKeyCheck: false },
};

/** The parts of calling whose shown value is not as good as the declared one. */
export function differing(shown: Calling | undefined, declared: Calling | undefined): CallingKey[] {
  return CALLING_KEYS.filter((key) => declared?.[key] !== undefined && !isAlikePart(key, shown, declared));
}

/** The same calling, of these parts only. */
export function partsOf(calling: Calling | undefined, keys: readonly CallingKey[]): Calling {
  const given = Object.entries<Calling[CallingKey]>(calling ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.filter(([name]) => keys.some((key) => key === name)));
}

export function isAlike<Name extends Exclude<Feature, "calling">>(
  name: Name,
  shown: NumberSettings[Name],
  declared: NumberSettings[Name],
): boolean {
  return NORMAL[name](shown ?? UNSET[name]) === NORMAL[name](declared ?? UNSET[name]);
}

const NORMAL: { [Name in Exclude<Feature, "calling">]: (value: NumberSettings[Name]) => unknown } = {
  userIdentityChange: (value) => value?.enableIdentityKeyCheck ?? false,
  // Meta's OpenAPI file calls the usual storage `default`.
  storageConfiguration: ({ status = "DEFAULT", dataLocalizationRegion: region } = {}) => {
    if (region !== undefined) return region;
    const word = status.toUpperCase();
    return word === "DEFAULT" ? UNSET.storageConfiguration?.status : word;
  },
};

function isAlikePart<Key extends CallingKey>(key: Key, shown: Calling | undefined, declared: Calling): boolean {
  const normal: (value: Calling[Key], declared: Calling[Key]) => unknown = NORMAL_PARTS[key];
  const model = declared[key];
  return isDeepStrictEqual(normal(shown?.[key] ?? UNSET.calling[key], model), normal(model, model));
}

/** Graph may write words in another case, and lists in another order. The servers of a SIP that is off count where they are declared. */
const NORMAL_PARTS: { [Key in CallingKey]: (value: Calling[Key], declared: Calling[Key]) => unknown } = {
  status: word,
  callIconVisibility: word,
  callIcons: (value) => (value?.restrictToUserCountries ?? []).toSorted(),
  callHours: (value) =>
    value && [
      word(value.status),
      value.timezoneId,
      (value.weeklyOperatingHours ?? []).map((row) => [row.dayOfWeek, row.openTime, row.closeTime].join()).toSorted(),
      (value.holidaySchedule ?? []).map((row) => [row.date, row.startTime, row.endTime].join()).toSorted(),
    ],
  callbackPermissionStatus: word,
  srtpKeyExchangeProtocol: (value) => word(value)?.replace(/-SRTP$/, ""),
  sip: (value, declared) => [
    word(value?.status),
    declared?.servers &&
      (value?.servers ?? []).map((server) => ({ port: SIP_PORT, requestUriUserParams: {}, ...server })),
  ],
  audio: (value) => (value?.additionalCodecs ?? []).toSorted(),
  video: (value) => word(value?.status),
};

function word(text: string | undefined): string | undefined {
  return text?.toUpperCase();
}
