/** Whether what a program declares of a business profile can be right, and its normal form. Pure. */
import type { Settings } from "../../config.ts";
import { businessProfileInputs } from "../../schemas/business-profile-inputs.ts";
import { type Args, type Checked, checkArgs } from "../check.ts";

const { shape } = businessProfileInputs;

const ARGS: Args = {
  of: "BusinessProfile",
  shape,
  printable: Object.keys(shape),
  required: { phoneNumberId: "is required: the id of the number whose profile it is" },
  contradictions: () => [],
};

export function checkBusinessProfile(settings: () => Settings, news: Readonly<Record<string, unknown>>): Checked {
  return checkArgs(ARGS, settings, news);
}
