/**
 * The browser of the tests, as `npm ci` brings it, with the libraries and fonts that it brings too: of the system it needs
 * libc alone, so it starts on any Linux image. It is for Linux on x64; elsewhere the Chrome that is installed is taken.
 */
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import carried from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { vi } from "vitest";

export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") return chromium.launch({ channel: "chrome" });
  // A folder of its own: where the package finds its browser unpacked already, it does not look for the libraries.
  const folder = join(tmpdir(), "pulumi-waba-browser");
  await mkdir(folder, { recursive: true });
  vi.stubEnv("TMPDIR", folder);
  // What the package takes for a system without libraries.
  vi.stubEnv("AWS_EXECUTION_ENV", "AWS_Lambda_nodejs24.x");
  const executablePath = await carried.executablePath();
  vi.unstubAllEnvs();
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, "al2023/lib"),
    FONTCONFIG_PATH: join(folder, "fonts"),
  };
  return chromium.launch({ executablePath, env });
}
