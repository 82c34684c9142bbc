import { spawnSync } from "node:child_process";
import { join } from "node:path";

// `npm run check`: all steps run, whatever fails, so that one run shows everything there is to mend.
const root = join(import.meta.dirname, "..", "..");
const steps: readonly [title: string, command: string, ...args: string[]][] = [
  ["format and lint", "biome", "check"],
  ["types", "tsc", "--project", "."],
  ["unused code", "knip"],
  ["package", "publint"],
  ["package types", "attw", "--pack", ".", "--profile", "esm-only"],
  ["unit tests", "vitest", "run", "--project", "unit"],
];

const results = steps.map(([title, command, ...args]) => {
  process.stdout.write(`\n── ${title}: ${[command, ...args].join(" ")}\n`);
  const started = performance.now();
  const { status, error } = spawnSync(join(root, "node_modules", ".bin", command), args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) process.stderr.write(`${command} could not be started: ${error.message}\n`);
  return { title, passed: status === 0, seconds: (performance.now() - started) / 1000 };
});

process.stdout.write("\n");
for (const { title, passed, seconds } of results) {
  process.stdout.write(`${passed ? "ok    " : "FAILED"} ${title} (${seconds.toFixed(1)} s)\n`);
}
if (results.some(({ passed }) => !passed)) process.exitCode = 1;
