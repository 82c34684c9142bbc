import { expect, test } from "vitest";
import type { JsonObject } from "../../emulator/index.ts";
import { CAKE_SHOP } from "../support/lifecycle.ts";
import { ofType, PHONE_NUMBER, QUICKSTART, startStack, succeeded } from "../support/pulumi.ts";

test("the quickstart: preview, up, no change, approval, drift, heal, destroy", async () => {
  const { emulator, pulumi, up } = await startStack(QUICKSTART);
  const calls = () => {
    const { counts } = emulator.requests();
    emulator.clearRequests();
    return counts;
  };
  await succeeded(pulumi(["config", "set", "--secret", "pin", "654321"]));

  const preview = await succeeded(pulumi(["preview"]));
  expect(preview.stdout).toMatch(/\+ {2}pulumi-nodejs:dynamic\/waba:PhoneNumber support create/);
  expect(calls()).toEqual({});

  await succeeded(up());
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1, "POST /{PNID}": 1, "GET /{PNID}": 2 });
  const before = emulator.state();

  const again = await succeeded(up());
  expect(again.stdout).toContain("2 unchanged");
  await succeeded(pulumi(["refresh", "--preview-only", "--expect-no-changes"]));
  expect(Object.keys(calls())).toEqual(["GET /{WABA}/phone_numbers"]);

  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  const drift = await pulumi(["refresh", "--preview-only", "--expect-no-changes", "--diff"]);
  expect(drift.exitCode).toBe(7);
  expect(drift.stdout).toMatch(/~ displayName *: "Lucky Shrub" => "John's Cake Shop"/);
  expect(Object.keys(calls())).toEqual(["GET /{WABA}/phone_numbers"]);

  const heal = await succeeded(up("--diff"));
  expect(heal.stdout).toMatch(/~ displayName *: "John's Cake Shop" => "Lucky Shrub"/);
  expect(calls()).toMatchObject({ "POST /{PNID}": 1, "POST /{PNID}/register": 1 });
  const after = emulator.state();
  expect(numberIn(after)).toMatchObject({ verified_name: "Lucky Shrub", pin: "654321" });
  expect(numberIn(after).certificate).not.toBe(numberIn(before).certificate);

  const quiet = await succeeded(pulumi(["refresh", "--preview-only", "--expect-no-changes"]));
  expect(heal.stdout + quiet.stdout + again.stdout).not.toContain("Two resources");
  calls();
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview"]));
  expect(Object.keys(calls())).toEqual(["GET /{WABA}/phone_numbers"]);
  expect(numberIn(emulator.state())).toMatchObject({ status: "CONNECTED", platform_type: "CLOUD_API" });
});

test("a registration that is lost at Meta is drift that says why, and the next up restores it", async () => {
  const { emulator, pulumi, up, exported } = await startStack(QUICKSTART);
  await succeeded(pulumi(["config", "set", "--secret", "pin", "123456"]));
  await succeeded(pulumi(["config", "set", "displayName", "John's Cake Shop"]));
  await succeeded(up());
  emulator.patchNumber(CAKE_SHOP.id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });

  const drift = await pulumi(["refresh", "--preview-only", "--expect-no-changes"]);
  expect(drift.exitCode).toBe(7);
  expect(drift.stdout).toContain("Meta shows that it must be registered again; pulumi up does so.");
  await succeeded(up());
  expect(emulator.requests().counts).toMatchObject({ "POST /{PNID}/register": 1 });
  const [number] = ofType((await exported()).resources, PHONE_NUMBER);
  expect(number?.outputs).toMatchObject({ phase: "registered", registered: true });
});

test("a number that is deleted in WhatsApp Manager leaves the stack with a warning", async () => {
  const { emulator, pulumi, up, exported } = await startStack(QUICKSTART);
  await succeeded(pulumi(["config", "set", "--secret", "pin", "123456"]));
  await succeeded(up());
  emulator.deleteNumber(CAKE_SHOP.id);
  const refreshed = await succeeded(pulumi(["refresh", "--yes", "--skip-preview"]));
  expect(refreshed.stdout + refreshed.stderr).toContain(
    "A pulumi up whose program declares it, this one included, adds it again",
  );
  expect(ofType((await exported()).resources, PHONE_NUMBER)).toEqual([]);
});

function numberIn({ numbers }: JsonObject): Record<string, unknown> {
  return (numbers as Record<string, Record<string, unknown>>)[CAKE_SHOP.id] ?? {};
}
