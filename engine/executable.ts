import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The file name that a program has on this platform. */
export function executableName(program: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" ? `${program}.exe` : program;
}

/** The real file, symlinks resolved, that a shell with this PATH would start; undefined when there is none. */
export function findOnPath(program: string, path: string | undefined): string | undefined {
  for (const folder of (path ?? "").split(delimiter)) {
    const file = join(folder, executableName(program));
    if (folder !== "" && isExecutable(file)) return realpathSync(file);
  }
  return undefined;
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
