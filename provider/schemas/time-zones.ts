/** Zones of the IANA database, by the names that Node knows, aliases among them. Without zod: the emulator asks it too. */

export function isTimeZone(text: string): boolean {
  // Node takes offsets too, as "+01:00": they have no name.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
