/** Settings are their number's: their id is Graph's path of them, `PNID/settings`. Pure. */
export function idOf(phoneNumberId: string): string {
  return `${phoneNumberId}/settings`;
}

/** The number's id, also of an id that a person wrote as just that. Undefined for what is no id of settings. */
export function phoneNumberIdIn(id: string): string | undefined {
  return /^(?<number>\d+)(?:\/settings)?$/.exec(id)?.groups?.number;
}
