/** What the engine asks before it changes anything: whether a resource differs. Nothing here calls Graph. */
import type { Context } from "../context.ts";
import { type Difference, diffPhoneNumber } from "./diff.ts";

/** What an up would change, and a note that a resource has the number. */
export function comparePhoneNumber(
  { now, say, warn, holders }: Pick<Context, "now" | "say" | "warn" | "holders">,
  id: string,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Difference {
  const sayOnce = (line: string): void => {
    if (holders.isNews(id, line)) say(line);
  };
  const difference = diffPhoneNumber(now(), id, olds, news, { say: sayOnce, warn, inRefresh: holders.isInRefresh(id) });
  if (difference.replaces === undefined) holders.compared(id);
  return difference;
}
