/** What clients do with a phone number, from the first read to the last deregister. */
import { NUMBER_NODE } from "../../../emulator/nodes/number.ts";
import { CAKE_SHOP, ICE_CREAM, SANDBOX, WABA } from "../../emulator/emulator-client.ts";
import type { Caller, Scenario } from "../exchange.ts";

const NUMBERS = `/v25.0/${WABA}/phone_numbers`;
const EVERY_FIELD = Object.keys(NUMBER_NODE.fields).join();
const NEW_NUMBER = { cc: "1", phone_number: "2125550100", verified_name: "Lucky Shrub" };
const OTHER_WABA = "102290129340777";
const MOVABLE = { verified_name: "Lucky Shrub", name_status: "APPROVED", platform_type: "CLOUD_API" };
const MOVE = { cc: "1", phone_number: "2125550100", migrate_phone_number: true };
const SMS = { code_method: "SMS", language: "en_US" };
const UNKNOWN_ID = "999999999999999";

export const NUMBER_SCENARIOS: readonly Scenario[] = [
  {
    name: "numbers are read in every state",
    run: async ({ ok, emulator }) => {
      for (const id of [CAKE_SHOP, ICE_CREAM, SANDBOX]) {
        await ok("GET", `/v25.0/${id}`);
        await ok("GET", `/v25.0/${id}?fields=${EVERY_FIELD}`);
        await ok("GET", `/v25.0/${id}?fields=name_status,verified_name`);
      }
      for (const state of STATES) {
        emulator.patchNumber(CAKE_SHOP, state);
        await ok("GET", `/v25.0/${CAKE_SHOP}?fields=${EVERY_FIELD}`);
        await ok("GET", `${NUMBERS}?fields=${EVERY_FIELD}`);
      }
    },
  },
  {
    name: "the hard cases are read",
    options: { seed: "hard" },
    run: async ({ ok, emulator }) => {
      for (const id of emulator.wabaIds) {
        const { data } = await ok("GET", `/v25.0/${id}/phone_numbers?limit=100&fields=${EVERY_FIELD}`);
        await ok("GET", `/v25.0/${id}`);
        for (const number of data as readonly { readonly id: string }[]) {
          await ok("GET", `/v25.0/${number.id}?fields=${EVERY_FIELD}`);
          await ok("GET", `/v25.0/${number.id}/settings`);
          await ok("GET", `/v25.0/${number.id}/whatsapp_business_profile`);
        }
      }
    },
  },
  {
    name: "reads that are refused",
    run: async ({ no, emulator }) => {
      for (const path of [`/v25.0/${CAKE_SHOP}`, NUMBERS]) {
        await no([401, 104], "GET", path, undefined, { token: null });
        await no([401, 190], "GET", path, undefined, { token: "no-such-token" });
        await no([400, 100], "GET", `${path}?fields=no_such_field`);
      }
      await no([400, 100, 33], "GET", `/v25.0/${UNKNOWN_ID}`);
      await no([400, 100, 33], "GET", `/v25.0/${UNKNOWN_ID}/phone_numbers`);
      await no([400, 131059], "GET", `${NUMBERS}?after=no-such-cursor`);
      emulator.addToken({ token: "of-no-account", wabas: [] });
      await no([400, 100, 33], "GET", `/v25.0/${CAKE_SHOP}`, undefined, { token: "of-no-account" });
    },
  },
  {
    name: "the list is paged, sorted and filtered",
    run: async ({ ok }) => {
      const first = await ok("GET", `${NUMBERS}?limit=1`);
      const { next } = first.paging as { next: string };
      const second = await ok("GET", new URL(next).pathname + new URL(next).search);
      const back = (second.paging as { previous: string }).previous;
      await ok("GET", new URL(back).pathname + new URL(back).search);
      await ok("GET", `${NUMBERS}?fields=name_status`);
      await ok("GET", `${NUMBERS}?sort=creation_time.asc`);
      const filtering = JSON.stringify([{ field: "account_mode", operator: "EQUAL", value: "SANDBOX" }]);
      await ok("GET", `${NUMBERS}?filtering=${encodeURIComponent(filtering)}`);
    },
  },
  {
    name: "the list of an account without numbers",
    options: { numbers: 0, wabas: 1 },
    run: async ({ ok, emulator }) => {
      await ok("GET", `/v25.0/${emulator.wabaIds[0]}/phone_numbers`);
    },
  },
  {
    name: "a number is added, verified, registered and deregistered",
    run: async (caller) => {
      const { ok, no } = caller;
      const id = await add(caller);
      await no([400, 100, 2388012], "POST", NUMBERS, NEW_NUMBER);
      await no([400, 133006], "POST", `/v25.0/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
      await no([400, 136025, 2388093], "POST", `/v25.0/${id}/verify_code`, { code: "000000" });
      await verify(caller, id);
      await no([400, 136024], "POST", `/v25.0/${id}/request_code`, SMS);
      await ok("POST", `/v25.0/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
      await no([400, 133005], "POST", `/v25.0/${id}/register`, { messaging_product: "whatsapp", pin: "654321" });
      await ok("POST", `/v25.0/${id}/deregister`);
      await no([400, 133010], "POST", `/v25.0/${id}/deregister`);
    },
  },
  {
    name: "a number moves to another account of its business",
    options: {
      seed: {
        wabas: [{ id: WABA }, { id: OTHER_WABA }],
        phone_numbers: [{ phone_number: "+12125550100", waba_id: WABA, ...MOVABLE }],
      },
    },
    run: async ({ ok, emulator }) => {
      const first = await ok("GET", `${NUMBERS}?display_phone_number=12125550100&summary=true`);
      const [number] = first.data as readonly { readonly id: string }[];
      emulator.patchNumber(number?.id ?? "", { is_pin_enabled: false });
      const { id } = await ok("POST", `/v25.0/${OTHER_WABA}/phone_numbers`, MOVE);
      await ok("GET", `/v25.0/${id}?fields=${EVERY_FIELD}`);
    },
  },
  {
    name: "adding, asking for codes and registering, refused",
    run: async (caller) => {
      const { ok, no, emulator } = caller;
      await no([400, 100], "POST", NUMBERS, { cc: "1", verified_name: "Lucky Shrub" });
      await no([400, 100], "POST", NUMBERS, { ...NEW_NUMBER, phone_number: "12" });
      await no([400, 100, 33], "POST", `/v25.0/${UNKNOWN_ID}/phone_numbers`, NEW_NUMBER);
      const id = await add(caller);
      emulator.deleteNumber(id);
      await no([400, 133015], "POST", NUMBERS, NEW_NUMBER);
      await no([400, 100], "POST", `/v25.0/${ICE_CREAM}/request_code`, { code_method: "FAX", language: "en" });
      for (let count = 0; count < 5; count++) await ok("POST", `/v25.0/${ICE_CREAM}/request_code`, SMS);
      await no([400, 136024, 2388367], "POST", `/v25.0/${ICE_CREAM}/request_code`, SMS);
      await no([400, 100], "POST", `/v25.0/${ICE_CREAM}/verify_code`, {});
      await no([400, 100], "POST", `/v25.0/${CAKE_SHOP}/register`, { pin: "123456" });
      for (let count = 0; count < 10; count++) {
        await ok("POST", `/v25.0/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" });
      }
      const pin = { messaging_product: "whatsapp", pin: "123456" };
      await no([400, 133016], "POST", `/v25.0/${CAKE_SHOP}/register`, pin);
      emulator.patchNumber(ICE_CREAM, { is_on_biz_app: true, platform_type: "ON_PREMISE", status: "DISCONNECTED" });
      await no([400, 100], "POST", `/v25.0/${ICE_CREAM}/register`, pin);
      await no([400, 100], "POST", `/v25.0/${ICE_CREAM}/deregister`);
    },
  },
  {
    name: "the PIN and the display name change",
    run: async ({ ok, no, emulator }) => {
      const path = `/v25.0/${CAKE_SHOP}`;
      await ok("POST", path, { pin: "654321" });
      await ok("POST", path, { new_display_name: "Jasper's Market" });
      await ok("GET", `${path}?fields=${EVERY_FIELD}`);
      emulator.reviewName(CAKE_SHOP, "APPROVED");
      await ok("GET", `${path}?fields=${EVERY_FIELD}`);
      await ok("POST", `${path}/register`, { messaging_product: "whatsapp", pin: "654321" });
      await ok("GET", `${path}?fields=${EVERY_FIELD}`);
      await no([400, 100], "POST", path, {});
      await no([400, 100], "POST", path, { pin: "1234" });
      await no([400, 100], "POST", path, { new_display_name: "J" });
      await no([400, 100, 33], "POST", `/v25.0/${UNKNOWN_ID}`, { pin: "654321" });
    },
  },
];

/** What people and Meta do to a number behind a client's back. */
const STATES: readonly Parameters<Caller["emulator"]["patchNumber"]>[1][] = [
  { code_verification_status: "EXPIRED" },
  { new_display_name: "Jasper's Market", new_name_status: "PENDING_REVIEW" },
  { new_name_status: "APPROVED" },
  { new_display_name: null, new_name_status: null, name_status: "DECLINED" },
  { status: "FLAGGED", quality_rating: "RED" },
  { status: "BANNED", quality_rating: "UNKNOWN" },
  { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE", name_status: "NONE" },
  { webhook_configuration: { application: "https://example.com/hook" } },
  { is_on_biz_app: true, status: "CONNECTED", platform_type: "CLOUD_API" },
  { whatsapp_business_manager_messaging_limit: "TIER_2K" },
  { new_certificate: "CmEKHQj" },
];

async function add({ ok }: Caller): Promise<string> {
  return String((await ok("POST", NUMBERS, NEW_NUMBER)).id);
}

async function verify({ ok, emulator }: Caller, id: string): Promise<void> {
  await ok("POST", `/v25.0/${id}/request_code`, SMS);
  await ok("POST", `/v25.0/${id}/verify_code`, { code: emulator.code(id) });
}
