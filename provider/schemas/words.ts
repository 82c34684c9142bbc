/**
 * Graph's words for the states of a number: the values that Meta documents or that were seen live. Without zod, since
 * the types of the package are made of them.
 */

export const CODE_VERIFICATION_STATUSES = ["VERIFIED", "NOT_VERIFIED", "EXPIRED"] as const;
export const NAME_STATUSES = [
  "APPROVED",
  "AVAILABLE_WITHOUT_REVIEW",
  "DECLINED",
  "EXPIRED",
  "PENDING_REVIEW",
  "NONE",
  "NON_EXISTS",
] as const;
export const NUMBER_STATUSES = [
  "PENDING",
  "CONNECTED",
  "DISCONNECTED",
  "FLAGGED",
  "RESTRICTED",
  "RATE_LIMITED",
  "BANNED",
  "MIGRATED",
  "DELETED",
  "UNKNOWN",
  "UNVERIFIED",
] as const;
export const PLATFORM_TYPES = ["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE"] as const;
export const QUALITY_RATINGS = ["GREEN", "YELLOW", "RED", "UNKNOWN", "NA"] as const;
export const THROUGHPUT_LEVELS = ["STANDARD", "HIGH", "NOT_APPLICABLE"] as const;
export const ACCOUNT_MODES = ["LIVE", "SANDBOX"] as const;
export const CODE_METHODS = ["SMS", "VOICE"] as const;
/** As an on-premises client has them. */
export const CLIENT_CODE_METHODS = ["sms", "voice"] as const;
/** What a business does, as its profile says. Source: Meta's OpenAPI file; UNDEFINED and NOT_A_BIZ: Meta's guide "Business profiles" alone. */
export const BUSINESS_VERTICALS = [
  "UNDEFINED",
  "OTHER",
  "AUTO",
  "BEAUTY",
  "APPAREL",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GROCERY",
  "GOVT",
  "HOTEL",
  "HEALTH",
  "NONPROFIT",
  "PROF_SERVICES",
  "RETAIL",
  "TRAVEL",
  "RESTAURANT",
  "ALCOHOL",
  "ONLINE_GAMBLING",
  "PHYSICAL_GAMBLING",
  "OTC_DRUGS",
  "NOT_A_BIZ",
] as const;
/** Countries that can hold a number's messages at rest. Source: Meta's guide on local storage. */
export const DATA_LOCALIZATION_REGIONS = [
  "AU",
  "ID",
  "IN",
  "JP",
  "SG",
  "KR",
  "DE",
  "CH",
  "GB",
  "BR",
  "BH",
  "ZA",
  "AE",
  "CA",
] as const;

/** One of the listed words, or one that Meta added since. */
export type Word<List extends readonly string[]> = List[number] | (string & {});
export type CodeVerificationStatus = Word<typeof CODE_VERIFICATION_STATUSES>;
export type NameStatus = Word<typeof NAME_STATUSES>;
export type NumberStatus = Word<typeof NUMBER_STATUSES>;
export type PlatformType = Word<typeof PLATFORM_TYPES>;
export type QualityRating = Word<typeof QUALITY_RATINGS>;
export type ThroughputLevel = Word<typeof THROUGHPUT_LEVELS>;
export type BusinessVertical = (typeof BUSINESS_VERTICALS)[number];
export type DataLocalizationRegion = (typeof DATA_LOCALIZATION_REGIONS)[number];
export type AccountMode = Word<typeof ACCOUNT_MODES>;

/** A name status with which a number may be registered under that name. */
export const APPROVED_NAME_STATUSES: readonly string[] = ["APPROVED", "AVAILABLE_WITHOUT_REVIEW"];
