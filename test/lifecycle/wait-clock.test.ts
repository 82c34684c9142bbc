import { expect, test } from "vitest";
import { ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const POLL_MS = 30_000;
const ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: { method: "SMS", language: "en" },
  waitFor: "registered",
};

test("the time that looks take counts", async () => {
  const { stack, waits, pass, whileWaiting, said } = await startLifecycle();
  // Each pause of half a minute, and a look of as much.
  whileWaiting(() => pass({ minutes: 1 }));
  await stack.up({ ...ICE, waitTimeoutSeconds: 130 });
  expect(waits).toEqual([POLL_MS, POLL_MS, 10_000]);
  expect(said.filter((line) => line.includes("is code-sent after 130 s"))).toHaveLength(1);
});
