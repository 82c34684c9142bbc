/** What Graph shows of a number and its settings, and what we hold to be true because of it. Pure. */
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { NumberSettings } from "../../schemas/number-settings.ts";
import type { State } from "../../schemas/phone-number-settings-state.ts";
import type { Met } from "../number-part.ts";
import { isRegistered, livesOnApp } from "../phase.ts";
import { observedOf } from "../phone-number/observe.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { speltAs } from "./echo.ts";

interface Seen {
  readonly node: PhoneNumberNode;
  readonly settings: NumberSettings;
}

/** The state of settings that we meet for the first time. */
export function firstState({ phoneNumberId, credential, ...who }: Met, seen: Seen): State {
  const state = {
    ...who,
    observed: { livesOnApp: false, registered: false },
    ledger: { managed: [], managedCalling: [] },
    echo: withoutUndefined({ phoneNumberId, credential }),
  };
  return refreshed(state, seen);
}

/** The state after a fresh read. What means the same as before is written as before. */
export function refreshed(state: State, { node, settings }: Seen): State {
  const number = observedOf(node);
  const observed = withoutUndefined({
    ...settings,
    livesOnApp: livesOnApp(number),
    registered: isRegistered(number),
    displayPhoneNumber: number.displayPhoneNumber,
  });
  return { ...state, observed: speltAs(observed, state.observed) };
}

/** True where nobody has set anything yet. */
export function isEmpty({ observed: { calling, storageConfiguration, userIdentityChange } }: State): boolean {
  return [calling, storageConfiguration, userIdentityChange].every((feature) => feature === undefined);
}
