/**
 * What the frozen stacks of the classes besides PhoneNumber went through, each ending with the program that was last
 * applied. make.ts tells them to the version of the day.
 */
import { claim, POOLED, SEED, SMS, withCode } from "../support/pre-verified.ts";
import { TEXTS } from "../support/profile.ts";
import type { Scene, Story } from "./stories.ts";

/** The class, by the name of its handlers. */
export const CLASSES = [
  "webhookSubscription",
  "businessProfile",
  "phoneNumberSettings",
  "preVerifiedPhoneNumber",
] as const;
export type Class = (typeof CLASSES)[number];

const WABA = "102290129340398";
const ICE_CREAM = "1754951608042154";
const DAY = 24 * 60;
const refused = (code: number) => ({ error: { message: `(#${code}) refused`, code, fbtrace_id: "Az8" } });

const NUMBER = { phoneNumberId: ICE_CREAM, wabaId: WABA };
const MONDAY = { dayOfWeek: "MONDAY", openTime: "0900", closeTime: "1800" };
const SERVER = { hostname: "sip.example.com", port: 5062, requestUriUserParams: { tenantId: "cakes" } };
const CALLING = {
  status: "ENABLED",
  callIconVisibility: "DISABLE_ALL",
  callIcons: { restrictToUserCountries: ["DE", "BR"] },
  callHours: {
    status: "ENABLED",
    timezoneId: "Europe/Berlin",
    weeklyOperatingHours: [MONDAY],
    holidaySchedule: [{ date: "2026-12-24", startTime: "0000", endTime: "2359" }],
  },
  callbackPermissionStatus: "ENABLED",
  srtpKeyExchangeProtocol: "SDES",
  sip: { status: "ENABLED", servers: [SERVER] },
  audio: { additionalCodecs: ["PCMU"] },
  video: { status: "ENABLED" },
};
const NO_STORAGE = { status: "NO_STORAGE_ENABLED", retentionMinutes: 60 };
const TIER_2K = { whatsapp_business_manager_messaging_limit: "TIER_2K" };

async function verified({ stack, emulator }: Scene, more = {}): Promise<ReturnType<typeof withCode>> {
  await stack.up({ ...POOLED, ...more });
  const program = withCode(emulator.code(stack.resource?.id ?? ""), more);
  await stack.up(program);
  return program;
}

const PARTNER = SEED.businesses[1]?.id;

export const CLASS_STORIES: { readonly [Name in Class]: Readonly<Record<string, Story>> } = {
  webhookSubscription: {
    subscribed: applied({ wabaId: WABA }),
    "with an address, and every option": async ({ stack, callbackUrl }) => {
      const address = { callbackUrl, verifyToken: "a verify token" };
      const program = { wabaId: WABA, ...address, onDelete: "unsubscribe", credential: "acme" };
      await stack.up(program);
      return program;
    },
    "an address that was refused": async ({ stack, emulator, callbackUrl }) => {
      const program = { wabaId: WABA, callbackUrl, verifyToken: "a verify token" };
      emulator.addFault({
        match: { path: `/${WABA}/subscribed_apps`, method: "POST" },
        status: 400,
        body: refused(2200),
      });
      await stack.up(program);
      return program;
    },
    "an address that is not declared any more, and not removed yet": async ({ stack, callbackUrl }) => {
      await stack.up({ wabaId: WABA, callbackUrl, verifyToken: "a verify token" });
      return { wabaId: WABA };
    },
  },
  businessProfile: {
    "every text, and a picture": async ({ stack, picture }) => {
      const program = { ...NUMBER, ...TEXTS, picture, onDelete: "retain", credential: "acme" };
      await stack.up(program);
      return program;
    },
    "a few texts": applied({ ...NUMBER, about: TEXTS.about, websites: [] }),
    "a text that somebody changed": async ({ stack, emulator }) => {
      const program = { ...NUMBER, about: TEXTS.about, email: TEXTS.email };
      await stack.up(program);
      emulator.patchNumber(ICE_CREAM, { profile: { ...TEXTS, about: "Closed" } });
      return program;
    },
    "of a number on the app": async ({ stack, emulator }) => {
      emulator.patchNumber(ICE_CREAM, { is_on_biz_app: true });
      const program = { ...NUMBER, about: TEXTS.about };
      await stack.up(program);
      return program;
    },
  },
  phoneNumberSettings: {
    "every setting": async ({ stack, emulator }) => {
      emulator.patchNumber(ICE_CREAM, TIER_2K);
      const userIdentityChange = { enableIdentityKeyCheck: true };
      const settings = { calling: CALLING, storageConfiguration: NO_STORAGE, userIdentityChange };
      const program = { ...NUMBER, ...settings, onDelete: "retain", credential: "acme" };
      await stack.up(program);
      return program;
    },
    "a part of calling": async ({ stack, emulator }) => {
      emulator.patchNumber(ICE_CREAM, TIER_2K);
      const program = { ...NUMBER, calling: { video: { status: "DISABLED" }, status: "ENABLED" } };
      await stack.up(program);
      return program;
    },
    "a storage that a registered number cannot have": async ({ stack }) => {
      const program = { phoneNumberId: "1972385232742141", wabaId: WABA, storageConfiguration: NO_STORAGE };
      await stack.up(program).catch(() => undefined);
      return program;
    },
  },
  preVerifiedPhoneNumber: {
    "code sent": applied(POOLED),
    "code rejected": async ({ stack, emulator }) => {
      await stack.up(POOLED);
      const program = withCode(emulator.code(stack.resource?.id ?? "") === "111111" ? "222222" : "111111");
      await stack.up(program);
      return program;
    },
    "verified and shared, with every option": (scene) =>
      verified(scene, { sharedWith: [PARTNER], onDelete: "delete", credential: "acme" }),
    "verified, to be renewed": async (scene) => {
      await verified(scene);
      scene.pass(60 * DAY);
      return { ...POOLED, verification: { ...SMS, attempt: 2 } };
    },
    "claimed by an account of the business": async (scene) => {
      const program = await verified(scene);
      await claim(scene.emulator, scene.stack.resource?.id ?? "");
      await scene.stack.refresh();
      return program;
    },
    "claimed by a partner": async (scene) => {
      const program = await verified(scene, { sharedWith: [PARTNER] });
      await claim(scene.emulator, scene.stack.resource?.id ?? "", SEED.wabas[1]?.id);
      await scene.stack.refresh();
      return program;
    },
  },
};

function applied(program: Awaited<ReturnType<Story>>): Story {
  return async ({ stack }) => {
    await stack.up(program);
    return program;
  };
}
