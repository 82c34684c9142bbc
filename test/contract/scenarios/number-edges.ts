/** What hangs on a phone number: settings, profile, chat automation, badge, shop. */
import { CAKE_SHOP, ICE_CREAM } from "../../emulator/emulator-client.ts";
import type { Scenario } from "../exchange.ts";
import { uploadedPicture } from "../uploaded-picture.ts";

const UNKNOWN_ID = "999999999999999";
const REGISTERED = `/v25.0/${CAKE_SHOP}`;
const ADDED = `/v25.0/${ICE_CREAM}`;
const WEEK = [{ day_of_week: "MONDAY", open_time: "0900", close_time: "1700" }];

const CALLING = {
  status: "ENABLED",
  call_icon_visibility: "DEFAULT",
  call_icons: { restrict_to_user_countries: ["US"] },
  call_hours: { status: "ENABLED", timezone_id: "Europe/Berlin", weekly_operating_hours: WEEK, holiday_schedule: [] },
  callback_permission_status: "ENABLED",
  srtp_key_exchange_protocol: "DTLS",
  sip: { status: "ENABLED", servers: [{ hostname: "sip.example.com", port: 5061 }] },
  audio: { additional_codecs: ["PCMA"] },
  video: { status: "ENABLED" },
};
const PROFILE = {
  messaging_product: "whatsapp",
  about: "Cakes",
  address: "1 Hacker Way",
  description: "Cakes of every kind",
  email: "cakes@example.com",
  vertical: "RESTAURANT",
  websites: ["https://example.com"],
};
const APPLICATION = {
  business_website_url: "https://example.com",
  primary_country_of_operation: "Germany",
  primary_language: "German",
};

export const EDGE_SCENARIOS: readonly Scenario[] = [
  {
    name: "settings of a number",
    run: async ({ ok, no, emulator }) => {
      await ok("GET", `${ADDED}/settings`);
      await ok("POST", `${ADDED}/settings`, { calling: { status: "DISABLED" } });
      await ok("GET", `${ADDED}/settings`);
      emulator.patchNumber(CAKE_SHOP, { whatsapp_business_manager_messaging_limit: "TIER_2K" });
      await ok("POST", `${REGISTERED}/settings`, { calling: CALLING });
      await ok("POST", `${REGISTERED}/settings`, { user_identity_change: { enable_identity_key_check: true } });
      const key = { status: "ENABLED", client_encryption_key: "LS0tLS1CRUdJTg==" };
      await ok("POST", `${REGISTERED}/settings`, { payload_encryption: key });
      await ok("GET", `${REGISTERED}/settings`);
      await ok("GET", `${REGISTERED}/settings?fields=storage_configuration`);
      await ok("GET", `${REGISTERED}/settings?include_sip_credentials=true`);
      const storages = [
        { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: "DE" },
        { status: "NO_STORAGE_ENABLED", retention_minutes: 60 },
        { status: "IN_COUNTRY_STORAGE_DISABLED" },
      ];
      for (const storage_configuration of storages) {
        await ok("POST", `${ADDED}/settings`, { storage_configuration });
        await ok("GET", `${ADDED}/settings`);
      }
      await no([400, 100], "POST", `${ADDED}/settings`, {});
      await no([400, 100], "POST", `${REGISTERED}/settings`, { storage_configuration: storages[0] });
      await no([400, 138000], "POST", `${ADDED}/settings`, { calling: { status: "ENABLED" } });
      await no([400, 100], "GET", `${ADDED}/settings?fields=no_such_field`);
      await no([400, 100, 33], "GET", `/v25.0/${UNKNOWN_ID}/settings`);
    },
  },
  {
    name: "the business profile of a number",
    run: async ({ ok, no, emulator }) => {
      const path = `${REGISTERED}/whatsapp_business_profile`;
      await ok("GET", path);
      await ok("POST", path, { ...PROFILE, profile_picture_handle: await uploadedPicture(emulator) });
      await ok("GET", path);
      await ok("GET", `${path}?fields=about,websites`);
      await no([400, 100], "POST", path, { about: "Cakes" });
      await no([400, 100], "POST", path, { messaging_product: "whatsapp", vertical: "NO_SUCH_VERTICAL" });
      await no([400, 100], "GET", `${path}?fields=no_such_field`);
      await no([400, 100, 33], "POST", `/v25.0/${UNKNOWN_ID}/whatsapp_business_profile`, PROFILE);
    },
  },
  {
    name: "chat automation of a number",
    run: async ({ ok, no }) => {
      const path = `${REGISTERED}/conversational_automation`;
      const commands = [{ command_name: "order", command_description: "Order a cake" }];
      await ok("POST", path, { enable_welcome_message: true, prompts: ["Which cakes are there?"], commands });
      await ok("GET", `${REGISTERED}?fields=conversational_automation`);
      await no([400, 100], "POST", path, { prompts: ["1", "2", "3", "4", "5"] });
      await no([400, 100], "POST", path, {});
    },
  },
  {
    name: "the badge of a number",
    run: async ({ ok, no }) => {
      const path = `${REGISTERED}/official_business_account`;
      await ok("GET", path);
      await ok("POST", path, APPLICATION);
      await ok("GET", path);
      await ok("GET", `${path}?fields=oba_status`);
      await no([400, 100], "POST", path, APPLICATION);
      await no([400, 100], "POST", `${ADDED}/official_business_account`, {});
      await no([400, 100], "GET", `${path}?fields=no_such_field`);
    },
  },
  {
    name: "the shop of a number",
    run: async ({ ok, no }) => {
      const path = `${REGISTERED}/whatsapp_commerce_settings`;
      await ok("GET", path);
      await ok("POST", `${path}?is_cart_enabled=false&is_catalog_visible=true`);
      await ok("GET", path);
      await ok("GET", `${path}?fields=is_cart_enabled`);
      await no([400, 100], "POST", path, {});
      await no([400, 100], "GET", `${path}?fields=no_such_field`);
    },
  },
];
