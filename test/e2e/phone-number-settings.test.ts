import { expect, test } from "vitest";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { ofType, RESOURCES, startStack, succeeded } from "../support/pulumi.ts";
import { asSomebody } from "../support/somebody.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumberSettings";
const SET = "POST /{PNID}/settings";
const DRIFT = ["refresh", "--preview-only", "--expect-no-changes", "--diff"];

test("a number's settings are set, seen to drift under their property, healed, and retained", async () => {
  const { emulator, pulumi, up, declareResources, exported, calls } = await startStack(RESOURCES);
  emulator.patchNumber(CAKE_SHOP.id, { whatsapp_business_manager_messaging_limit: "TIER_250" });
  const args = {
    phoneNumberId: CAKE_SHOP.id,
    wabaId: WABA,
    calling: { status: "ENABLED", callIconVisibility: "DISABLE_ALL" },
    userIdentityChange: { enableIdentityKeyCheck: true },
  };
  const declare = (change = {}) =>
    declareResources({ settings: { is: "PhoneNumberSettings", args: { ...args, ...change } } });
  await declare();
  const refused = await up();
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stdout + refused.stderr).toMatch(/could not set calling[\s\S]*code 138000/);
  expect(ofType((await exported()).resources, TYPE)).toMatchObject([
    { id: `${CAKE_SHOP.id}/settings`, outputs: { userIdentityChange: { enableIdentityKeyCheck: true } } },
  ]);
  calls();

  emulator.patchNumber(CAKE_SHOP.id, { whatsapp_business_manager_messaging_limit: "TIER_2K" });
  await succeeded(up());
  expect(calls()).toMatchObject({ [SET]: 1 });
  await succeeded(up("--expect-no-changes"));
  await succeeded(pulumi(DRIFT));
  expect(calls()).not.toHaveProperty([SET]);

  await asSomebody(emulator, `POST ${CAKE_SHOP.id}/settings`, { calling: { status: "DISABLED" } });
  calls();
  const drift = await pulumi(DRIFT);
  expect(drift.exitCode).not.toBe(0);
  expect(drift.stdout).toMatch(/status\s*: "ENABLED" => "DISABLED"/);
  expect(drift.stdout).not.toMatch(/enableIdentityKeyCheck\s*:.*=>/);
  await succeeded(up());
  expect(calls()).toMatchObject({ [SET]: 1 });

  await declare({ storageConfiguration: { status: "NO_STORAGE_ENABLED" } });
  const fixed = await up();
  expect(fixed.exitCode).not.toBe(0);
  expect(fixed.stdout + fixed.stderr).toContain("Meta changes its storage only while it is not");
  expect(calls()).not.toHaveProperty([SET]);
  await declare({ calling: undefined });
  await succeeded(up());
  await succeeded(up("--expect-no-changes"));
  expect(calls()).not.toHaveProperty([SET]);
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview", "--refresh=false"]));
  expect(calls()).toEqual({});
});
