/** The processes that work in a folder of a test, as Linux shows them; elsewhere there are none. */
import { readdir, readFile } from "node:fs/promises";

export interface Seen {
  readonly pid: number;
  readonly args: readonly string[];
}

/** Those whose environment names the folder: what was started in its sandbox, and what that started. */
export async function processesOf(folder: string): Promise<Seen[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await textOf(`/proc/${pid}/environ`);
      if (!environment.includes(folder)) return [];
      const args = (await textOf(`/proc/${pid}/cmdline`)).split("\0").slice(0, -1);
      return [{ pid: Number(pid), args }];
    }),
  );
  return found.flat();
}

/** Whether a plugin of ours works for a refresh of the stack. Those at Meta are told once they are answered. */
export async function isRefreshing(folder: string, stack: string): Promise<boolean> {
  const seen = (await processesOf(folder)).map(({ args }) => `${args.join(" ")} `);
  return [` --stack ${stack} `, "dynamic-provider"].every((words) => seen.some((line) => line.includes(words)));
}

/** Ends them all at once, with what they start meanwhile: as a machine that loses its power. */
export async function killProcessesOf(folder: string): Promise<void> {
  for (;;) {
    // One that is a zombie already has neither environment nor arguments.
    const alive = await processesOf(folder);
    if (alive.length === 0) return;
    for (const { pid } of alive) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended already.
      }
    }
  }
}

/** Looks at them ten times a second until `run` is done: all arguments that were seen. */
export async function argumentsDuring(folder: string, run: Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let running = true;
  const done = run.finally(() => {
    running = false;
  });
  while (running) {
    for (const { args } of await processesOf(folder)) seen.add(args.join(" "));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await done;
  return seen;
}

/** Empty where it ended meanwhile, or is another user's. */
function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
