import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

const [root = "", script = "", reachableWithinMs] = process.argv.slice(2);

// The SDK waits two minutes for a host that does not answer; where there is no network we want to know in seconds.
async function reach(url: string): Promise<void> {
  try {
    const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(Number(reachableWithinMs)) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
  } catch (cause) {
    const reason =
      cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : cause;
    throw new Error(`could not reach ${url}: ${reason}`);
  }
}

try {
  await reach(script);
  // Of the SDK's own version.
  await PulumiCommand.install({ root });
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
