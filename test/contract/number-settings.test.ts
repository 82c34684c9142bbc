/** The provider's calls of a number's settings: what they send, and how they read the file's examples. */
import { expect, test } from "vitest";
import { NumberSettings } from "../../provider/graph/number-settings.ts";
import { json, scriptedClient } from "../support/graph-answers.ts";
import { examplesOf, expectInFile } from "./client-request.ts";

const NUMBER = "1906385232743451";
const GET = "GET /{PNID}/settings";
const POST = "POST /{PNID}/settings";

async function sent(route: string, answer: unknown, call: (api: NumberSettings) => Promise<unknown>) {
  const { client, requests } = scriptedClient([json(200, answer)]);
  await call(new NumberSettings(client, (id) => `number ${id}`));
  return expectInFile(requests[0], route, { [NUMBER]: "{PNID}" });
}

test("a read is in the file, and asks for no password", async () => {
  await sent(GET, {}, (api) => api.get(NUMBER));
});

test("each feature is a call of its own, in the file or in Meta's guides", async () => {
  const hours = { dayOfWeek: "MONDAY", openTime: "0900", closeTime: "1800" };
  const calling = {
    status: "ENABLED",
    callIconVisibility: "DEFAULT",
    callIcons: { restrictToUserCountries: ["DE"] },
    callHours: {
      status: "ENABLED",
      timezoneId: "Europe/Berlin",
      weeklyOperatingHours: [hours],
      holidaySchedule: [{ date: "2026-12-24", startTime: "0000", endTime: "2359" }],
    },
    callbackPermissionStatus: "ENABLED",
    srtpKeyExchangeProtocol: "DTLS",
    sip: { status: "ENABLED", servers: [{ hostname: "a.b", port: 5061, requestUriUserParams: { tenantId: "1" } }] },
    audio: { additionalCodecs: ["PCMA"] },
    video: { status: "ENABLED" },
  };
  expect(await sent(POST, { success: true }, (api) => api.setCalling(NUMBER, calling))).toEqual({
    calling: {
      status: "ENABLED",
      call_icon_visibility: "DEFAULT",
      call_icons: { restrict_to_user_countries: ["DE"] },
      call_hours: {
        status: "ENABLED",
        timezone_id: "Europe/Berlin",
        weekly_operating_hours: [{ day_of_week: "MONDAY", open_time: "0900", close_time: "1800" }],
        holiday_schedule: [{ date: "2026-12-24", start_time: "0000", end_time: "2359" }],
      },
      callback_permission_status: "ENABLED",
      srtp_key_exchange_protocol: "DTLS",
      sip: {
        status: "ENABLED",
        servers: [{ hostname: "a.b", port: 5061, request_uri_user_params: { tenantId: "1" } }],
      },
      audio: { additional_codecs: ["PCMA"] },
      video: { status: "ENABLED" },
    },
  });
  const storage = { status: "NO_STORAGE_ENABLED", retentionMinutes: 60 };
  await sent(POST, { success: true }, (api) => api.setStorageConfiguration(NUMBER, storage));
  await sent(POST, { success: true }, (api) => api.setUserIdentityChange(NUMBER, { enableIdentityKeyCheck: true }));
});

test("the file has examples of settings", () => {
  expect(examplesOf(GET).length).toBeGreaterThan(0);
});

test.each(examplesOf(GET))("reads $name", async ({ value }) => {
  const shown = value as { calling: { status: string }; storage_configuration: { status: string } };
  const { client } = scriptedClient([json(200, value)]);
  const settings = await new NumberSettings(client, (id) => id).get(NUMBER);
  expect(settings.calling?.status).toBe(shown.calling.status);
  expect(settings.storageConfiguration?.status).toBe(shown.storage_configuration.status);
  expect(JSON.stringify(settings)).not.toMatch(/password|[a-z]_[a-z]+":/i);
});
