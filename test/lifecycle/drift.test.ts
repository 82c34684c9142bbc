import { expect, test } from "vitest";
import type { NumberPatch } from "../../emulator/index.ts";
import { type Drift, expectShownAndDone, IDENTITY, patch, REGISTER, registered, SET } from "../support/drift.ts";
import { ICE_CREAM } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const { id } = ICE_CREAM;
const DEREGISTER = "POST /{PNID}/deregister";
const SET_REGION = "POST /{PNID}/settings";
const LOST = { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" };

const ACTED_ON: Drift[] = [
  {
    what: "the name was changed by somebody",
    happens: patch({ verified_name: "Eve's Cakes" }),
    shows: ["displayName"],
    writes: [SET],
    phase: "name-in-review",
  },
  {
    what: "somebody else's name was approved and is in use",
    happens: ({ emulator }) => {
      emulator.patchNumber(id, { new_display_name: "Eve's Cakes", new_name_status: "PENDING_REVIEW" });
      emulator.reviewName(id, "APPROVED");
    },
    shows: ["displayName"],
    writes: [SET],
    phase: "name-in-review",
  },
  {
    what: "its registration was lost",
    happens: patch(LOST),
    shows: ["register"],
    writes: [REGISTER],
    phase: "registered",
  },
  {
    what: "its registration was lost, and its PIN changed",
    happens: patch({ ...LOST, is_pin_enabled: true, pin: "999999" }),
    shows: ["register"],
    writes: [REGISTER, SET, REGISTER],
    phase: "registered",
  },
  {
    what: "it was deregistered, which takes its storage region too",
    happens: ({ emulator }) => asSomebody(emulator, `POST ${id}/deregister`),
    shows: ["dataLocalizationRegion", "register"],
    writes: [SET_REGION, REGISTER],
    phase: "registered",
  },
  {
    what: "its webhook was changed",
    happens: patch({ webhook_configuration: { phone_number: "https://eve.example/hook" } }),
    shows: ["webhook"],
    writes: [SET],
    phase: "registered",
  },
  {
    what: "its webhook was removed",
    happens: patch({ webhook_configuration: null }),
    shows: ["webhook"],
    writes: [SET],
    phase: "registered",
  },
  {
    what: "it was registered anew in another storage region",
    happens: async ({ emulator }) => {
      await asSomebody(emulator, `POST ${id}/deregister`);
      await asSomebody(emulator, `POST ${id}/settings`, {
        storage_configuration: { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: "IN" },
      });
      await asSomebody(emulator, `POST ${id}/register`, { messaging_product: "whatsapp", pin: "654321" });
    },
    shows: ["dataLocalizationRegion"],
    writes: [DEREGISTER, SET_REGION, REGISTER],
    phase: "registered",
  },
  {
    what: "its name expired: nobody registered it in time",
    happens: patch({ name_status: "EXPIRED" }),
    // No arg can show it: the name in use is the declared one.
    shows: [],
    writes: [SET],
    phase: "registered",
  },
];

const LEFT_ALONE: Drift[] = (
  [
    ["FLAGGED", { status: "FLAGGED" }, "registered"],
    ["RESTRICTED", { status: "RESTRICTED" }, "registered"],
    ["RATE_LIMITED", { status: "RATE_LIMITED" }, "registered"],
    ["banned", { status: "BANNED" }, "blocked"],
    ["migrated", { status: "MIGRATED" }, "migrated"],
    ["in a status that Meta added since", { status: "SHADOWED" }, "unknown"],
    ["on the app alone", { platform_type: "ON_PREMISE", status: "DISCONNECTED" }, "on-phone"],
    ["on the app, and not registered", { is_on_biz_app: true, platform_type: "NOT_APPLICABLE" }, "on-phone"],
    ["on the app and the Cloud API", { is_on_biz_app: true }, "coexistence"],
    ["without its PIN", { is_pin_enabled: false, pin: null }, "registered"],
    ["with another PIN", { is_pin_enabled: true, pin: "999999" }, "registered"],
    ["of quality RED", { quality_rating: "RED" }, "registered"],
    ["under a lower limit", { whatsapp_business_manager_messaging_limit: "TIER_50" }, "registered"],
    ["of higher throughput", { throughput: { level: "HIGH" } }, "registered"],
    ["a sandbox number", { account_mode: "SANDBOX" }, "registered"],
    ["blocked from sending", { health_status: { can_send_message: "BLOCKED", entities: [] } }, "registered"],
    ["old in its proof by code", { code_verification_status: "EXPIRED" }, "registered"],
    ["not verified any more", { code_verification_status: "NOT_VERIFIED" }, "registered"],
    ["registered anew", { last_onboarded_time: "2026-11-23T11:59:00+0000" }, "registered"],
    ["of another certificate", { certificate: "b3RoZXI=" }, "registered"],
    ["of a declined name", { name_status: "DECLINED" }, "registered"],
    [
      "in review under somebody else's name",
      { new_display_name: "Eve's Cakes", new_name_status: "PENDING_REVIEW" },
      "name-in-review",
    ],
    [
      "declined under somebody else's name",
      { new_display_name: "Eve's Cakes", new_name_status: "DECLINED" },
      "name-declined",
    ],
    [
      "approved under somebody else's name, which is not in use yet",
      { new_display_name: "Eve's Cakes", new_name_status: "APPROVED" },
      "re-register-due",
    ],
  ] satisfies [string, NumberPatch, string][]
).map(([what, change, phase]) => ({ what, happens: patch(change), shows: "none", writes: [], phase }));

const DRIFTS = [...ACTED_ON, ...LEFT_ALONE].map((drift) => [drift.what, drift] as const);

test.each(DRIFTS)("%s: a preview shows exactly that, and the next up does what it showed", async (_what, drift) => {
  const { program, ...lifecycle } = await registered(drift.options);
  await expectShownAndDone(lifecycle, program, drift);
});

test.each(DRIFTS)("%s: nothing to show, where nothing but the number is declared", async (_what, drift) => {
  const { stack, writes, ...lifecycle } = await registered(drift.options);
  await stack.up(IDENTITY);
  await drift.happens({ stack, writes, ...lifecycle });
  writes();
  expect(await stack.refresh()).toBe(false);
  expect(await stack.up(IDENTITY)).toEqual({ op: "same", properties: [] });
  expect(writes()).toEqual([]);
});

test("a number that was deleted is gone from the stack, and the next up would create it", async () => {
  const { stack, emulator, writes, program } = await registered();
  emulator.deleteNumber(id);
  expect(await stack.refresh()).toBe(true);
  expect(await stack.preview(program)).toEqual({ op: "create", properties: [] });
  expect(writes()).toEqual([]);
});

test("a name that somebody asked for and Meta approved is not ours to register, and the next action says so", async () => {
  const { stack, emulator, program } = await registered({ nameFlip: "register" });
  emulator.patchNumber(id, { new_display_name: "Eve's Cakes", new_name_status: "PENDING_REVIEW" });
  emulator.reviewName(id, "APPROVED");
  await stack.up(program);
  expect(stack.outputs.nextAction).toMatch(/Meta approved "Eve's Cakes".*not declared.*expires/);
  await stack.up({ ...program, displayName: "Eve's Cakes" });
  expect(stack.outputs).toMatchObject({ phase: "registered", verifiedName: "Eve's Cakes" });
});
