import { join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { runChild } from "./child.ts";
import { withoutPulumi } from "./environment.ts";
import { Progress } from "./progress.ts";

/** The engine that belongs to the installed SDK. */
export const installerVersion: string = sdkVersion;

const reachableWithinMs = 10_000;
const installWithinMs = 5 * 60_000;
const script = "https://get.pulumi.com/install.sh";

export interface InstallerOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Fills `folder` with Pulumi's own bundle (`bin/pulumi` and its plugins), in a process of its own that can be ended. */
export async function install(folder: string, { env, log, signal }: InstallerOptions): Promise<void> {
  const progress = new Progress(log, `downloading Pulumi ${installerVersion} with its own installer`);
  try {
    const main = join(import.meta.dirname, "installer-process.ts");
    const { exitCode, stderr, timedOut } = await runChild(
      process.execPath,
      [main, folder, script, String(reachableWithinMs)],
      {
        // fetch() minds HTTPS_PROXY only when asked to.
        env: { ...withoutPulumi(env), NODE_USE_ENV_PROXY: "1" },
        ownGroup: true,
        signal,
        timeoutMs: installWithinMs,
      },
    );
    signal.throwIfAborted();
    if (timedOut) throw new Error(`the installer did not end within ${installWithinMs / 60_000} minutes`);
    if (exitCode !== 0) throw new Error(stderr.trim().split("\n").slice(-3).join("\n"));
  } finally {
    progress.end();
  }
}
