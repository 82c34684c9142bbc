import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HostOptions, PackageManagerName } from "./options.ts";

const lockFiles: readonly [file: string, name: PackageManagerName][] = [
  ["yarn.lock", "yarn"],
  ["pnpm-lock.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

/** The package manager of a program: the one that its options name, else the one whose lock file is there, else npm. */
export function packageManagerOf(options: HostOptions, directory: string): PackageManagerName {
  if (options.packagemanager !== "auto") return options.packagemanager;
  return lockFiles.find(([file]) => existsSync(join(directory, file)))?.[1] ?? "npm";
}

/** Runs `<manager> install`; `write` gets its output as it comes. Throws when it fails. */
export function installPackages(
  manager: PackageManagerName,
  directory: string,
  write: (chunk: Buffer, stream: "stdout" | "stderr") => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(manager, ["install"], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
      // npm is a .cmd file on Windows, which starts in a shell only.
      shell: process.platform === "win32",
    });
    child.stdout.on("data", (chunk: Buffer) => write(chunk, "stdout"));
    child.stderr.on("data", (chunk: Buffer) => write(chunk, "stderr"));
    child.on("error", (cause) => reject(new Error(`could not start ${manager}: ${cause.message}; is it on the PATH?`)));
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`\`${manager} install\` in ${directory} ended with exit code ${code}`)),
    );
  });
}
