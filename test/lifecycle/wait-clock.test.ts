import { expect, test } from "vitest";
import { startLifecycle } from "../support/lifecycle.ts";
import { WAITING_ICE as ICE, POLL_MS } from "../support/waiting.ts";

test("the time that looks take counts", async () => {
  const { stack, waits, pass, whileWaiting, said } = await startLifecycle();
  // Each pause of half a minute, and a look of as much.
  whileWaiting(() => pass({ minutes: 1 }));
  await stack.up({ ...ICE, waitTimeoutSeconds: 130 });
  expect(waits).toEqual([POLL_MS, POLL_MS, 10_000]);
  expect(said.filter((line) => line.includes("is code-sent after 130 s"))).toHaveLength(1);
});
