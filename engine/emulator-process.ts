import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const command = join(import.meta.dirname, "..", "dist", "provider", "cli", "waba.js");

export interface EmulatorProcess {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  stop(): void;
}

/** `waba emulator` in a process of its own, on a free port; `outlives` this one for `npm start -- --keep`. */
export async function startEmulatorProcess(
  args: readonly string[] = [],
  { outlives = false }: { readonly outlives?: boolean } = {},
): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, [command, "emulator", "--port", "0", ...args], {
    detached: outlives,
    stdio: ["ignore", "pipe", outlives ? "ignore" : "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [string | undefined];
  if (line === undefined)
    throw new Error("The emulator ended before it listened. Run it alone to see why: npm run emulator");
  const { url, token, pid } = JSON.parse(line) as { url: string; token: string; pid: number };
  lines.close();
  child.stdout.destroy();
  child.unref();
  return { url, token, pid, stop: () => void child.kill() };
}
