/**
 * A subscription is one app's to one account: its id is `WABA/APP`, both in Graph's digits. Which app it is follows from
 * the token. Pure.
 */
export interface Identity {
  readonly wabaId: string;
  /** Undefined in an id that a person wrote without it: the token's app is meant. */
  readonly appId: string | undefined;
}

export function idOf(wabaId: string, appId: string): string {
  return `${wabaId}/${appId}`;
}

/** Undefined for what is no id of a subscription. */
export function identityIn(id: string): Identity | undefined {
  const { wabaId, appId } = /^(?<wabaId>\d+)(?:\/(?<appId>\d+))?$/.exec(id)?.groups ?? {};
  return wabaId === undefined ? undefined : { wabaId, appId };
}

/** How messages name one. */
export function labelOf({ wabaId, appId }: Identity): string {
  return appId === undefined ? `account ${wabaId}` : `account ${wabaId}, app ${appId}`;
}
