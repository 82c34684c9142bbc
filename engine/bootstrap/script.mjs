import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { onParentGone } from "./parent.mjs";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
// npm and the terminal may both pass on the same Ctrl-C; a person's second one comes later than this.
const onceWithinMs = 1_000;

/** Runs the script with Node 24 and ends as it ends: same exit code, same signal. */
export function runScript(root, script, args) {
  const bin = join(root, "node_modules", ".bin");
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
  const watch = pathToFileURL(join(import.meta.dirname, "parent-watch.mjs")).href;
  const node = join(bin, process.platform === "win32" ? "node.cmd" : "node");
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", "--import", watch, script, ...args], {
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // A group of its own: a Ctrl-C then reaches it through us only, hence once.
    detached: process.platform !== "win32",
    shell: process.platform === "win32",
  });

  let last;
  for (const signal of signals) {
    process.on(signal, () => {
      const now = performance.now();
      if (last === undefined || now - last > onceWithinMs) child.kill(signal);
      last = now;
    });
  }
  onParentGone(() => {
    // Told to end with the whole group, the script is clearing up already: another signal would cut that short.
    if (last === undefined) child.kill("SIGTERM");
  });
  child.on("error", (cause) => {
    process.stderr.write(`${node} could not be started: ${cause.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
