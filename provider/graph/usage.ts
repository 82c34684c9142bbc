/**
 * How much of Meta's hourly quotas is used, as the headers of an answer say: percent, and minutes. Pure.
 * Source: Meta's page on rate limits. `X-Business-Use-Case-Usage` has an array for each account, one entry a type.
 */
import { z } from "zod";
import type { HttpAnswer } from "./transport.ts";

export interface Usage {
  /** The WhatsApp Business Account; undefined for the app as a whole. */
  readonly account: string | undefined;
  /** Of the quota, the highest of calls, CPU time and time. Above 100 while Meta throttles. */
  readonly percent: number;
  /** Milliseconds until Meta takes calls again; 0 while it does. */
  readonly regainMs: number;
}

const figures = z.object({
  call_count: z.number().catch(0),
  total_cputime: z.number().catch(0),
  total_time: z.number().catch(0),
  estimated_time_to_regain_access: z.number().catch(0),
});
const byAccount = z.record(z.string(), z.array(figures));

const MINUTE_MS = 60_000;

/** What a header says wrongly is as good as nothing: it only informs. */
export function usageIn(headers: HttpAnswer["headers"]): Usage[] {
  const accounts = byAccount.safeParse(jsonIn(headers["x-business-use-case-usage"]));
  const app = figures.safeParse(jsonIn(headers["x-app-usage"]));
  return [
    ...Object.entries(accounts.data ?? {}).map(([account, entries]) => usageOf(account, entries)),
    ...(app.success ? [usageOf(undefined, [app.data])] : []),
  ];
}

function usageOf(account: string | undefined, entries: readonly z.infer<typeof figures>[]): Usage {
  const most = (pick: (entry: z.infer<typeof figures>) => number) => Math.max(0, ...entries.map(pick));
  return {
    account,
    percent: most((entry) => Math.max(entry.call_count, entry.total_cputime, entry.total_time)),
    regainMs: most((entry) => entry.estimated_time_to_regain_access) * MINUTE_MS,
  };
}

function jsonIn(header: string | string[] | undefined): unknown {
  try {
    return JSON.parse(String(header ?? ""));
  } catch {
    return undefined;
  }
}
