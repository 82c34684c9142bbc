/** What an `up` would change on a PhoneNumberSettings. */
import { declaredIn } from "../../schemas/phone-number-settings-inputs.ts";
import { readState } from "../../schemas/phone-number-settings-state.ts";
import { comparisonOf } from "../number-part-difference.ts";
import { isSettled } from "./echo.ts";
import { plan } from "./plan.ts";

export const comparePhoneNumberSettings = comparisonOf({ declaredIn, readState, isSettled, plan });
