/** Whether what a program declares of a pre-verified number can be right, and its normal form. Pure. */
import type { Settings } from "../../config.ts";
import { preVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import { type Args, type Checked, checkArgs, type Failure } from "../check.ts";

const ARGS: Args = {
  of: "PreVerifiedPhoneNumber",
  shape: preVerifiedPhoneNumberInputs.shape,
  printable: ["businessId", "phoneNumber", "sharedWith", "onDelete", "credential"],
  required: {
    businessId: "is required: the id of the business portfolio in whose pool the number is",
    phoneNumber: "is required: the number in E.164, as +15550783881",
  },
  contradictions,
};

export function checkPreVerifiedPhoneNumber(
  settings: () => Settings,
  news: Readonly<Record<string, unknown>>,
): Checked {
  return checkArgs(ARGS, settings, news);
}

function contradictions({ businessId, sharedWith }: Readonly<Record<string, unknown>>): Failure[] {
  if (!Array.isArray(sharedWith) || !sharedWith.includes(businessId)) return [];
  return [
    { property: "sharedWith", reason: "names the business that has the number: Meta shares only with another one" },
  ];
}
