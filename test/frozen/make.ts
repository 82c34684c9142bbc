/**
 * `node test/frozen/make.ts`: keeps what the stories leave behind in the state version of their class: a number's as
 * v<version>.json beside this file, the other classes' as <class>-v<version>.json. Once a version is released its file
 * stays as it is: stacks of it exist. While it is not, `--again` makes it anew.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { createTransport } from "../../provider/graph/transport.ts";
import type { Handlers } from "../../provider/resources/provider-text.ts";
import { startCallback } from "../support/callback.ts";
import { EngineDouble } from "../support/engine-double.ts";
import { functionProvider } from "../support/function-provider.ts";
import { SEED } from "../support/pre-verified.ts";
import { CLASS_STORIES, CLASSES } from "./class-stories.ts";
import { ADDRESS, CALLBACK, credentialsOf, freeze, START } from "./freeze.ts";
import { FOLDER, freezeClass } from "./freeze-class.ts";
import type { Ending } from "./next.ts";
import { STORIES, type Story } from "./stories.ts";
import { classFileOf, fileOf, SCHEMA_VERSIONS } from "./versions.ts";

const PICTURE = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.from("logo")]);

interface Stage {
  readonly of: Handlers;
  readonly options: EmulatorOptions;
  readonly freeze: (ending: Ending) => Promise<unknown>;
}

async function told(story: Story, { of, options, freeze }: Stage): Promise<unknown> {
  const ends: (() => Promise<void>)[] = [];
  let now = START.getTime();
  const emulator = await startEmulator({ clock: () => now, ...options });
  const transport = createTransport({});
  const callback = await startCallback("/hook", (close) => void ends.push(close));
  const folder = mkdtempSync(join(tmpdir(), "pulumi-waba-frozen-"));
  try {
    const world = { now: () => now, say: () => undefined, sleep: async () => undefined };
    const env = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token, ...credentialsOf(emulator) };
    const stack = new EngineDouble(functionProvider(of, world, env, transport));
    const pass = (minutes: number) => {
      now += minutes * 60_000;
    };
    const path = join(folder, "logo.png");
    writeFileSync(path, PICTURE);
    const picture = { path, sha256: createHash("sha256").update(PICTURE).digest("hex"), fileType: "image/png" };
    const program = await story({ stack, emulator, pass, callbackUrl: callback.url, picture });
    const text = JSON.stringify(await freeze({ stack, emulator, program, now: new Date(now) }));
    const neutral = text.replaceAll(emulator.url, ADDRESS).replaceAll(callback.url, CALLBACK);
    return JSON.parse(neutral.replaceAll(folder, FOLDER));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await transport.close();
    await emulator.close();
    for (const end of ends) await end();
  }
}

async function keep(file: string, stateVersion: number, stories: Readonly<Record<string, Story>>, stage: Stage) {
  if (existsSync(file) && !process.argv.includes("--again")) {
    process.stderr.write(`${file} is there already. Where its version is not released yet: --again\n`);
    process.exitCode = 1;
    return;
  }
  const stacks: Record<string, unknown> = {};
  for (const [name, story] of Object.entries(stories)) stacks[name] = await told(story, stage);
  writeFileSync(file, `${JSON.stringify({ stateVersion, stacks }, undefined, 2)}\n`);
}

const { phoneNumber: version } = SCHEMA_VERSIONS;
await keep(fileOf(version), version, STORIES, { of: "phoneNumber", options: {}, freeze });
for (const of of CLASSES) {
  const options = of === "preVerifiedPhoneNumber" ? { seed: SEED } : {};
  const stateVersion = SCHEMA_VERSIONS[of];
  await keep(classFileOf(of, stateVersion), stateVersion, CLASS_STORIES[of], { of, options, freeze: freezeClass });
}
