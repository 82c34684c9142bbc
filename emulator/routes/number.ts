/** Routes of a phone number: `/{PNID}` and its edges. */
import { GUIDE, OPENAPI } from "../known.ts";
import { readCommerceSettings, updateCommerceSettings } from "../operations/commerce-settings.ts";
import { configureAutomation } from "../operations/conversational-automation.ts";
import { readBadge, requestBadge } from "../operations/official-business-account.ts";
import { readProfile, updateProfile } from "../operations/profile.ts";
import { readNumber } from "../operations/read-number.ts";
import { deregisterNumber, registerNumber } from "../operations/register.ts";
import { requestNumberCode } from "../operations/request-code.ts";
import { readSettings, updateSettings } from "../operations/settings.ts";
import { updateNumber } from "../operations/update-number.ts";
import { verifyNumberCode } from "../operations/verify-code.ts";
import { numberChallenge } from "../operations/webhook-override.ts";
import type { Scope } from "../tokens.ts";
import type { Route } from "./route.ts";

const MANAGE: readonly Scope[] = ["whatsapp_business_management"];
const REGISTER: readonly Scope[] = ["whatsapp_business_management", "whatsapp_business_messaging"];
const PIN = { marks: "D", source: GUIDE, note: "6 digits as text; a number is taken too" };
const PROFILE_GUIDE = "Meta's guide: business profiles";
const OBA_GUIDE = "Meta's guide: official business accounts";
const AUTOMATION_GUIDE = "Meta's guide: conversational components";

export const NUMBER_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/{PNID}",
    on: "number",
    run: readNumber,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    note: "the fields that come unasked are those of the list (I)",
  },
  {
    method: "POST",
    template: "/{PNID}",
    on: "number",
    run: updateNumber,
    challenge: numberChallenge,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    note: "several keys in one call: all are right before one takes effect (I); a banned number keeps PIN and name: 131031 (I)",
    params: {
      pin: PIN,
      new_display_name: { marks: "D", source: GUIDE },
      webhook_configuration: {
        marks: "D",
        source: "Meta's guide: webhook overrides",
        note: "the URL answers hub.challenge during the call; at most 200 characters; empty removes; http on loopback alone (I)",
      },
      search_visibility: { marks: "O T", source: OPENAPI, note: "VISIBLE, HIDDEN (O) or NON_VISIBLE (T)" },
    },
  },
  {
    method: "POST",
    template: "/{PNID}/request_code",
    on: "number",
    run: requestNumberCode,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    params: {
      code_method: { required: true, marks: "D", source: GUIDE },
      language: { required: true, marks: "D I", source: GUIDE, note: "`en` and `en_US` are both taken" },
    },
  },
  {
    method: "POST",
    template: "/{PNID}/verify_code",
    on: "number",
    run: verifyNumberCode,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    params: { code: { required: true, marks: "D", source: GUIDE, note: "without the hyphen of the SMS" } },
  },
  {
    method: "POST",
    template: "/{PNID}/register",
    on: "number",
    run: registerNumber,
    seesGone: true,
    scopes: REGISTER,
    marks: "D",
    source: GUIDE,
    note: "10 calls in 72 hours (D): one counts once its parameters fit, whether or not the number refuses it (I). backup and meta_store_retention_minutes: 501",
    params: {
      messaging_product: { required: true, marks: "D", source: GUIDE },
      pin: { required: true, ...PIN },
      data_localization_region: { marks: "D O", source: OPENAPI, note: "from v21 on: by settings, before registering" },
      tier: { marks: "D O", source: OPENAPI, note: "not looked at: guide and file differ, and nothing shows it again" },
      cert: { marks: "D", source: "Meta's older guides", note: "not looked at: the Cloud API needs none" },
    },
  },
  {
    method: "POST",
    template: "/{PNID}/deregister",
    on: "number",
    run: deregisterNumber,
    seesGone: true,
    scopes: REGISTER,
    marks: "D",
    source: GUIDE,
    note: "of a number that is not registered: 133010 (the file says 2207051); of a banned one 131031 (I)",
  },
  {
    method: "GET",
    template: "/{PNID}/settings",
    on: "number",
    run: readSettings,
    scopes: MANAGE,
    marks: "D",
    source: GUIDE,
    note: "blocks that were never set are left out",
    params: { include_sip_credentials: { marks: "O", source: OPENAPI, note: "false unless told" } },
  },
  {
    method: "POST",
    template: "/{PNID}/settings",
    on: "number",
    run: updateSettings,
    scopes: MANAGE,
    marks: "D O",
    source: GUIDE,
    note: "exactly one block a request (O); words upper case and keys as in the guides: the file's are refused",
    params: {
      calling: { marks: "D", source: "Meta's guide: call settings", note: "ENABLED needs a limit of 2K; 138000 is I" },
      storage_configuration: {
        marks: "D",
        source: "Meta's guide: local storage",
        note: "only while the number is not registered; deregistering ends it",
      },
      user_identity_change: { marks: "D", source: "Meta's guide: identity change check" },
      payload_encryption: { marks: "O", source: OPENAPI, note: "upper case as its neighbours (I)" },
    },
  },
  {
    method: "GET",
    template: "/{PNID}/whatsapp_business_profile",
    on: "number",
    run: readProfile,
    scopes: MANAGE,
    marks: "D R",
    source: PROFILE_GUIDE,
    note: "flat in data[0]; the file nests it",
  },
  {
    method: "POST",
    template: "/{PNID}/whatsapp_business_profile",
    on: "number",
    run: updateProfile,
    scopes: MANAGE,
    marks: "D",
    source: PROFILE_GUIDE,
    note: "empty text unsets (I), but not about (D) and vertical (T)",
    params: {
      messaging_product: { required: true, marks: "D", source: PROFILE_GUIDE },
      about: { marks: "D", source: PROFILE_GUIDE, note: "1 to 139 characters" },
      address: { marks: "D", source: PROFILE_GUIDE, note: "256 characters at most" },
      description: { marks: "D", source: PROFILE_GUIDE, note: "512 characters at most; the file says 256" },
      email: { marks: "D", source: PROFILE_GUIDE, note: "128 characters at most" },
      profile_picture_handle: {
        marks: "D",
        source: PROFILE_GUIDE,
        note: "of an upload; one that no upload gave, and one of no picture, is 100 (I); empty takes the picture away (I)",
      },
      vertical: { marks: "D O", source: OPENAPI },
      websites: { marks: "D", source: PROFILE_GUIDE, note: "2 at most, 256 characters each" },
    },
  },
  {
    method: "GET",
    template: "/{PNID}/official_business_account",
    on: "number",
    run: readBadge,
    scopes: MANAGE,
    marks: "O",
    source: OPENAPI,
    note: "the guide reads the field of the same name",
  },
  {
    method: "POST",
    template: "/{PNID}/official_business_account",
    on: "number",
    run: requestBadge,
    scopes: MANAGE,
    marks: "D",
    source: OBA_GUIDE,
    note: "the file's body {action} is refused; after a refusal 30 days until the next (D), counted from it (I)",
    params: {
      business_website_url: { required: true, marks: "D", source: OBA_GUIDE },
      primary_country_of_operation: { required: true, marks: "D", source: OBA_GUIDE },
      primary_language: { required: true, marks: "D", source: OBA_GUIDE },
      parent_business_or_brand: { marks: "D", source: OBA_GUIDE },
      additional_supporting_information: { marks: "D", source: OBA_GUIDE },
      supporting_links: { marks: "D", source: OBA_GUIDE, note: "5 at most" },
    },
  },
  {
    method: "POST",
    template: "/{PNID}/conversational_automation",
    on: "number",
    run: configureAutomation,
    scopes: MANAGE,
    marks: "D",
    source: AUTOMATION_GUIDE,
    note: "what is left out stays (I); read as a field of the number",
    params: {
      enable_welcome_message: { marks: "D", source: AUTOMATION_GUIDE },
      prompts: { marks: "D", source: AUTOMATION_GUIDE, note: "4 of 80 characters; the file says 3" },
      commands: { marks: "D", source: AUTOMATION_GUIDE, note: "30; names of 32 characters, the file says 30" },
    },
  },
  {
    method: "GET",
    template: "/{PNID}/whatsapp_commerce_settings",
    on: "number",
    run: readCommerceSettings,
    scopes: MANAGE,
    marks: "D",
    source: OPENAPI,
  },
  {
    method: "POST",
    template: "/{PNID}/whatsapp_commerce_settings",
    on: "number",
    run: updateCommerceSettings,
    scopes: MANAGE,
    marks: "D",
    source: OPENAPI,
    params: {
      is_cart_enabled: { marks: "D", source: OPENAPI },
      is_catalog_visible: { marks: "D", source: OPENAPI },
    },
  },
];
