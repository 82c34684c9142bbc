/** What the blocks of `/{PNID}/settings` do to a number. */
import { isRegistered, type NumberRecord, type Outcome } from "../records/number.ts";
import type { CallingBlock, NumberSettings, StorageBlock } from "../records/number-settings.ts";
import { callingNotAvailable, storageIsFixed } from "../refusals/settings.ts";

/** D: at least 2K. I: an unlisted word that Meta adds later is a higher one. */
const TIERS_BELOW_CALLING = ["TIER_50", "TIER_250", "TIER_1K", "TIER_NOT_SET", "UNTIERED"];

/**
 * D: calling needs a messaging limit of 2K, test numbers apart. I: only to be enabled; the hours may be set before.
 * Each key replaces what it had, `call_hours` documented so.
 */
export function setCalling(number: NumberRecord, block: CallingBlock, drawPassword: () => string): Outcome {
  const limited = TIERS_BELOW_CALLING.includes(number.whatsapp_business_manager_messaging_limit);
  if (block.status === "ENABLED" && limited && number.account_mode !== "SANDBOX") {
    return { number, refusal: callingNotAvailable() };
  }
  const { sip, ...others } = block;
  const servers = sip?.servers?.map((server) => ({ ...server, sip_user_password: drawPassword() }));
  return withSettings(number, {
    calling: {
      ...number.settings?.calling,
      ...others,
      ...(sip === undefined ? {} : { sip: { status: sip.status, ...(servers === undefined ? {} : { servers }) } }),
    },
  });
}

export function withSettings(number: NumberRecord, settings: NumberSettings): Outcome {
  return { number: { ...number, settings: { ...number.settings, ...settings } } };
}

/** D: only while the number is not registered. */
export function setStorage(number: NumberRecord, block: StorageBlock): Outcome {
  if (isRegistered(number)) return { number, refusal: storageIsFixed() };
  return {
    number: {
      ...number,
      data_localization_region: "data_localization_region" in block ? block.data_localization_region : undefined,
      retention_minutes: "retention_minutes" in block ? block.retention_minutes : undefined,
    },
  };
}
