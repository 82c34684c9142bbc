/** The business profile of a number, as customers see it in WhatsApp. */
import { z } from "zod";

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
