/** Whether what a program declares of a number's settings can be right, and its normal form. Pure. */
import type { Settings } from "../../config.ts";
import { phoneNumberSettingsInputs } from "../../schemas/phone-number-settings-inputs.ts";
import { type Args, type Checked, checkArgs } from "../check.ts";

const { shape } = phoneNumberSettingsInputs;

const ARGS: Args = {
  of: "PhoneNumberSettings",
  shape,
  printable: Object.keys(shape),
  required: { phoneNumberId: "is required: the id of the number whose settings they are" },
  contradictions: () => [],
};

export function checkPhoneNumberSettings(settings: () => Settings, news: Readonly<Record<string, unknown>>): Checked {
  return checkArgs(ARGS, settings, news);
}
