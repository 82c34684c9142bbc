/** `waba drift` over a fleet of customers on the real engine: a stack and four numbers each. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { startEmulatorProcess } from "../../engine/emulator-process.ts";
import { locateEngine } from "../../engine/locate.ts";
import { createSandbox, type Sandbox } from "../../engine/sandbox.ts";
import { report } from "../../provider/drift/report.ts";
import { copyStack } from "../../test/support/stacks.ts";
import { megabytesOf } from "../figures.ts";
import type { Row } from "../table.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const WABA_JS = join(ROOT, "dist/provider/cli/waba.js");
const WABA = "900000";
const NUMBERS = 4;
const LATENCY_MS = 100;
const EVERY_MS = 200;
const TENTH = "1/10";

/** One stack is brought up, and stands for all: each reads the same account on its own. */
export async function measureDrift(stacks: number, progress: (line: string) => void): Promise<Row[]> {
  progress(`drift of ${stacks} stacks of ${NUMBERS} numbers, ${LATENCY_MS} ms a call`);
  const emulator = await startEmulatorProcess(["--numbers", String(NUMBERS), "--latency", String(LATENCY_MS)]);
  const env = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token };
  const sandbox = await createSandbox({ engine: await locateEngine(), env });
  try {
    const cwd = await sandbox.project(join(ROOT, "test/e2e/numbers"));
    await bringUp(sandbox, cwd);
    for (let at = 0; at < stacks; at += 1) await copyStack({ sandbox: sandbox.dir }, `customer-${at}`, {});
    const some = await drift(sandbox, cwd, ["--shard", TENTH]);
    const all = await drift(sandbox, cwd, []);
    const title = `drift of ${stacks} stacks of ${NUMBERS} numbers`;
    return [
      { what: title, value: all.seconds, unit: "s", ...(stacks === 400 ? { goal: { is: "<", bound: 600 } } : {}) },
      { what: `${title}: calls a stack`, value: all.calls / stacks, unit: "", goal: { is: "≤", bound: 1 } },
      {
        what: `${title}: memory of waba`,
        value: all.megabytes,
        unit: "MB",
        goal: { is: "≤", bound: Math.ceil(1.5 * some.megabytes) },
      },
      { what: "drift of a tenth of them: memory of waba", value: some.megabytes, unit: "MB" },
    ];
  } finally {
    emulator.stop();
    await sandbox.dispose();
  }
}

async function bringUp(sandbox: Sandbox, cwd: string): Promise<void> {
  const number = (at: number) => ({ wabaId: WABA, phoneNumberId: String(100_000_000 + at), pin: "123456" });
  const numbers = Object.fromEntries(Array.from({ length: NUMBERS }, (_, at) => [`n${at}`, number(at)]));
  for (const args of [
    ["stack", "init", "test"],
    ["config", "set", "numbers", JSON.stringify(numbers)],
    ["up", "--yes", "--skip-preview", "--suppress-progress"],
  ]) {
    const { exitCode, stdout, stderr } = await sandbox.run(args, { cwd });
    if (exitCode !== 0) throw new Error(`pulumi ${args[0]} ended with ${exitCode}:\n${stdout}${stderr}`);
  }
}

interface Run {
  readonly seconds: number;
  readonly calls: number;
  readonly megabytes: number;
}

async function drift(sandbox: Sandbox, cwd: string, more: readonly string[]): Promise<Run> {
  const args = [WABA_JS, "drift", "--stacks", "customer-*", "--format", "json", ...more];
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, env: sandbox.env, stdio: ["ignore", "pipe", "inherit"] });
  let megabytes = Number.NaN;
  const watch = setInterval(async () => {
    const peak = await megabytesOf(child.pid, "peak");
    if (!Number.isNaN(peak)) megabytes = peak;
  }, EVERY_MS);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  clearInterval(watch);
  const { exitCode, verdict, summary } = report.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  if (exitCode !== 0) throw new Error(`waba drift ended with ${exitCode}: ${verdict}`);
  return { seconds: (performance.now() - started) / 1000, calls: summary.calls, megabytes };
}
