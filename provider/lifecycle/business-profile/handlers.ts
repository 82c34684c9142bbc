/** What Pulumi calls on a BusinessProfile: every number has a profile. */
import { BusinessProfiles, type Profile } from "../../graph/business-profiles.ts";
import { declaredIn } from "../../schemas/business-profile-inputs.ts";
import { readState } from "../../schemas/business-profile-state.ts";
import { handlersOf } from "../number-part.ts";
import { echoOf, isSettled, withDeclared } from "./echo.ts";
import { idOf, phoneNumberIdIn } from "./identity.ts";
import { firstState, isEmpty, refreshed } from "./observe.ts";
import { outputsOf, outputsOfGet } from "./outputs.ts";
import { plan } from "./plan.ts";
import { take } from "./steps.ts";

export const businessProfileHandlers = handlersOf({
  words: {
    what: "the business profile",
    noun: "business profile",
    kind: "a business profile",
    part: "the business profile",
    partIs: "business profile is",
    undone: "each other's texts",
    onApp: "business profile is changed there",
  },
  idOf,
  phoneNumberIdIn,
  declaredIn,
  readState,
  firstState: (met, node, profile: Profile) => firstState(met, { node, profile }),
  refreshed: (state, node, profile: Profile) => refreshed(state, { node, profile }),
  isEmpty,
  withDeclared,
  isSettled,
  echoOf,
  outputsOf,
  outputsOfGet,
  plan,
  connect: (client, labelOf) => {
    const profiles = new BusinessProfiles(client, labelOf);
    return {
      get: (phoneNumberId) => profiles.get(phoneNumberId),
      take: (step, state, label) => take(profiles, step, state, label),
    };
  },
});
