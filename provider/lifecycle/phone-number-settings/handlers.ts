/** What Pulumi calls on a PhoneNumberSettings: every number has settings. */
import { NumberSettings } from "../../graph/number-settings.ts";
import type { NumberSettings as Settings } from "../../schemas/number-settings.ts";
import { declaredIn } from "../../schemas/phone-number-settings-inputs.ts";
import { readState } from "../../schemas/phone-number-settings-state.ts";
import { handlersOf } from "../number-part.ts";
import { echoOf, isSettled, withDeclared } from "./echo.ts";
import { idOf, phoneNumberIdIn } from "./identity.ts";
import { firstState, isEmpty, refreshed } from "./observe.ts";
import { outputsOf, outputsOfGet } from "./outputs.ts";
import { plan } from "./plan.ts";
import { take } from "./steps.ts";

export const phoneNumberSettingsHandlers = handlersOf({
  words: {
    what: "the phone number settings",
    noun: "set of phone number settings",
    kind: "phone number settings",
    part: "the settings",
    partIs: "settings are",
    undone: "each other's",
    onApp: "settings are left alone",
  },
  idOf,
  phoneNumberIdIn,
  declaredIn,
  readState,
  firstState: (met, node, settings: Settings) => firstState(met, { node, settings }),
  refreshed: (state, node, settings: Settings) => refreshed(state, { node, settings }),
  isEmpty,
  withDeclared,
  isSettled,
  echoOf,
  outputsOf,
  outputsOfGet,
  plan,
  connect: (client, labelOf) => {
    const settings = new NumberSettings(client, labelOf);
    return {
      get: (phoneNumberId) => settings.get(phoneNumberId),
      take: (step, state, label) => take(settings, step, state, label),
    };
  },
});
