/** The state version of each class, and the files of their frozen stacks. */
import { join } from "node:path";
import type { Handlers } from "../../provider/resources/provider-text.ts";
import { SCHEMA_VERSION as businessProfile } from "../../provider/schemas/business-profile-state.ts";
import { SCHEMA_VERSION as phoneNumber } from "../../provider/schemas/migrations.ts";
import { SCHEMA_VERSION as phoneNumberSettings } from "../../provider/schemas/phone-number-settings-state.ts";
import { SCHEMA_VERSION as preVerifiedPhoneNumber } from "../../provider/schemas/pre-verified-phone-number-state.ts";
import { SCHEMA_VERSION as webhookSubscription } from "../../provider/schemas/webhook-subscription-state.ts";

export const SCHEMA_VERSIONS = {
  businessProfile,
  phoneNumber,
  phoneNumberSettings,
  preVerifiedPhoneNumber,
  webhookSubscription,
} satisfies Record<Handlers, number>;

export function fileOf(version: number): string {
  return join(import.meta.dirname, `v${version}.json`);
}

export function classFileOf(of: Exclude<Handlers, "phoneNumber">, version: number): string {
  return join(import.meta.dirname, `${of}-v${version}.json`);
}
