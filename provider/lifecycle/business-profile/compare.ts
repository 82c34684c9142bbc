/** What an `up` would change on a BusinessProfile. */
import { declaredIn } from "../../schemas/business-profile-inputs.ts";
import { readState } from "../../schemas/business-profile-state.ts";
import { comparisonOf } from "../number-part-difference.ts";
import { isSettled } from "./echo.ts";
import { plan } from "./plan.ts";

export const compareBusinessProfile = comparisonOf({ declaredIn, readState, isSettled, plan });
