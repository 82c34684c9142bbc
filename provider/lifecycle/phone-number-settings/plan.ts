/**
 * What to do next about a number's settings: one step, or nothing. Pure, and asked by `diff` and by `create` and `update`
 * alike, so that a preview shows a change exactly where an `up` would make a call, or say why it cannot.
 *
 * Graph takes one feature a call. Calling comes last, since Meta may refuse it for as long as the portfolio's limit is low.
 */
import type { NumberSettings } from "../../schemas/number-settings.ts";
import type { PhoneNumberSettingsInputs } from "../../schemas/phone-number-settings-inputs.ts";
import type { State } from "../../schemas/phone-number-settings-state.ts";
import { differing, isAlike, partsOf } from "./values.ts";

type Value<Feature extends keyof NumberSettings> = NonNullable<NumberSettings[Feature]>;

export type Step =
  | { readonly do: "setUserIdentityChange"; readonly userIdentityChange: Value<"userIdentityChange"> }
  | { readonly do: "setStorageConfiguration"; readonly storageConfiguration: Value<"storageConfiguration"> }
  | { readonly do: "setCalling"; readonly calling: Value<"calling"> }
  /** Meta takes another storage only while the number is not registered. */
  | { readonly do: "refuseStorage"; readonly storageConfiguration: Value<"storageConfiguration"> };

export function plan({ observed }: State, declared: PhoneNumberSettingsInputs): Step | undefined {
  if (observed.livesOnApp) return undefined;
  const { userIdentityChange, storageConfiguration, calling } = declared;
  if (
    userIdentityChange !== undefined &&
    !isAlike("userIdentityChange", observed.userIdentityChange, userIdentityChange)
  ) {
    return { do: "setUserIdentityChange", userIdentityChange };
  }
  const storage =
    storageConfiguration === undefined ||
    isAlike("storageConfiguration", observed.storageConfiguration, storageConfiguration)
      ? undefined
      : storageConfiguration;
  if (storage !== undefined && !observed.registered) {
    return { do: "setStorageConfiguration", storageConfiguration: storage };
  }
  const parts = differing(observed.calling, calling);
  if (parts.length > 0) return { do: "setCalling", calling: partsOf(calling, parts) };
  return storage === undefined ? undefined : { do: "refuseStorage", storageConfiguration: storage };
}
