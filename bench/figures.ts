/** What several measurements work out in the same way. */
import { readFile } from "node:fs/promises";

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * A process's memory in megabytes, now or at its highest so far. Linux tells it in a file; elsewhere, and of a process
 * that is gone, it is NaN.
 */
export async function megabytesOf(pid: number | string | undefined, which: "now" | "peak"): Promise<number> {
  const field = which === "now" ? "VmRSS" : "VmHWM";
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1024;
}
