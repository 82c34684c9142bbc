/** The steps of a plan, as calls. Graph's success says that all is set, so nothing is read again. */
import type { NumberSettings } from "../../graph/number-settings.ts";
import type { NumberSettings as Settings } from "../../schemas/number-settings.ts";
import type { State } from "../../schemas/phone-number-settings-state.ts";
import { DeclarationError } from "../declaration-error.ts";
import type { Step } from "./plan.ts";

/** @throws DeclarationError for a storage that a registered number cannot have */
export async function take(api: NumberSettings, step: Step, state: State, label: string): Promise<State> {
  const { phoneNumberId: id } = state.echo;
  switch (step.do) {
    case "setUserIdentityChange":
      await api.setUserIdentityChange(id, step.userIdentityChange);
      return withSettings(state, { userIdentityChange: step.userIdentityChange });
    case "setStorageConfiguration":
      await api.setStorageConfiguration(id, step.storageConfiguration);
      return withSettings(state, { storageConfiguration: step.storageConfiguration });
    case "setCalling":
      await api.setCalling(id, step.calling);
      return withSettings(state, { calling: { ...state.observed.calling, ...step.calling } });
    case "refuseStorage":
      throw new DeclarationError(
        `The number is registered, and Meta changes its storage only while it is not · ${label}: ` +
          `${storageText(state.observed.storageConfiguration)}, declared is ${storageText(step.storageConfiguration)} · ` +
          "deregister it first (PhoneNumber registers it again), or declare the storage that it has; nothing was done " +
          "with its storage",
      );
  }
}

function withSettings(state: State, settings: Settings): State {
  return { ...state, observed: { ...state.observed, ...settings } };
}

function storageText({ status, dataLocalizationRegion: region }: Settings["storageConfiguration"] = {}): string {
  if (region !== undefined) return `its messages are stored in ${region} (dataLocalizationRegion)`;
  return status ?? "its messages are stored in Meta's default place";
}
