const HOUR_MS = 60 * 60 * 1000;

/** How long it is between two times, as people say it: "13 days", "5 hours". Less than an hour is "less than an hour". */
export function daysText(from: string | Date, to: string | Date): string {
  const hours = Math.floor((new Date(to).getTime() - new Date(from).getTime()) / HOUR_MS);
  if (hours < 1) return "less than an hour";
  if (hours < 48) return hours === 1 ? "an hour" : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
