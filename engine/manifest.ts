import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** What a finished cache entry holds; an entry without one was never finished. */
export interface Manifest {
  readonly version: string;
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

const fileName = "manifest.json";

export async function writeManifest(folder: string, version: string): Promise<void> {
  const files: Record<string, { size: number; sha256: string }> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = { size: (await stat(path)).size, sha256: await sha256(path) };
  }
  await writeFile(join(folder, fileName), `${JSON.stringify({ version, files }, null, 2)}\n`);
}

/** What is wrong with the folder, or undefined. Sizes only, unless `thorough`: hashing 115 MB at every command is slow. */
export async function faultOf(
  folder: string,
  version: string,
  { thorough = false }: { readonly thorough?: boolean } = {},
): Promise<string | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return "its manifest is missing or unreadable";
  if (manifest.version !== version) return `it was stamped ${manifest.version}, not ${version}`;
  for (const [name, expected] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) return `${name} is missing`;
    if (size !== expected.size) return `${name} has ${size} bytes instead of ${expected.size}`;
    if (thorough && (await sha256(path)) !== expected.sha256) return `${name} has other contents than when it was made`;
  }
  return undefined;
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const manifest: Manifest = JSON.parse(await readFile(join(folder, fileName), "utf8"));
    return typeof manifest.version === "string" && Object.keys(manifest.files).length > 0 ? manifest : undefined;
  } catch {
    return undefined;
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
