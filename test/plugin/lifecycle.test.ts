import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import { providerText } from "../../provider/resources/provider-text.ts";
import { EngineDouble } from "../support/engine-double.ts";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { type PluginOptions, startPlugin } from "../support/plugin.ts";

const ROOT = join(import.meta.dirname, "../..");
const ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: { method: "SMS", language: "en" },
};

async function start(options: Partial<PluginOptions> = {}) {
  const emulator = await startEmulator();
  const plugin = await startPlugin({
    cwd: ROOT,
    config: { "waba:baseUrl": emulator.url, "waba:accessToken": emulator.token },
    env: {},
    ...options,
  });
  onTestFinished(async () => {
    await plugin.stop();
    await emulator.close();
  });
  return { emulator, plugin, stack: new EngineDouble(plugin) };
}

test("a number is registered, renamed and forgotten through the real plugin", async () => {
  const { emulator, plugin, stack } = await start();
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("code-sent");
  await stack.up({ ...ICE, verification: { ...ICE.verification, code: emulator.code(ICE_CREAM.id) } });
  expect(stack.outputs).toMatchObject({ phase: "registered", __provider: providerText("phoneNumber") });

  const lucky = { ...ICE, displayName: "Lucky Shrub" };
  await stack.up(lucky);
  emulator.reviewName(ICE_CREAM.id, "APPROVED");
  expect(await stack.refresh()).toBe(true);
  expect(await stack.up(lucky)).toMatchObject({ op: "update", properties: expect.arrayContaining(["displayName"]) });
  expect(stack.outputs.registeredName).toBe("Lucky Shrub");
  expect((await stack.up(lucky)).op).toBe("same");

  await stack.destroy();
  const { counts } = emulator.requests();
  expect(counts).toMatchObject({
    "POST /{PNID}/register": 2,
    "POST /{PNID}/request_code": 1,
    "POST /{PNID}/verify_code": 1,
  });
  expect(counts).not.toHaveProperty("POST /{PNID}/deregister");
  expect(plugin.output()).toContain("Adopted number +1 631-555-2222");
  expect(plugin.output()).not.toMatch(/654321|emulator-token/);
});

test("calls that come before the configuration was waited for are made with it", async () => {
  const { emulator, plugin } = await start();
  const ids = [CAKE_SHOP.id, ICE_CREAM.id, "1972385232742143"];
  const reads = await Promise.all(ids.map((id) => plugin.read(id, {})));
  expect(reads.map(({ id }) => id)).toEqual(ids);
  expect(emulator.requests().requests.every(({ token }) => token === "emulator-token")).toBe(true);
});

test("50 calls at once are answered, each with its own number", async () => {
  const { plugin, emulator } = await start();
  emulator.reset();
  const ids = Array.from({ length: 50 }, (_, index) => [CAKE_SHOP.id, ICE_CREAM.id][index % 2] as string);
  const reads = await Promise.all(ids.map((id) => plugin.read(id, {})));
  expect(reads.map(({ props }) => props?.displayPhoneNumber)).toEqual(
    ids.map((id) => (id === CAKE_SHOP.id ? "+1 631-555-1111" : "+1 631-555-2222")),
  );
});

test("a failure after the number is known reaches the engine with id, outputs, provider text and reason", async () => {
  const { emulator, stack } = await start();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  emulator.addFault({ match: { path: "/*/register" }, status: 500, body: "<html>" });
  await expect(stack.up(ICE)).rejects.toThrow(/could not register/);
  expect(stack.resource).toMatchObject({
    id: ICE_CREAM.id,
    outputs: { __provider: providerText("phoneNumber"), phase: "ready-to-register", wabaId: WABA },
  });
  expect(stack.resource?.initErrors).toHaveLength(1);
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
});

test("the environment wins over the stack's configuration, and a missing token is a failure of check", async () => {
  const { plugin, emulator } = await start({ env: { WABA_ACCESS_TOKEN: "rotated" } });
  emulator.addToken({ token: "rotated" });
  await plugin.read(CAKE_SHOP.id, {});
  expect(emulator.requests().requests.at(-1)?.token).toBe("rotated");

  const { plugin: bare } = await start({ config: {} });
  const { failures } = await bare.check({}, ICE);
  expect(failures.map(({ property }) => property)).toEqual(["credential"]);
});

test("check and diff call nothing", async () => {
  const { plugin, stack, emulator } = await start();
  await stack.up({ wabaId: WABA, phoneNumberId: CAKE_SHOP.id });
  emulator.clearRequests();
  await stack.preview({ wabaId: WABA, phoneNumberId: CAKE_SHOP.id, displayName: "Lucky Shrub", pin: "654321" });
  await plugin.check({}, ICE);
  expect(emulator.requests().requests).toEqual([]);
});

test("runs from any folder in which the package is installed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waba-plugin-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "node_modules"));
  await symlink(ROOT, join(folder, "node_modules/pulumi-waba"), "junction");
  const { plugin } = await start({ cwd: folder });
  expect((await plugin.read(CAKE_SHOP.id, {})).id).toBe(CAKE_SHOP.id);
});

test("where the package is not installed, the error names it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waba-plugin-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { plugin } = await start({ cwd: folder });
  await expect(plugin.read(CAKE_SHOP.id, {})).rejects.toThrow(/Cannot find package 'pulumi-waba'/);
});
