import { spawn } from "node:child_process";
import { join } from "node:path";
import { onInterrupt } from "../interrupt.ts";
import { locateEngine } from "../locate.ts";
import { needsEngine } from "../test-projects.ts";

const root = join(import.meta.dirname, "..", "..");
const args = process.argv.slice(2);
const signal = onInterrupt();

// `npm test`: an engine first, with progress, so that no test waits minutes for a build; then vitest, which prints the tally.
try {
  if (needsEngine(args)) {
    const { origin, version, folder } = await locateEngine({ signal });
    process.stderr.write(`engine: Pulumi ${version} (${origin}) in ${folder}\n`);
  }
  const vitest = spawn(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  signal.addEventListener("abort", () => vitest.kill("SIGINT"));
  vitest.on("exit", (code) => {
    process.exitCode ||= code ?? 1;
  });
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode ||= 1;
}
