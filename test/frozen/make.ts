/**
 * `node test/frozen/make.ts`: keeps what the stories leave behind in this state version, as v<version>.json beside this
 * file. Once a version is released its file stays as it is: stacks of it exist. While it is not, `--again` makes it anew.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../../emulator/index.ts";
import { createTransport } from "../../provider/graph/transport.ts";
import { SCHEMA_VERSION } from "../../provider/schemas/migrations.ts";
import { startCallback } from "../support/callback.ts";
import { EngineDouble } from "../support/engine-double.ts";
import { functionProvider } from "../support/function-provider.ts";
import { ADDRESS, CALLBACK, credentialsOf, type Frozen, type FrozenVersion, freeze, START } from "./freeze.ts";
import { STORIES, type Story } from "./stories.ts";

const file = join(import.meta.dirname, `v${SCHEMA_VERSION}.json`);

async function told(story: Story): Promise<Frozen> {
  const ends: (() => Promise<void>)[] = [];
  let now = START.getTime();
  const emulator = await startEmulator({ clock: () => now });
  const transport = createTransport({});
  const callback = await startCallback("/hook", (close) => void ends.push(close));
  try {
    const world = { now: () => now, say: () => undefined, sleep: async () => undefined };
    const env = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token, ...credentialsOf(emulator) };
    const stack = new EngineDouble(functionProvider("phoneNumber", world, env, transport));
    const pass = (minutes: number) => {
      now += minutes * 60_000;
    };
    const program = await story({ stack, emulator, pass, callbackUrl: callback.url });
    const text = JSON.stringify(await freeze({ stack, emulator, program, now: new Date(now) }));
    return JSON.parse(text.replaceAll(emulator.url, ADDRESS).replaceAll(callback.url, CALLBACK)) as Frozen;
  } finally {
    await transport.close();
    await emulator.close();
    for (const end of ends) await end();
  }
}

if (existsSync(file) && !process.argv.includes("--again")) {
  process.stderr.write(`${file} is there already. Where its version is not released yet: --again\n`);
  process.exitCode = 1;
} else {
  const stacks: Record<string, Frozen> = {};
  for (const [name, story] of Object.entries(STORIES)) stacks[name] = await told(story);
  const version: FrozenVersion = { stateVersion: SCHEMA_VERSION, stacks };
  writeFileSync(file, `${JSON.stringify(version, undefined, 2)}\n`);
}
