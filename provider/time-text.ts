/** How long it is between two times, as people say it. Whole units, never rounded up. */
import { count } from "./count.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Time = string | Date;

/** `13 days`, `5 hours`, `1 minute`; undefined for less. The order of the two does not matter. */
export function spanText(one: Time, other: Time): string | undefined {
  const span = Math.abs(new Date(one).getTime() - new Date(other).getTime());
  if (span < MINUTE_MS) return undefined;
  if (span >= 2 * DAY_MS) return count(Math.floor(span / DAY_MS), "day");
  if (span >= HOUR_MS) return count(Math.floor(span / HOUR_MS), "hour");
  return count(Math.floor(span / MINUTE_MS), "minute");
}

/** How far a time is from now: `in 3 days`, `2 hours ago`, `now`. */
export function distance(time: Time, now: Time): string {
  const span = spanText(time, now);
  if (span === undefined) return "now";
  return new Date(time).getTime() > new Date(now).getTime() ? `in ${span}` : `${span} ago`;
}
