import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a package.json says that concerns Pulumi. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly plugin?: { readonly name: string; readonly version: string; readonly server: string };
}

/** Packages under the node_modules of a program and of the folders between it and the project's root, nested ones too. */
export function installedPackages(programDirectory: string, rootDirectory: string): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  for (const folder of upwards(programDirectory, rootDirectory)) collect(join(folder, "node_modules"), found);
  return [...found.values()];
}

/** The packages that a program's package.json names, in the versions that are installed. */
export function directPackages(programDirectory: string, rootDirectory: string): InstalledPackage[] {
  for (const folder of upwards(programDirectory, rootDirectory)) {
    const manifest = readJson(join(folder, "package.json"));
    if (manifest === undefined) continue;
    const names = Object.keys({ ...object(manifest.dependencies), ...object(manifest.devDependencies) });
    return names.flatMap((name) => describe(readJson(join(folder, "node_modules", name, "package.json"))) ?? []);
  }
  return [];
}

function upwards(from: string, to: string): string[] {
  const folders = [from];
  while (from !== to && dirname(from) !== from) {
    from = dirname(from);
    folders.push(from);
  }
  return from === to ? folders : folders.slice(0, 1);
}

function collect(modules: string, found: Map<string, InstalledPackage>): void {
  for (const folder of packageFolders(modules)) {
    const installed = describe(readJson(join(folder, "package.json")));
    if (installed) found.set(`${installed.name}@${installed.version}`, installed);
    collect(join(folder, "node_modules"), found);
  }
}

function packageFolders(modules: string): string[] {
  return list(modules).flatMap((name) => {
    const folder = join(modules, name);
    return name.startsWith("@") ? list(folder).map((scoped) => join(folder, scoped)) : [folder];
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

// Exported for its rule: only @pulumi packages may leave out the plugin's name.
export function describe(manifest: Record<string, unknown> | undefined): InstalledPackage | undefined {
  if (typeof manifest?.name !== "string" || typeof manifest.version !== "string") return undefined;
  const { name, version } = manifest;
  const pulumi = object(manifest.pulumi);
  const pluginName = text(pulumi.name) ?? /^@pulumi\/(.+)$/.exec(name)?.[1];
  if (pulumi.resource !== true || pluginName === undefined) return { name, version };
  const pluginVersion = text(pulumi.version) ?? version;
  return {
    name,
    version,
    plugin: {
      name: pluginName,
      version: pluginVersion.startsWith("v") ? pluginVersion : `v${pluginVersion}`,
      server: text(pulumi.server) ?? "",
    },
  };
}

function readJson(path: string): Record<string, unknown> | undefined {
  try {
    return object(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
