import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const pollMs = 200;
const tellAfterMs = 2_000;

/** Does `work` while no other process of this machine holds the lock file. One whose process is gone counts for nothing. */
export async function withLock(path, work) {
  const started = Date.now();
  let told = false;
  while (!take(path)) {
    if (!told && Date.now() - started > tellAfterMs) {
      process.stderr.write(`Waiting for process ${holder(path) ?? "?"}, which installs or builds in this clone …\n`);
      told = true;
    }
    await wait(pollMs);
  }
  const release = () => rmSync(path, { force: true });
  process.on("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

// A link, unlike a write, makes the lock together with its contents: no reader sees a lock of nobody.
function take(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (cause) {
    if (cause.code !== "EEXIST") throw cause;
    dropIfDead(path);
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function dropIfDead(path) {
  const pid = holder(path);
  if (pid === undefined || isAlive(pid)) return;
  const moved = `${path}.${process.pid}.dead`;
  try {
    // Only one process can move it away; if another took the lock over meanwhile, it gets it back.
    renameSync(path, moved);
    if (holder(moved) !== pid) linkSync(moved, path);
  } catch {
    // Somebody else was faster.
  }
  rmSync(moved, { force: true });
}

function holder(path) {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === "EPERM";
  }
}
