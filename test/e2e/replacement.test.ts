import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { killProcessesOf } from "../support/processes.ts";
import { NUMBERS, PHONE_NUMBER, startStack, succeeded } from "../support/pulumi.ts";

const DEREGISTER = "POST /{PNID}/deregister";
const CAKE = { wabaId: WABA, phoneNumberId: CAKE_SHOP.id, pin: "123456", onDelete: "deregister" };
const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" };
const UP = ["up", "--yes", "--skip-preview", "--suppress-progress"];

test("adopted by id, replaced, killed between create and delete: the number lives, until a destroy ends its registration once", async () => {
  const { emulator, pulumi, up, declare, exported, restore, numbers, calls, sandbox } = await startStack(NUMBERS);
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  await declare({ cake: CAKE, ice: ICE });
  expect((await succeeded(up())).stdout).toContain("Adopted number +1 631-555-1111");
  const { cake, ice } = await numbers();
  expect(cake).toMatchObject({ id: CAKE_SHOP.id, outputs: { phase: "registered", pinState: "unknown" } });
  expect(ice).toMatchObject({ id: ICE_CREAM.id, outputs: { phase: "registered" } });
  const urn = String(cake?.urn);
  calls();

  const replaced = await succeeded(up("--replace", urn));
  expect(replaced.stdout).toContain("+-1 replaced");
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1 });

  // What ice waits for keeps the engine from its deletions.
  emulator.addFault({ match: { method: "POST", path: `/${ICE_CREAM.id}` }, latencyMs: 600_000, status: 500 });
  const stalled = { cake: CAKE, ice: { ...ICE, displayName: "Frozen Treats" } };
  await declare(stalled);
  // It is told once the step before it, the create, is in the state.
  let killed: Promise<void> | undefined;
  let output = "";
  const interrupted = await pulumi(
    [...UP, "--replace", urn],
    {},
    {
      onOutput: (chunk) => {
        output += chunk;
        if (output.includes("cake replaced")) killed ??= killProcessesOf(sandbox);
      },
    },
  );
  await killed;
  expect(interrupted.exitCode).toBe(137);
  await succeeded(pulumi(["cancel", "--yes"]));
  const { text, resources } = await exported();
  const entries = resources.filter(({ type, id }) => type === PHONE_NUMBER && id === CAKE_SHOP.id);
  expect(entries.map((entry) => entry.delete === true)).toEqual([false, true]);
  await declare({ cake: CAKE, ice: ICE });
  emulator.clearFaults();
  calls();

  const goingOn: [string, () => Promise<void>][] = [
    ["without a refresh", async () => void (await succeeded(up("--refresh=false")))],
    ["with another configuration", async () => void (await succeeded(up()))],
    [
      "after a refresh, with the configuration of the interrupted one",
      async () => {
        await declare(stalled);
        await succeeded(pulumi(["refresh", "--yes", "--skip-preview"]));
        await succeeded(up());
      },
    ],
  ];
  for (const [how, goOn] of goingOn) {
    await restore(text);
    await goOn();
    const left = (await exported()).resources.filter(({ type }) => type === PHONE_NUMBER);
    expect({ how, left: left.map(({ id }) => id).toSorted(), [DEREGISTER]: calls()[DEREGISTER] }).toEqual({
      how,
      left: [ICE_CREAM.id, CAKE_SHOP.id],
      [DEREGISTER]: undefined,
    });
  }

  await restore(text);
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview"]));
  expect(calls()[DEREGISTER]).toBe(1);
  expect(emulator.state()).toMatchObject({
    numbers: {
      [CAKE_SHOP.id]: { platform_type: "NOT_APPLICABLE" },
      [ICE_CREAM.id]: { platform_type: "CLOUD_API", status: "CONNECTED" },
    },
  });
});
