/**
 * Keeps what Node compiles in a folder of the run: the tests start thousands of processes that load the same modules, and
 * compiling takes half of such a start. vitest's workers inherit the variable, and so does what they start.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** vitest calls it once a project; a folder that is set already stays. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return;
  const folder = await mkdtemp(join(tmpdir(), "waba-compile-cache-"));
  process.env.NODE_COMPILE_CACHE = folder;
  await fillForPlugin();
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Node writes its cache when a process exits, and the engine kills its plugins. What cannot be loaded, the tests tell. */
async function fillForPlugin(): Promise<void> {
  const code = `
    const { globSync } = require("node:fs");
    require("@pulumi/pulumi/cmd/dynamic-provider");
    const ours = globSync("dist/provider/{runtime.js,config.js,graph/**/*.js,lifecycle/**/*.js}");
    Promise.all(["undici", ...ours.map((file) => "./" + file)].map((each) => import(each))).finally(process.exit);
  `;
  const filling = spawn(process.execPath, ["--eval", code, "plugin", "127.0.0.1:1"], { cwd: ROOT, stdio: "ignore" });
  await once(filling, "exit");
}

/** For a process that inherits nothing. */
export function compileCache(): Record<string, string> {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
}
