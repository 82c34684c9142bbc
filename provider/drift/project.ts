/** The Pulumi project that a folder belongs to, as `pulumi` itself would find it. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const project = z.object({ name: z.string() });

/** There is no project, or its file cannot be read. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

/** @throws ProjectError */
export function projectName(cwd: string): string {
  if (!existsSync(cwd)) throw new ProjectError(`there is no folder ${cwd}`);
  const file = projectFile(resolve(cwd));
  if (file === undefined) throw new ProjectError(`${cwd} is in no Pulumi project: give its folder by --cwd`);
  try {
    return project.parse(parse(readFileSync(file, "utf8"))).name;
  } catch {
    throw new ProjectError(`${file} does not tell the project's name`);
  }
}

function projectFile(folder: string): string | undefined {
  const file = PROJECT_FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file !== undefined || dirname(folder) === folder) return file;
  return projectFile(dirname(folder));
}
