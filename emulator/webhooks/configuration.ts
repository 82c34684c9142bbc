/** The field webhook_configuration: the callback URLs by level, of which the most special one counts. Pure. */
import type { JsonObject } from "../json.ts";
import type { NumberRecord } from "../records/number.ts";
import type { WabaRecord } from "../records/waba.ts";

/** Unset levels are left out, and the whole when none is set. What a test patched into the number is shown instead. */
export function webhookConfiguration(
  { webhook_configuration: own }: NumberRecord,
  waba: WabaRecord | undefined,
  appUrl: string | undefined,
): JsonObject | undefined {
  const account = waba?.subscribed_apps.find((app) => app.override_callback_uri !== undefined)?.override_callback_uri;
  const levels = {
    phone_number: own?.phone_number,
    whatsapp_business_account: own?.whatsapp_business_account ?? account,
    application: own?.application ?? appUrl,
  };
  return Object.values(levels).some((url) => url !== undefined) ? levels : undefined;
}
