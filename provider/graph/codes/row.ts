/** How the rows of the table of Graph's codes are written: what several have in common stands once, above them. */
import type { CallKind, Reason } from "../errors.ts";

/** Where Meta describes them. */
export const PAGES = {
  codes: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes",
  graph: "https://developers.facebook.com/docs/graph-api/guides/error-handling",
  limits: "https://developers.facebook.com/docs/graph-api/overview/rate-limiting",
  signup: "https://developers.facebook.com/docs/whatsapp/embedded-signup/errors",
  numbers: "https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers",
  registration: "https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration",
  pins: "https://developers.facebook.com/docs/whatsapp/cloud-api/reference/two-step-verification",
} as const;

export const NEW_TOKEN =
  "The token came from {tokenSource}: set a valid one there. refresh and destroy see the configuration of the last up, so " +
  "give a new token by the environment (WABA_ACCESS_TOKEN, WABA_CREDENTIALS), or run once with --run-program";
export const GRANT =
  "Give the token's system user the WhatsApp Business Account with full control, and the permissions " +
  "whatsapp_business_management and whatsapp_business_messaging";
export const AN_HOUR = "Run again in an hour: each further call now can prolong the block";
export const A_MINUTE = "Run again in a minute: the next run goes on from here";
export const MORE_NUMBERS =
  "A business may have 2 registered numbers, and 20 once it is verified: have it verified (Meta Business Suite, Security " +
  "Center), delete a number that is not needed (WhatsApp Manager), or ask Meta's support for more";
export const SUPPORT =
  "See WhatsApp Manager for this number; if it shows nothing, ask Meta's support with the fbtrace_id";

/** A code alone, one of a kind of call, one with its subcode, a range, or a subcode that is one thing under any code. */
type Which =
  | number
  | { readonly code: number; readonly kind: CallKind }
  | { readonly code: number; readonly subcode: number }
  | { readonly code: number; readonly through: number }
  | { readonly subcode: number };

type Shared = Pick<Reason, "retry" | "class" | "page"> & { readonly remedy?: string };

/** @param list each with its meaning and, where it has one of its own, its remedy */
export function rows(shared: Shared, list: readonly (readonly [Which, meaning: string, remedy?: string])[]): Reason[] {
  return list.map(([which, meaning, remedy = shared.remedy ?? ""]) => ({
    ...shared,
    ...(typeof which === "number" ? { code: which } : which),
    meaning,
    remedy,
  }));
}
