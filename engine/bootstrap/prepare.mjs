import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildDist, distIsOld } from "./dist.mjs";
import { withLock } from "./lock.mjs";
import { installPackages, packagesAreOld } from "./packages.mjs";
import { onParentGone } from "./parent.mjs";

/** Installs and builds what is missing. Of two processes at once the second waits, and finds nothing left to do. */
export async function prepare(root) {
  const mayInstall = existsSync(join(root, "package-lock.json"));
  const packagesOld = () => mayInstall && packagesAreOld(root);
  if (!packagesOld() && !distIsOld(root)) return;
  // Not in node_modules, which `npm ci` deletes.
  mkdirSync(join(root, ".tmp"), { recursive: true });
  await withLock(join(root, ".tmp", "bootstrap.lock"), async () => {
    onParentGone(() => process.kill(process.pid, "SIGTERM"));
    if (packagesOld()) await installPackages(root);
    if (distIsOld(root)) await buildDist(root);
  });
}
