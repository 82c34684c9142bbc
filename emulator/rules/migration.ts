/**
 * A registered number moves to another account of its business:
 *
 *   source CONNECTED, nothing yet → (add) source CONNECTED, new number NOT_VERIFIED and PENDING
 *     → (code, register) source MIGRATED, new number CONNECTED
 *
 * D: until the new number registers the source goes on working. I: the order in which Meta checks.
 */
import { livesOnApp, type NumberRecord } from "../records/number.ts";
import { isApproved, type WabaRecord } from "../records/waba.ts";
import {
  destinationNotApproved,
  nameNotApproved,
  noPaymentAccount,
  noWebhooks,
  numberOnBusinessApp,
  otherBusiness,
  sourceNotApproved,
  testNumber,
  twoStepIsOn,
} from "../refusals/migration.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";

export interface Move {
  readonly source: NumberRecord;
  readonly from: WabaRecord;
  readonly to: WabaRecord;
  /** With retired PINs two-step verification stands in nobody's way (I). */
  readonly pinRetired: boolean;
}

export function refuseMove({ source, from, to, pinRetired }: Move): GraphRefusal | undefined {
  if (livesOnApp(source)) return numberOnBusinessApp();
  if (source.account_mode === "SANDBOX") return testNumber();
  if (from.business_id !== to.business_id) return otherBusiness();
  if (!isApproved(from)) return sourceNotApproved();
  if (!isApproved(to)) return destinationNotApproved();
  if (to.has_payment_method === false) return noPaymentAccount();
  if (to.subscribed_apps.length === 0) return noWebhooks();
  if (source.name_status !== "APPROVED" || source.new_name_status === "PENDING_REVIEW") return nameNotApproved();
  if (source.pin !== undefined && !pinRetired) return twoStepIsOn();
  return undefined;
}

/** D: what a migrated number keeps; proof, registration and PIN are made anew. */
export function keptByMove(source: NumberRecord) {
  return {
    country_dial_code: source.country_dial_code,
    national_number: source.national_number,
    verified_name: source.verified_name,
    name_status: source.name_status,
    quality_rating: source.quality_rating,
    whatsapp_business_manager_messaging_limit: source.whatsapp_business_manager_messaging_limit,
    official_business_account: source.official_business_account,
    migrates_from: source.id,
  };
}

/** I: the old id stays readable, in the list too, and shows where the number went by its status alone. */
export function leaveBehind(source: NumberRecord): NumberRecord {
  return {
    ...source,
    status: "MIGRATED",
    platform_type: "NOT_APPLICABLE",
    throughput: { level: "NOT_APPLICABLE" },
    data_localization_region: undefined,
  };
}
