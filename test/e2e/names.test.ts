import { expect, test } from "vitest";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456" };
const READ = { "GET /{WABA}/phone_numbers": 1 };
const REGISTER = "POST /{PNID}/register";

test("a name in review, approved, then one that is declined: what each up shows and calls", async () => {
  const { emulator, up, declare, numbers, calls } = await startStack(NUMBERS);
  const cake = async () => (await numbers()).cake?.outputs;
  await declare({ cake: { ...CAKE, displayName: "Lucky Shrub" } });
  await succeeded(up());
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1, "POST /{PNID}": 1, "GET /{PNID}": 2 });
  expect(await cake()).toMatchObject({ phase: "name-in-review", nextAction: expect.stringContaining("waba wait") });

  expect((await succeeded(up())).stdout).toContain("2 unchanged");
  expect(calls()).toEqual(READ);

  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  expect((await succeeded(up("--refresh=false"))).stdout).toContain("2 unchanged");
  expect(calls()).toEqual({});
  const heal = await succeeded(up("--diff"));
  expect(heal.stdout).toMatch(/~ displayName *: "John's Cake Shop" => "Lucky Shrub"/);
  expect(heal.stdout).toContain("~ 1 updated");
  expect(calls()).toMatchObject({ [REGISTER]: 1 });
  expect(await cake()).toMatchObject({ phase: "registered", registeredName: "Lucky Shrub" });

  await declare({ cake: { ...CAKE, displayName: "Best Shrubs Ever" } });
  await succeeded(up());
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1, "POST /{PNID}": 1, "GET /{PNID}": 2 });
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  const declined = await succeeded(up("--diff"));
  expect(declined.stdout).toContain("2 unchanged");
  expect(declined.stdout + declined.stderr).toMatch(/is name-declined: Declare another displayName/);
  expect(calls()).toEqual(READ);
  expect(await cake()).toMatchObject({
    phase: "name-declined",
    displayName: "Best Shrubs Ever",
    verifiedName: "Lucky Shrub",
    nextAction: expect.stringMatching(/^Declare another displayName.*The same text is not asked for again\.$/),
    nameRequests: [{ outcome: "APPROVED" }, { outcome: "DECLINED" }],
  });
});
