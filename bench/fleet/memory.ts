/** The most memory that the plugin of dynamic providers had, while something runs. Linux tells it in files. */
import { readdir, readFile } from "node:fs/promises";
import { megabytesOf } from "../figures.ts";

const EVERY_MS = 100;

export interface Watch {
  /** Megabytes; NaN where the system does not tell. */
  stop(): Promise<number>;
}

/** @param sandbox text that stands in the environment of all processes of the operation */
export function watchPlugin(sandbox: string): Watch {
  let peak = Number.NaN;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const now = await pluginMegabytes(sandbox);
      if (!(peak >= now)) peak = now;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      return peak;
    },
  };
}

async function pluginMegabytes(sandbox: string): Promise<number> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const sizes = await Promise.all(pids.map((pid) => megabytesIfPlugin(pid, sandbox)));
  return Math.max(Number.NEGATIVE_INFINITY, ...sizes);
}

async function megabytesIfPlugin(pid: string, sandbox: string): Promise<number> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
  if (!(await read("cmdline")).includes("dynamic-provider")) return Number.NEGATIVE_INFINITY;
  if (!(await read("environ")).includes(sandbox)) return Number.NEGATIVE_INFINITY;
  const megabytes = await megabytesOf(pid, "peak");
  return Number.isNaN(megabytes) ? Number.NEGATIVE_INFINITY : megabytes;
}
