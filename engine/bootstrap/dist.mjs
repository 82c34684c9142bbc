import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "./tool.mjs";

const sources = ["provider", "emulator"];
const settings = ["tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const stampOf = (root) => join(root, "dist", ".built-from");
// One file that is there when dist is: somebody may have emptied the folder around the stamp.
const proofOf = (root) => join(root, "dist", "provider");

/** Whether a source came, went or changed since the last build, by name, size and time: a compiler run costs seconds. */
export function distIsOld(root) {
  if (!existsSync(stampOf(root)) || !existsSync(proofOf(root))) return true;
  return readFileSync(stampOf(root), "utf8") !== fingerprint(root);
}

export async function buildDist(root) {
  process.stderr.write("Building dist (tsc) …\n");
  const before = fingerprint(root);
  rmSync(stampOf(root), { force: true });
  // With its memory of files that are not there any more, tsc would not write them again.
  if (!existsSync(proofOf(root))) rmSync(join(root, "dist", ".tsbuildinfo"), { force: true });
  await runTool(
    process.execPath,
    [join("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"],
    root,
    {
      missing: "typescript is not installed: run `npm ci`",
      failed: "dist could not be built: see the compiler's errors above.",
    },
  );
  mkdirSync(join(root, "dist"), { recursive: true });
  // What was edited while tsc ran is old already.
  writeFileSync(stampOf(root), before);
}

function fingerprint(root) {
  const files = sources.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name))
      : [],
  );
  const wanted = [...settings, ...files.filter((name) => name.endsWith(".ts")).sort()];
  return wanted
    .map((name) => [name, statSync(join(root, name), { throwIfNoEntry: false })])
    .map(([name, found]) => `${name} ${found?.size} ${found?.mtimeMs}`)
    .join("\n");
}
