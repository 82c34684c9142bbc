/**
 * What time alone changes of a number: a proof of ownership ages, an approved name that nobody takes over expires, and
 * Meta's retirement of the PIN reaches it.
 */
import type { NumberRecord } from "../records/number.ts";
import type { Settings } from "../settings.ts";
import { lapseName } from "./display-name.ts";
import { retirePin } from "./pin.ts";
import { lapseClaim } from "./preverified.ts";
import { lapseProof } from "./verification.ts";

export interface Moment {
  readonly now: number;
  readonly settings: Pick<Settings, "proofLifetime" | "pinRetired">;
}

/** The number as it stands at that moment; the same record when nothing lapsed. */
export function asOf(number: NumberRecord, { now, settings }: Moment): NumberRecord {
  const lapsed = lapseProof(lapseClaim(lapseName(number, now), now), settings.proofLifetime, now);
  return settings.pinRetired ? retirePin(lapsed) : lapsed;
}
