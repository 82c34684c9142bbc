/** What the plugin's process loads for a call: its time to the first answer, counted in modules. */
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import type { Loaded } from "../support/loaded-modules.ts";
import { type Plugin, startPlugin } from "../support/plugin.ts";

const ROOT = join(import.meta.dirname, "../..");
const TELLS = pathToFileURL(join(ROOT, "test/support/loaded-modules.ts")).href;
const INPUTS = { wabaId: WABA, phoneNumberId: CAKE_SHOP.id };
/** All but the classes of errors, by which a refusal that the state remembers is named. */
const CALLS = /\/provider\/graph\/(?!(?:on-premises-)?errors\.js)/;
const UNDICI = /\/node_modules\/undici\//;

/** Two processes against one emulator, as two operations of the engine. */
async function startTwo(): Promise<[Plugin, Plugin]> {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const env = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token };
  const start = async () => {
    const plugin = await startPlugin({ cwd: ROOT, env, nodeArgs: ["--import", TELLS] });
    onTestFinished(() => plugin.stop());
    return plugin;
  };
  return [await start(), await start()];
}

async function loadedIn({ process }: Plugin): Promise<Loaded> {
  const told = once(process, "message");
  process.send("which?");
  const [urls] = (await told) as [Loaded];
  return urls;
}

test("check and diff load neither undici nor what calls Graph; a read loads both", async () => {
  const [first, plugin] = await startTwo();
  const { outs } = await first.create(INPUTS);
  await plugin.check({}, INPUTS);
  const checking = await loadedIn(plugin);
  expect(checking.some((url) => url.endsWith("/provider/lifecycle/phone-number/check.js"))).toBe(true);
  expect(checking.some((url) => url.endsWith("/provider/lifecycle/phone-number/diff.js"))).toBe(false);
  expect(await plugin.diff(CAKE_SHOP.id, outs, INPUTS)).toEqual({ changes: false });
  const comparing = await loadedIn(plugin);
  expect(comparing.some((url) => url.endsWith("/provider/lifecycle/phone-number/diff.js"))).toBe(true);
  expect(comparing.filter((url) => CALLS.test(url) || UNDICI.test(url))).toEqual([]);

  await plugin.read(CAKE_SHOP.id, outs);
  const reading = await loadedIn(plugin);
  expect(reading.some((url) => url.endsWith("/provider/graph/client.js"))).toBe(true);
  expect(reading.some((url) => UNDICI.test(url))).toBe(true);
});
