import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "./child.ts";
import { withoutPulumi } from "./environment.ts";

const answersWithinMs = 30_000;

/** What `<pulumi> version` prints. Throws when it does not answer. */
export async function pulumiVersion(pulumi: string): Promise<string> {
  // Even `version` writes a log into PULUMI_HOME, which must not be the person's own.
  const home = await mkdtemp(join(tmpdir(), "pulumi-waba-version-"));
  try {
    const { exitCode, stdout, stderr } = await runChild(pulumi, ["version"], {
      env: { ...withoutPulumi(process.env), PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeoutMs: answersWithinMs,
    });
    if (exitCode !== 0) throw new Error(`\`${pulumi} version\` ended with exit code ${exitCode}: ${stderr.trim()}`);
    return stdout.trim();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
