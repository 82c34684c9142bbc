/** The business profile of a number, as customers see it in WhatsApp. */
import { z } from "zod";

/** O, with the two that only Meta's guide has: UNDEFINED and NOT_A_BIZ. */
export const VERTICALS = [
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

/** What is unset is left out. */
export const businessProfile = z
  .object({
    about: z.string(),
    address: z.string(),
    description: z.string(),
    email: z.string(),
    /** From an upload; Graph shows an address of the picture instead, another one each time. */
    profile_picture_handle: z.string(),
    websites: z.array(z.string()),
    vertical: z.string(),
  })
  .partial();
export type BusinessProfile = Readonly<z.infer<typeof businessProfile>>;
