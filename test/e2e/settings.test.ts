import { expect, test } from "vitest";
import { startCallback } from "../support/callback.ts";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456" };
const [DEREGISTER, SETTINGS, REGISTER] = ["POST /{PNID}/deregister", "POST /{PNID}/settings", "POST /{PNID}/register"];

test("another storage region only as allowed, and a webhook that is set and taken out again", async () => {
  const { emulator, up, declare, numbers } = await startStack(NUMBERS);
  const callback = await startCallback();
  const writes = () => {
    const made = emulator.requests().requests.filter(({ method }) => method !== "GET");
    emulator.clearRequests();
    return made.map(({ method, route }) => `${method} ${route}`);
  };
  const atMeta = () => (emulator.state().numbers as Record<string, object>)[CAKE_SHOP.id];
  await declare({ cake: CAKE });
  await succeeded(up());

  await declare({ cake: { ...CAKE, dataLocalizationRegion: "DE" } });
  const refused = await up();
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stdout).toContain("Declare allowReregister: true");
  expect(writes()).toEqual([]);
  expect(atMeta()).toMatchObject({ status: "CONNECTED" });

  const region = { ...CAKE, dataLocalizationRegion: "DE", allowReregister: true };
  const webhook = { callbackUrl: callback.url, verifyToken: "my-token" };
  await declare({ cake: { ...region, webhook } });
  const moved = await succeeded(up("--diff"));
  expect(moved.stdout).toMatch(/\+ dataLocalizationRegion *: "DE"/);
  // The PIN is set before a registration, where it was never used.
  expect(writes()).toEqual([DEREGISTER, SETTINGS, "POST /{PNID}", REGISTER, "POST /{PNID}"]);
  expect(atMeta()).toMatchObject({
    status: "CONNECTED",
    data_localization_region: "DE",
    webhook_configuration: { phone_number: callback.url },
  });
  expect(callback.tokens).toEqual(["my-token"]);
  expect((await numbers()).cake?.outputs).toMatchObject({ phase: "registered", dataLocalizationRegion: "DE" });

  await declare({ cake: region });
  const removed = await succeeded(up("--diff"));
  expect(removed.stdout).toMatch(/- webhook *: \[secret\]/);
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(atMeta()).not.toHaveProperty("webhook_configuration.phone_number");
  expect((await succeeded(up())).stdout).toContain("2 unchanged");
  expect(writes()).toEqual([]);
});
