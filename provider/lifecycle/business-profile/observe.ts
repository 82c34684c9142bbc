/** What Graph shows of a profile and of its number, and what we hold to be true because of it. Pure. */
import type { Profile } from "../../graph/business-profiles.ts";
import type { State } from "../../schemas/business-profile-state.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { Met } from "../number-part.ts";
import { livesOnApp } from "../phase.ts";
import { observedOf } from "../phone-number/observe.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { speltAs } from "./echo.ts";
import { TEXTS } from "./values.ts";

interface Seen {
  readonly node: PhoneNumberNode;
  readonly profile: Profile;
}

/** The state of a profile that we meet for the first time. */
export function firstState({ phoneNumberId, credential, ...who }: Met, seen: Seen): State {
  const observed = { hasPicture: false, livesOnApp: false };
  const state = { ...who, observed, ledger: { managed: [] }, echo: withoutUndefined({ phoneNumberId, credential }) };
  return refreshed(state, seen);
}

/** The state after a fresh read. What means the same as before is written as before. */
export function refreshed(state: State, { node, profile: { websites, ...profile } }: Seen): State {
  const number = observedOf(node);
  const observed = withoutUndefined({
    ...profile,
    websites: websites === undefined ? undefined : [...websites],
    livesOnApp: livesOnApp(number),
    displayPhoneNumber: number.displayPhoneNumber,
  });
  return { ...state, observed: speltAs(observed, state.observed) };
}

/** True where nobody has set anything yet. */
export function isEmpty({ observed }: State): boolean {
  return !observed.hasPicture && TEXTS.every((name) => observed[name] === undefined);
}
