/**
 * How sure a route, a parameter or a field is. The conformance page is made from these.
 *
 * Marks: D documented in a guide or reference of Meta · S Meta's SDK specification · O only in Meta's OpenAPI file ·
 * R seen in a real answer · T told by a third party · K general Graph behaviour · I inferred here. Several may stand
 * together: `D R`.
 */
export interface Known {
  readonly marks: string;
  /** Who says so, in words or as an address. */
  readonly source: string;
  /** What is left open, or how the emulator decides it. */
  readonly note?: string;
}

export const GUIDE = "Meta's guide: business phone numbers";
export const OPENAPI = "Meta's OpenAPI file, v23.0";
export const LIVE = "answers of live numbers";
