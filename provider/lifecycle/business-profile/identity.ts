/** A profile is its number's: its id is Graph's path of it, `PNID/whatsapp_business_profile`. Pure. */
const EDGE = "whatsapp_business_profile";

export function idOf(phoneNumberId: string): string {
  return `${phoneNumberId}/${EDGE}`;
}

/** The number's id, also of an id that a person wrote as just that. Undefined for what is no id of a profile. */
export function phoneNumberIdIn(id: string): string | undefined {
  return /^(?<number>\d+)(?:\/whatsapp_business_profile)?$/.exec(id)?.groups?.number;
}
