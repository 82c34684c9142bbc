/** What is there without a seed: the account and the numbers of Meta's own samples. */
import type { SeedFile } from "./seed-file.ts";

const CREATED = "2023-08-22T18:00:00Z";

export const DEFAULT_SEED = {
  businesses: [{ id: "506914307656634", name: "Lucky Shrub" }],
  wabas: [{ id: "102290129340398", name: "Lucky Shrub" }],
  phone_numbers: [
    {
      note: "registered",
      id: "1972385232742141",
      phone_number: "+16315551111",
      verified_name: "John's Cake Shop",
      platform_type: "CLOUD_API",
      last_onboarded_time: "2023-08-22T19:05:53+0000",
      created_at: CREATED,
    },
    {
      note: "just added: neither verified nor registered",
      id: "1754951608042154",
      phone_number: "+16315552222",
      verified_name: "Jasper's Ice Cream",
      created_at: CREATED,
    },
    {
      note: "a sandbox number",
      id: "1972385232742143",
      phone_number: "+16315553333",
      verified_name: "Test Number",
      account_mode: "SANDBOX",
      created_at: CREATED,
    },
  ],
} satisfies SeedFile;
