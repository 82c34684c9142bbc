/** Refusals of a new display name. I: Meta documents both subcodes as "cannot edit verified name"; which reason has which is open. */
import { managed } from "./refusal.ts";

export const nameChangeInFlight = () =>
  managed(100, 2388009, "Invalid parameter", "Cannot edit name", "Another display name is in review.");
export const badNameFormat = (what: string) =>
  managed(100, 2388009, "Invalid parameter", "Cannot edit name", `A display name may not have ${what}.`);
export const tooManyNameChanges = () =>
  managed(100, 2388010, "Invalid parameter", "Cannot edit name", "The name was changed 10 times in 30 days.");
