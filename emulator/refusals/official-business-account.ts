/** Refusals of an application for the badge. I for code and texts; the wait is documented. */
import { badRequest } from "./refusal.ts";

const refused = (details: string) =>
  badRequest(100, "The Official Business Account request cannot be made", { details });

export const obaInReview = () => refused("A request for this phone number is in review.");
export const obaGranted = () => refused("This phone number is an Official Business Account already.");
export const obaTooSoon = () => refused("A request was decided on in the last 30 days. Wait before asking again.");
