/** What of Meta's health status keeps a number from sending, as it is declared to be used. Pure. */
import type { Observed, State } from "../schemas/phone-number-state.ts";

type Entity = NonNullable<Observed["healthStatus"]>["entities"][number];
type Told = Pick<State, "observed" | "onPremisesDeclared">;

const NOT_REGISTERED = 133010;

/** The status is the Cloud API's: that a number of an on-premises client is not registered there is as declared. */
export function hinderingEntities({ observed: { healthStatus }, onPremisesDeclared }: Told): Entity[] {
  const entities = healthStatus?.entities ?? [];
  return onPremisesDeclared ? entities.filter((entity) => !isOnlyUnregistered(entity)) : entities;
}

/** Whether Meta lets the number send nothing. */
export function isBlocked(state: Told): boolean {
  const { healthStatus } = state.observed;
  if (healthStatus?.canSendMessage !== "BLOCKED") return false;
  const counting = hinderingEntities(state);
  const isWhole = counting.length === healthStatus.entities.length;
  return isWhole || counting.some(({ canSendMessage }) => canSendMessage === "BLOCKED");
}

function isOnlyUnregistered({ errors = [] }: Entity): boolean {
  return errors.length > 0 && errors.every(({ errorCode }) => errorCode === NOT_REGISTERED);
}
