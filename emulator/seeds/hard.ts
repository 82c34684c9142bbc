/**
 * The seed `hard`: what a client meets at Meta sooner or later, beside the default numbers. Each entry's note says what
 * is hard about it; docs/emulator.md lists them. Times count from the start.
 */
import type { NameFlip } from "../rules/display-name.ts";
import { DEFAULT_SEED } from "./default.ts";
import type { SeedFile } from "./seed-file.ts";

const CAPPED_BUSINESS = "506914307656635";
const CAPPED_WABA = "102290129340399";
const PENDING_WABA = "102290129340400";
const PARTNER_BUSINESS = "506914307656636";

const LIVE = { platform_type: "CLOUD_API", created_at: "-200d", last_onboarded_time: "-100d" } as const;
const PROVEN = { code_verification_status: "VERIFIED", created_at: "-20d" } as const;
/** Three days of register calls, the oldest of which is about to fall out of the 72 hours. */
const CALLS = ["-71h", "-60h", "-50h", "-40h", "-30h", "-20h", "-10h", "-5h", "-1h"];

/** With `nameFlip` "register" an approved name is not yet the one in use. */
export function hardSeed(nameFlip: NameFlip): SeedFile {
  const approved = (before: string, name: string) => ({
    verified_name: nameFlip === "approval" ? name : before,
    registered_name: before,
    new_display_name: name,
    new_name_status: "APPROVED",
  });
  return {
    businesses: [
      ...DEFAULT_SEED.businesses,
      {
        id: CAPPED_BUSINESS,
        name: "Cake Palace",
        max_phone_numbers: 2,
        note: "has as many registered numbers as it may: 2",
      },
      { id: PARTNER_BUSINESS, name: "Number Partner", note: "a partner with a pool of pre-verified numbers" },
    ],
    wabas: [
      ...DEFAULT_SEED.wabas,
      { id: CAPPED_WABA, name: "Cake Palace", business_id: CAPPED_BUSINESS, note: "of the business at its cap" },
      { id: PENDING_WABA, name: "New Branch", account_review_status: "PENDING", note: "its own review is pending" },
    ],
    phone_numbers: [
      ...DEFAULT_SEED.phone_numbers,
      {
        note: "a new name is in review",
        id: "1972385232742201",
        phone_number: "+16315554201",
        ...LIVE,
        verified_name: "Old Bakery",
        new_display_name: "New Bakery",
        new_name_status: "PENDING_REVIEW",
        name_requests: ["-1d"],
      },
      {
        note: "a new name was approved yesterday: it must be registered again",
        id: "1972385232742202",
        phone_number: "+16315554202",
        ...LIVE,
        ...approved("Old Diner", "New Diner"),
        name_approved_at: "-1d",
        name_requests: ["-3d"],
      },
      {
        note: "a new name was approved 13 days ago: one day is left to register",
        id: "1972385232742203",
        phone_number: "+16315554203",
        ...LIVE,
        ...approved("Old Florist", "New Florist"),
        name_approved_at: "-13d",
        name_requests: ["-15d"],
      },
      {
        note: "a new name was declined",
        id: "1972385232742204",
        phone_number: "+16315554204",
        ...LIVE,
        verified_name: "Old Garage",
        new_display_name: "Best Garage Ever",
        new_name_status: "DECLINED",
        name_requests: ["-4d"],
      },
      {
        note: "a new name was approved, and nobody registered within 14 days: it expired",
        id: "1972385232742205",
        phone_number: "+16315554205",
        ...LIVE,
        verified_name: nameFlip === "approval" ? "New Hotel" : "Old Hotel",
        registered_name: "Old Hotel",
        new_display_name: "New Hotel",
        new_name_status: "EXPIRED",
        name_requests: ["-17d"],
      },
      {
        note: "ten name changes in 30 days: the next one is refused",
        id: "1972385232742206",
        phone_number: "+16315554206",
        ...LIVE,
        verified_name: "Undecided",
        name_requests: Array.from({ length: 10 }, (_, index) => `-${20 - index}d`),
      },
      {
        note: "verified, its first name in review: register answers 100/2388001",
        id: "1972385232742207",
        phone_number: "+16315554207",
        ...PROVEN,
        verified_name: "First Name",
        name_status: "PENDING_REVIEW",
      },
      {
        note: "verified, its first name declined",
        id: "1972385232742208",
        phone_number: "+16315554208",
        ...PROVEN,
        verified_name: "WhatsApp Shop",
        name_status: "DECLINED",
      },
      {
        note: "on the WhatsApp Business app only (ON_PREMISE, DISCONNECTED, as seen live; is_on_biz_app is of coexistence): any write could cost its owner the account",
        id: "1972385232742209",
        phone_number: "+16315554209",
        platform_type: "ON_PREMISE",
        status: "DISCONNECTED",
        created_at: "-10d",
        verified_name: "Corner Shop",
      },
      {
        note: "coexistence: on the app and on the Cloud API",
        id: "1972385232742210",
        phone_number: "+16315554210",
        ...LIVE,
        verified_name: "Both Worlds",
        is_on_biz_app: true,
      },
      {
        note: "banned",
        id: "1972385232742211",
        phone_number: "+16315554211",
        ...LIVE,
        verified_name: "Too Loud",
        status: "BANNED",
        quality_rating: "RED",
      },
      {
        note: "migrated away to another account",
        id: "1972385232742212",
        phone_number: "+16315554212",
        code_verification_status: "VERIFIED",
        status: "MIGRATED",
        created_at: "-200d",
        last_onboarded_time: "-100d",
        verified_name: "Moved On",
      },
      {
        note: "nine of the ten register calls of 72 hours are used",
        id: "1972385232742213",
        phone_number: "+16315554213",
        ...PROVEN,
        verified_name: "Nearly There",
        register_calls: CALLS,
      },
      {
        note: "blocked from registering for two days more",
        id: "1972385232742214",
        phone_number: "+16315554214",
        ...PROVEN,
        verified_name: "Over The Top",
        register_calls: [...CALLS, "-24h"],
        register_blocked_until: "+48h",
      },
      {
        note: "embedded signup ended 13 days ago: one day is left to register",
        id: "1972385232742215",
        phone_number: "+16315554215",
        ...PROVEN,
        verified_name: "Signed Up",
        embedded_signup_finished_at: "-13d",
      },
      {
        note: "its proof by code expired, and it works",
        id: "1972385232742216",
        phone_number: "+16315554216",
        ...LIVE,
        verified_name: "Old Proof",
        code_verification_status: "EXPIRED",
      },
      {
        note: "quality RED, flagged, and it can send nothing",
        id: "1972385232742217",
        phone_number: "+16315554217",
        ...LIVE,
        verified_name: "Blocked",
        status: "FLAGGED",
        quality_rating: "RED",
        health_status: {
          can_send_message: "BLOCKED",
          entities: [
            {
              entity_type: "PHONE_NUMBER",
              id: "1972385232742217",
              can_send_message: "BLOCKED",
              errors: [
                {
                  error_code: 131031,
                  error_description: "The account has been locked.",
                  possible_solution: "Ask Meta's support for a review.",
                },
              ],
            },
            { entity_type: "WABA", id: "102290129340398", can_send_message: "AVAILABLE" },
            { entity_type: "BUSINESS", id: "506914307656634", can_send_message: "AVAILABLE" },
          ],
        },
      },
      {
        note: "quality RED, and it can send a limited number of messages",
        id: "1972385232742218",
        phone_number: "+16315554218",
        ...LIVE,
        verified_name: "Limited",
        quality_rating: "RED",
        health_status: {
          can_send_message: "LIMITED",
          entities: [
            {
              entity_type: "PHONE_NUMBER",
              id: "1972385232742218",
              can_send_message: "LIMITED",
              additional_info: ["The quality of your messages is low."],
            },
            { entity_type: "WABA", id: "102290129340398", can_send_message: "AVAILABLE" },
            { entity_type: "BUSINESS", id: "506914307656634", can_send_message: "AVAILABLE" },
          ],
        },
      },
      {
        note: "not verified, its code 246810 was sent just now",
        id: "1972385232742219",
        phone_number: "+16315554219",
        created_at: "-1d",
        verified_name: "Waiting",
        code: { value: "246810" },
      },
      {
        note: "verified, with a PIN that nobody knows: register answers 133005",
        id: "1972385232742220",
        phone_number: "+16315554220",
        ...PROVEN,
        verified_name: "Forgotten PIN",
        pin: "907461",
      },
      {
        note: "registered, counts towards the cap",
        id: "1972385232742221",
        phone_number: "+16315554221",
        waba_id: CAPPED_WABA,
        ...LIVE,
        verified_name: "Cake Palace North",
      },
      {
        note: "registered, counts towards the cap",
        id: "1972385232742222",
        phone_number: "+16315554222",
        waba_id: CAPPED_WABA,
        ...LIVE,
        verified_name: "Cake Palace South",
      },
      {
        note: "verified: registering it would go over the cap",
        id: "1972385232742223",
        phone_number: "+16315554223",
        waba_id: CAPPED_WABA,
        ...PROVEN,
        verified_name: "Cake Palace West",
      },
      {
        note: "verified, in the account whose review is pending",
        id: "1972385232742224",
        phone_number: "+16315554224",
        waba_id: PENDING_WABA,
        ...PROVEN,
        verified_name: "New Branch",
      },
    ],
    preverified_numbers: [
      {
        note: "verified 30 days ago, and shared with business 506914307656634",
        id: "2972385232742301",
        business_id: PARTNER_BUSINESS,
        phone_number: "+16315554301",
        code_verification_time: "-30d",
        partners: ["506914307656634"],
      },
      {
        note: "verified 85 days ago: five days are left",
        id: "2972385232742302",
        business_id: PARTNER_BUSINESS,
        phone_number: "+16315554302",
        code_verification_time: "-85d",
        partners: ["506914307656634"],
      },
      {
        note: "verified 91 days ago: expired",
        id: "2972385232742303",
        business_id: PARTNER_BUSINESS,
        phone_number: "+16315554303",
        code_verification_time: "-91d",
        partners: ["506914307656634"],
      },
      {
        note: "not verified yet",
        id: "2972385232742304",
        business_id: PARTNER_BUSINESS,
        phone_number: "+16315554304",
        created_at: "-1d",
      },
    ],
  };
}
