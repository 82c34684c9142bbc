import { expect, onTestFinished, test } from "vitest";
import { type Emulator, startEmulator } from "../../emulator/index.ts";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456" };
const SKIP = ["--yes", "--skip-preview"];

/** The same account, and nothing on it. */
async function emptyGraph(): Promise<Emulator> {
  const emulator = await startEmulator({ seed: { wabas: [{ id: WABA, name: "Lucky Shrub" }] } });
  onTestFinished(() => emulator.close());
  return emulator;
}

test("another Graph never proves a number gone; a deletion in WhatsApp Manager does", async () => {
  const { emulator, pulumi, up, declare, numbers, calls } = await startStack(NUMBERS);
  await declare({ cake: { ...CAKE, onDelete: "deregister" } });
  await succeeded(up());
  calls();

  const empty = await emptyGraph();
  for (const command of [
    ["refresh", ...SKIP],
    ["up", ...SKIP],
    ["destroy", ...SKIP],
    ["destroy", ...SKIP, "--refresh=false"],
  ]) {
    const refused = await pulumi(command, { WABA_BASE_URL: empty.url });
    expect(refused.exitCode).not.toBe(0);
    const said = refused.stdout + refused.stderr;
    expect(said).toContain(
      `The number was last read from ${emulator.url}, and the configuration now says ${empty.url}: set waba:baseUrl`,
    );
    expect(said).toContain("nothing was called");
  }
  expect(empty.requests().requests).toEqual([]);
  expect(calls()).toEqual({});
  expect(Object.keys(await numbers())).toEqual(["cake"]);

  emulator.deleteNumber(CAKE_SHOP.id);
  const refreshed = await succeeded(pulumi(["refresh", ...SKIP]));
  expect(refreshed.stdout + refreshed.stderr).toContain(
    "No pulumi up adds it again without displayName: declare that, or take it out of the program.",
  );
  expect(calls()).toEqual({ "GET /{PNID}": 1, "GET /{WABA}/phone_numbers": 1 });
  expect(await numbers()).toEqual({});
});

test("with a dead token, destroy --refresh=false forgets what is retained, and calls nothing", async () => {
  const { emulator, pulumi, up, declare, numbers, calls } = await startStack(NUMBERS);
  await declare({ cake: CAKE });
  await succeeded(up());
  emulator.patchToken(emulator.token, { revoked: true });
  calls();
  await succeeded(pulumi(["destroy", ...SKIP, "--refresh=false"]));
  expect(calls()).toEqual({});
  expect(await numbers()).toEqual({});
  expect(emulator.state()).toMatchObject({ numbers: { [CAKE_SHOP.id]: { status: "CONNECTED" } } });
});
