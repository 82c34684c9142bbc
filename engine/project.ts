import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join, posix, resolve } from "node:path";

/**
 * Pulumi writes Pulumi.<stack>.yaml beside the Pulumi.yaml it found, and no variable says otherwise. So the sandbox has a
 * copy of the project file, with a link to the real program beside it: settings stay here, code and node_modules are there.
 */
export async function linkProject(folder: string, sandbox: string): Promise<string> {
  const target = resolve(folder);
  const project = join(sandbox, "projects", basename(target));
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "Pulumi.yaml"), withMain(await readFile(join(target, "Pulumi.yaml"), "utf8")));
  await symlink(target, join(project, "program"), "junction");
  return project;
}

/** The same project file, for a folder in which `program` is a link to where it stood. */
export function withMain(projectFile: string): string {
  const main = /^main:[ \t]*(?:"([^"]*)"|'([^']*)'|([^#\r\n]*?))[ \t]*(?:#.*)?$/m.exec(projectFile);
  if (main === null) return `${projectFile.trimEnd()}\nmain: program\n`;
  const moved = `main: ${posix.join("program", main[1] ?? main[2] ?? main[3] ?? "")}`;
  return projectFile.slice(0, main.index) + moved + projectFile.slice(main.index + main[0].length);
}
