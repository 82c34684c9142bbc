import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { executableName } from "./executable.ts";
import { withLock } from "./lock.ts";
import { faultOf, writeManifest } from "./manifest.ts";
import { pulumiVersion } from "./pulumi-version.ts";
import { sameVersion } from "./version.ts";

/** One engine as the cache keeps it: a folder that is complete, or is not there. */
export interface Entry {
  /** The folder's name; it changes with everything that the contents depend on. */
  readonly name: string;
  readonly version: string;
  /** Fills an empty folder; `bin/pulumi` has to be in it afterwards. */
  build(folder: string, signal: AbortSignal): Promise<void>;
}

export type Found = { readonly folder: string } | { readonly fault: string | undefined };

export interface Check {
  /** Compares the contents too, not just the sizes. */
  readonly thorough?: boolean;
}

export interface CacheOptions {
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

export function cacheRoot(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-waba", "engine");
}

export class Cache {
  readonly root: string;
  readonly #options: CacheOptions;

  constructor(root: string, options: CacheOptions) {
    this.root = root;
    this.#options = options;
  }

  /** The entry's folder if it is whole and its pulumi answers; else what is wrong, or no fault when it is just not there. */
  async find(entry: Entry, check: Check = {}): Promise<Found> {
    const folder = join(this.root, entry.name);
    const present = await readdir(folder).catch(() => undefined);
    if (present === undefined) return { fault: undefined };
    const fault = (await faultOf(folder, entry.version, check)) ?? (await answers(folder, entry.version));
    return fault === undefined ? { folder } : { fault: `${folder} is broken: ${fault}` };
  }

  /** The entry's folder, built if need be. Of several processes that ask at once one builds, the others wait for it. */
  async obtain(entry: Entry, check: Check = {}): Promise<string> {
    const early = await this.find(entry, check);
    if ("folder" in early) return early.folder;
    await mkdir(this.root, { recursive: true });
    const onWait = () => this.#options.log(`waiting for another process that is making ${entry.name}`);
    return withLock(join(this.root, entry.name), (signal) => this.#buildLocked(entry, check, signal), {
      signal: this.#options.signal,
      onWait,
    });
  }

  async #buildLocked(entry: Entry, check: Check, signal: AbortSignal): Promise<string> {
    const found = await this.find(entry, check);
    if ("folder" in found) return found.folder;
    if (found.fault !== undefined) this.#options.log(`${found.fault}; making it anew`);
    const folder = join(this.root, entry.name);
    await this.#discard(entry.name);
    // Beside its final place, so that the rename stays on one file system and is atomic.
    const draft = await mkdtemp(join(this.root, `${entry.name}.draft-`));
    try {
      await entry.build(draft, signal);
      signal.throwIfAborted();
      const fault = await answers(draft, entry.version);
      if (fault !== undefined) throw new Error(fault);
      await writeManifest(draft, entry.version);
      signal.throwIfAborted();
      await rename(draft, folder);
      return folder;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  // Under the lock nobody else is building this entry, so every draft of it is a dead builder's.
  async #discard(name: string): Promise<void> {
    for (const sibling of await readdir(this.root)) {
      if (sibling === name || sibling.startsWith(`${name}.draft-`)) {
        await rm(join(this.root, sibling), { recursive: true, force: true });
      }
    }
  }
}

async function answers(folder: string, version: string): Promise<string | undefined> {
  const pulumi = join(folder, "bin", executableName("pulumi"));
  try {
    const found = await pulumiVersion(pulumi);
    return sameVersion(found, version)
      ? undefined
      : `its \`pulumi version\` says ${found || "nothing"}, not ${version}`;
  } catch (cause) {
    return `its pulumi does not run: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
