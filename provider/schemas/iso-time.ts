/** Graph writes `2026-11-23T12:00:00+0000`, we write `2026-11-23T12:00:00.000Z`. What is no time is as good as none. */
export function isoTime(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
