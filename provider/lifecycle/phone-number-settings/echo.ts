/** The args as achieved: what the outputs hold under an arg's name, and what a refresh hands back as inputs. Pure. */
import { isDeepStrictEqual } from "node:util";
import { CALLING_KEYS, type NumberSettings } from "../../schemas/number-settings.ts";
import type { PhoneNumberSettingsInputs } from "../../schemas/phone-number-settings-inputs.ts";
import type { Observed, State } from "../../schemas/phone-number-settings-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { differing, isAlike, partsOf, UNSET } from "./values.ts";

const FEATURES = ["calling", "storageConfiguration", "userIdentityChange"] as const;

/** The state as the program now declares it: where Graph's value is as good as the declared one, it is written as declared. */
export function withDeclared(state: State, declared: PhoneNumberSettingsInputs): State {
  const { phoneNumberId, wabaId, onDelete, credential } = declared;
  return {
    ...state,
    observed: speltAs(state.observed, declared),
    ledger: {
      managed: FEATURES.filter((name) => declared[name] !== undefined),
      managedCalling: CALLING_KEYS.filter((key) => declared.calling?.[key] !== undefined),
    },
    echo: withoutUndefined({ phoneNumberId, wabaId, onDelete, credential }),
  };
}

/** The same values, written as in `model` where that means the same. */
export function speltAs(observed: Observed, model: NumberSettings): Observed {
  const different = differing(observed.calling, model.calling);
  const alike = CALLING_KEYS.filter((key) => !different.includes(key));
  const calling = { ...observed.calling, ...partsOf(model.calling, alike) };
  const { storageConfiguration: storage, userIdentityChange: identity } = model;
  const isStorage = storage !== undefined && isAlike("storageConfiguration", observed.storageConfiguration, storage);
  const isIdentity = identity !== undefined && isAlike("userIdentityChange", observed.userIdentityChange, identity);
  return withoutUndefined({
    ...observed,
    calling: Object.keys(calling).length > 0 ? calling : undefined,
    ...(isStorage ? { storageConfiguration: storage } : {}),
    ...(isIdentity ? { userIdentityChange: identity } : {}),
  });
}

/** What is declared, as far as it was achieved: somebody else's value shows in its place, so that a preview names the property. */
export function echoOf({ observed, ledger: { managed, managedCalling }, echo }: State) {
  const calling = partsOf({ ...UNSET.calling, ...observed.calling }, managedCalling);
  const shown = { ...UNSET, ...observed };
  return withoutUndefined({
    ...echo,
    calling: Object.keys(calling).length > 0 ? calling : undefined,
    storageConfiguration: managed.includes("storageConfiguration") ? shown.storageConfiguration : undefined,
    userIdentityChange: managed.includes("userIdentityChange") ? shown.userIdentityChange : undefined,
  });
}

/**
 * False when the state should say something else of the args than it does, though nothing is to be done at Meta: a
 * credential that changed, a feature that is not declared any more.
 */
export function isSettled(state: State, declared: PhoneNumberSettingsInputs): boolean {
  const now = withDeclared(state, declared);
  return isDeepStrictEqual([echoOf(state), state.ledger], [echoOf(now), now.ledger]);
}
