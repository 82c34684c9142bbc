import fc from "fast-check";
import { expect, test } from "vitest";
import type { Properties } from "../support/engine-double.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

/** A run is an `up` with refresh, the clock still and people idle. */
const RUNS_TO_A_FIXED_POINT = 5;

const number = fc.constantFrom(CAKE_SHOP, ICE_CREAM);
const program = fc.record(
  {
    displayName: fc.constantFrom("John's Cake Shop", "Jasper's Ice Cream", "Lucky Shrub"),
    pin: fc.constantFrom("123456", "654321"),
    register: fc.boolean(),
    verification: fc.constant({ method: "SMS", language: "en" }),
  },
  { requiredKeys: ["pin"] },
);

type Event = [string, (lifecycle: Lifecycle, id: string) => void];
const EVENTS: Event[] = [
  ["approval", ({ emulator }, id) => emulator.reviewName(id, "APPROVED")],
  ["refusal", ({ emulator }, id) => emulator.reviewName(id, "REJECTED")],
  ["deferral", ({ emulator }, id) => emulator.reviewName(id, "DEFERRED")],
  ["loss", ({ emulator }, id) => emulator.patchNumber(id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" })],
  ["verification", ({ emulator }, id) => emulator.patchNumber(id, { code_verification_status: "VERIFIED" })],
  ["an old code", ({ emulator }, id) => emulator.patchNumber(id, { code_verification_status: "EXPIRED" })],
  ["another PIN", ({ emulator }, id) => emulator.patchNumber(id, { is_pin_enabled: true, pin: "999999" })],
  ["a flag", ({ emulator }, id) => emulator.patchNumber(id, { status: "FLAGGED" })],
  ["a ban", ({ emulator }, id) => emulator.patchNumber(id, { status: "BANNED" })],
  ["the app", ({ emulator }, id) => emulator.patchNumber(id, { is_on_biz_app: true })],
  ["a rename in WhatsApp Manager", ({ emulator }, id) => emulator.patchNumber(id, { verified_name: "Eve's Cakes" })],
  ["an hour", ({ pass }) => pass({ hours: 1 })],
  ["four days", ({ pass }) => pass({ days: 4 })],
  ["a fortnight", ({ pass }) => pass({ days: 15 })],
];
const event = fc.constantFrom(...EVENTS);
const story = fc.array(fc.oneof(event, fc.constant<"up">("up")), { maxLength: 12, size: "max" });

test("from whatever happened at Meta, a fixed point comes within five runs, and no budget is exceeded", async () => {
  let fixedPoints = 0;
  await fc.assert(
    fc.asyncProperty(number, program, story, async ({ id, phoneNumber }, args, events) => {
      const lifecycle = await startLifecycle();
      const { emulator, stack, writes } = lifecycle;
      const declared: Properties = { wabaId: WABA, phoneNumber, ...args };
      try {
        await stack.up(declared);
        for (const what of events) {
          if (what === "up") await stack.up(declared);
          else ignoringRefusals(() => what[1](lifecycle, id));
        }
        writes();
        let run = 0;
        for (; run < RUNS_TO_A_FIXED_POINT; run += 1) {
          const { op } = await stack.up(declared);
          if (writes().length === 0 && op === "same") break;
        }
        expect(run, "runs until nothing changes").toBeLessThan(RUNS_TO_A_FIXED_POINT);
        expect(await stack.refresh(), "a refresh of the fixed point").toBe(false);
        expect((await stack.preview(declared)).op).toBe("same");
        expect(writes()).toEqual([]);
        const { counts } = emulator.requests();
        expect(counts["POST /{PNID}/register"] ?? 0).toBeLessThanOrEqual(10);
        expect(counts["POST /{PNID}/request_code"] ?? 0).toBeLessThanOrEqual(1);
        fixedPoints += 1;
      } finally {
        await emulator.close();
      }
    }),
    { seed: 20261123, numRuns: 150 },
  );
  expect(fixedPoints).toBe(150);
});

/** A review that is not open cannot be decided: then nothing happens at Meta. */
function ignoringRefusals(run: () => void): void {
  try {
    run();
  } catch {}
}
