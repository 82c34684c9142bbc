/** PhoneNumberSettings, as the conformance suite must know it. */
import type { JsonObject } from "../../../emulator/json.ts";
import { ICE_CREAM, type Lifecycle, WABA } from "../../support/lifecycle.ts";
import { asSomebody } from "../../support/somebody.ts";
import type { Ground, Subject } from "./subject.ts";

const SET = "POST /{PNID}/settings";

const least = { phoneNumberId: ICE_CREAM.id, wabaId: WABA };
const HOURS = { dayOfWeek: "MONDAY", openTime: "0900", closeTime: "1800" };
const CALL_HOURS = {
  status: "ENABLED",
  timezoneId: "Europe/Berlin",
  weeklyOperatingHours: [HOURS, { ...HOURS, dayOfWeek: "FRIDAY" }],
  holidaySchedule: [{ date: "2026-12-24", startTime: "0000", endTime: "2359" }],
};
const SERVER = { hostname: "sip.example.com", port: 5062, requestUriUserParams: { tenantId: "cakes", other_key: "1" } };
const CALLING = {
  status: "ENABLED",
  callIconVisibility: "DISABLE_ALL",
  callIcons: { restrictToUserCountries: ["DE", "BR"] },
  callHours: CALL_HOURS,
  callbackPermissionStatus: "ENABLED",
  srtpKeyExchangeProtocol: "SDES",
  sip: { status: "ENABLED", servers: [SERVER] },
  audio: { additionalCodecs: ["PCMU", "PCMA"] },
  video: { status: "ENABLED" },
};
const NO_STORAGE = { status: "NO_STORAGE_ENABLED", retentionMinutes: 60 };
const USUAL_STORAGE = { status: "IN_COUNTRY_STORAGE_DISABLED" };
const CHECKED = { enableIdentityKeyCheck: true };
const full = () => ({
  ...least,
  calling: CALLING,
  storageConfiguration: NO_STORAGE,
  userIdentityChange: CHECKED,
});

/** What another program, or somebody in WhatsApp Manager, does. */
const sets =
  (block: JsonObject) =>
  ({ emulator }: Lifecycle): Promise<void> =>
    asSomebody(emulator, `POST ${ICE_CREAM.id}/settings`, block);

function numbers(state: object): Readonly<Record<string, object>> {
  return (state as { numbers: Record<string, object> }).numbers;
}

/** Those of SIP servers are drawn anew. */
function withoutPasswords(number: object | undefined): unknown {
  return JSON.parse(JSON.stringify(number).replace(/"sip_user_password":"[^"]*"/g, '"sip_user_password":""'));
}

const withCalling = (change: object) => () => ({ ...full(), calling: { ...CALLING, ...change } });

export const PHONE_NUMBER_SETTINGS: Subject<Ground> = {
  className: "PhoneNumberSettings",
  handlers: "phoneNumberSettings",
  ground: async ({ emulator }) => {
    emulator.patchNumber(ICE_CREAM.id, { whatsapp_business_manager_messaging_limit: "TIER_2K" });
    return { names: {} };
  },
  wabaId: WABA,
  findsAccountByGet: true,
  least: () => least,
  full,
  parts: () => ({
    calling: { calling: { status: "ENABLED", sip: { status: "DISABLED" } } },
    storage: { storageConfiguration: NO_STORAGE },
    "identity check, as nobody set it": { userIdentityChange: { enableIdentityKeyCheck: false } },
    options: { onDelete: "retain", credential: "acme" },
  }),
  values: () => ({
    phoneNumberId: { right: [ICE_CREAM.id], wrong: ["cakes", 1754951608042154, ""] },
    wabaId: { right: [WABA], wrong: ["my-account", 5, ""] },
    calling: {
      right: [
        { status: "DISABLED" },
        { callIcons: { restrictToUserCountries: [] } },
        {
          callHours: {
            ...CALL_HOURS,
            weeklyOperatingHours: [HOURS, { ...HOURS, openTime: "1800", closeTime: "1900" }],
          },
        },
        { sip: { status: "DISABLED" } },
        { sip: { status: "ENABLED", servers: [{ hostname: "a.b" }] } },
        { audio: { additionalCodecs: [] }, video: { status: "DISABLED" } },
      ],
      wrong: [
        {},
        "ENABLED",
        { status: "enabled" },
        { colour: "red" },
        { callIconVisibility: "hidden" },
        { callIcons: { restrictToUserCountries: ["deu"] } },
        { callHours: { ...CALL_HOURS, timezoneId: "" } },
        { callHours: { ...CALL_HOURS, weeklyOperatingHours: [{ ...HOURS, openTime: "9:00" }] } },
        { callHours: { ...CALL_HOURS, weeklyOperatingHours: [{ ...HOURS, openTime: "1800" }] } },
        {
          callHours: {
            ...CALL_HOURS,
            weeklyOperatingHours: [HOURS, { ...HOURS, openTime: "1759", closeTime: "2000" }],
          },
        },
        {
          callHours: {
            ...CALL_HOURS,
            weeklyOperatingHours: [
              HOURS,
              { ...HOURS, openTime: "0100", closeTime: "0200" },
              { ...HOURS, openTime: "0300", closeTime: "0400" },
            ],
          },
        },
        { callHours: { ...CALL_HOURS, holidaySchedule: [{ date: "24.12.2026", startTime: "0000", endTime: "2359" }] } },
        { callHours: { ...CALL_HOURS, holidaySchedule: Array(21).fill(CALL_HOURS.holidaySchedule[0]) } },
        { sip: { status: "ENABLED" } },
        { sip: { status: "ENABLED", servers: [{ hostname: "", port: 1 }] } },
        { sip: { status: "ENABLED", servers: [{ hostname: "a.b", port: 65_536 }] } },
        { srtpKeyExchangeProtocol: "DTLS-SRTP" },
        { audio: { additionalCodecs: ["OPUS"] } },
        { video: {} },
      ],
    },
    storageConfiguration: {
      right: [NO_STORAGE, USUAL_STORAGE, { status: "NO_STORAGE_ENABLED" }],
      wrong: [
        { status: "IN_COUNTRY_STORAGE_ENABLED", dataLocalizationRegion: "BR" },
        { status: "IN_COUNTRY_STORAGE_ENABLED" },
        { ...NO_STORAGE, retentionMinutes: 61 },
        { ...USUAL_STORAGE, retentionMinutes: 60 },
        { status: "default" },
        "NO_STORAGE_ENABLED",
      ],
    },
    userIdentityChange: {
      right: [{ enableIdentityKeyCheck: false }],
      wrong: [{}, { enabled: true }, { enableIdentityKeyCheck: "true" }, true],
    },
    onDelete: { right: ["retain"], wrong: ["delete", true] },
    credential: { right: ["acme"], wrong: ["", "nobody"] },
  }),
  secretArgs: [],
  secretOutputs: [],
  secrets: () => [],
  steering: { credential: "acme", onDelete: "retain" },
  changes: [
    { what: "calls off", to: withCalling({ status: "DISABLED" }), shows: ["calling"], writes: [SET] },
    {
      what: "other hours and servers",
      to: withCalling({
        callHours: { ...CALL_HOURS, holidaySchedule: [] },
        sip: { status: "ENABLED", servers: [{ hostname: "sip2.example.com" }] },
      }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "the check off",
      to: () => ({ ...full(), userIdentityChange: { enableIdentityKeyCheck: false } }),
      shows: ["userIdentityChange"],
      writes: [SET],
    },
    {
      what: "the usual storage",
      to: () => ({ ...full(), storageConfiguration: USUAL_STORAGE }),
      shows: ["storageConfiguration"],
      writes: [SET],
    },
    {
      what: "all for the first time",
      from: () => least,
      to: full,
      shows: ["calling", "storageConfiguration", "userIdentityChange"],
      writes: [SET, SET, SET],
    },
  ],
  drifts: [
    {
      what: "calls were ended",
      happens: sets({ calling: { status: "DISABLED" } }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "its call button was shown",
      happens: sets({ calling: { call_icon_visibility: "DEFAULT" } }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "the countries of its call button were changed",
      happens: sets({ calling: { call_icons: { restrict_to_user_countries: ["BR"] } } }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "its hours were changed",
      happens: sets({
        calling: { call_hours: { status: "DISABLED", timezone_id: "UTC", weekly_operating_hours: [] } },
      }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "its SIP servers were taken away",
      happens: sets({ calling: { sip: { status: "ENABLED" } } }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "five parts of calling were changed",
      happens: sets({
        calling: {
          callback_permission_status: "DISABLED",
          srtp_key_exchange_protocol: "DTLS",
          sip: { status: "DISABLED" },
          audio: { additional_codecs: [] },
          video: { status: "DISABLED" },
        },
      }),
      shows: ["calling"],
      writes: [SET],
    },
    {
      what: "lists are in another order",
      happens: sets({
        calling: {
          call_icons: { restrict_to_user_countries: ["BR", "DE"] },
          audio: { additional_codecs: ["PCMA", "PCMU"] },
        },
      }),
      shows: "none",
      writes: [],
    },
    {
      what: "its storage was reset, as by a deregistration",
      happens: sets({ storage_configuration: { status: "IN_COUNTRY_STORAGE_DISABLED" } }),
      shows: ["storageConfiguration"],
      writes: [SET],
    },
    {
      what: "it was given a storage region",
      happens: sets({
        storage_configuration: { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: "BR" },
      }),
      shows: ["storageConfiguration"],
      writes: [SET],
    },
    {
      what: "its identity check was turned off",
      happens: sets({ user_identity_change: { enable_identity_key_check: false } }),
      shows: ["userIdentityChange"],
      writes: [SET],
    },
    {
      what: "a feature that is not ours was changed",
      happens: sets({ payload_encryption: { status: "DISABLED" } }),
      shows: "none",
      writes: [],
    },
    {
      what: "all of them were changed",
      happens: async (lifecycle) => {
        await sets({ user_identity_change: { enable_identity_key_check: false } })(lifecycle);
        await sets({ storage_configuration: { status: "IN_COUNTRY_STORAGE_DISABLED" } })(lifecycle);
        await sets({ calling: { video: { status: "DISABLED" } } })(lifecycle);
      },
      shows: ["calling", "storageConfiguration", "userIdentityChange"],
      writes: [SET, SET, SET],
    },
  ],
  ends: [],
  atMeta: (emulator) => withoutPasswords(numbers(emulator.state())[ICE_CREAM.id]),
  missingId: "999999999999999",
};
