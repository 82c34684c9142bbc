import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "./tool.mjs";

const stampOf = (root) => join(root, "node_modules", ".pulumi-waba-installed");
const node = (root) => join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");

export function packagesAreOld(root) {
  const stamp = read(stampOf(root));
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  // npm writes this copy of the lock file last, so an install that was interrupted lacks it or has an old one.
  const installed = read(join(root, "node_modules", ".package-lock.json"));
  if (!existsSync(node(root)) || installNeeded({ stamp, lock, installed })) return true;
  if (stamp === undefined) writeFileSync(stampOf(root), hash(lock));
  return false;
}

/**
 * Decides from the texts of our stamp, of package-lock.json and of npm's copy in node_modules. What somebody installed
 * by hand is left alone if it is what the lock file says.
 */
export function installNeeded({ stamp, lock, installed }) {
  if (installed === undefined) return true;
  if (stamp === hash(lock)) return false;
  const have = packagesOf(installed);
  const want = Object.entries(packagesOf(lock)).filter(([path]) => path !== "");
  return have === undefined || want.some(([path, entry]) => !sameOrOptional(have[path], entry));
}

export async function installPackages(root) {
  process.stderr.write("Installing packages (npm ci) …\n");
  rmSync(stampOf(root), { force: true });
  await runTool("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], root, {
    missing: "npm is not on the PATH: it comes with Node, https://nodejs.org/",
    failed: "`npm ci` failed, see above. Mend what it names, then run this again.",
  });
  if (!existsSync(node(root))) {
    throw new Error(
      "npm ci did not install Node 24 (node_modules/.bin/node): its install script did not run. " +
        "Allow it with `npm rebuild node --ignore-scripts=false`, then run this again.",
    );
  }
  writeFileSync(stampOf(root), hash(readFileSync(join(root, "package-lock.json"), "utf8")));
}

export function hash(text) {
  return createHash("sha256").update(text).digest("hex");
}

// Optional packages are those of other platforms; npm leaves them out.
function sameOrOptional(have, want) {
  if (have === undefined) return want.optional === true || want.devOptional === true;
  return have.version === want.version && have.integrity === want.integrity;
}

function packagesOf(text) {
  try {
    return JSON.parse(text).packages;
  } catch {
    return undefined;
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
