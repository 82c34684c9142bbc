import { copyFile, link, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Cache, cacheRoot, type Entry } from "./cache.ts";
import { executableName } from "./executable.ts";
import { goBuild } from "./go-build.ts";
import { type GoRecipe, readGoRecipe } from "./go-recipe.ts";
import { hostHash, writeHost } from "./host-files.ts";
import { install, installerVersion } from "./installer.ts";
import { type Attempt, NoEngineError } from "./no-engine.ts";
import { engineOnPath } from "./path-engine.ts";
import { forcedOrigin, type Origin, type Step, stepsFor } from "./steps.ts";

/** A Pulumi engine that runs Node.js programs. */
export interface Engine {
  readonly origin: Origin;
  readonly version: string;
  /** Holds `pulumi`, `pulumi-language-nodejs` and `pulumi-resource-pulumi-nodejs`. */
  readonly folder: string;
}

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Told what goes on; by default a line on stderr. */
  readonly log?: (line: string) => void;
  /** Pulumi's installer; tests put another in its place. */
  readonly installer?: typeof install;
  readonly recipe?: GoRecipe;
}

/** Finds, fetches or builds an engine; throws NoEngineError when no way leads to one. */
export async function locateEngine(options: LocateOptions = {}): Promise<Engine> {
  const { env = process.env, log = logToStderr, recipe = readGoRecipe(), signal } = options;
  const forced = forcedOrigin(env.WABA_ENGINE);
  const cache = new Cache(cacheRoot(env), { log, signal });
  const fetched = installerEntry({ env, log, installer: options.installer ?? install });
  const built = goEntry(cache, recipe, { env, log });
  const entries = { installer: fetched, go: built } as const;

  const attempts: Attempt[] = [];
  for (const step of stepsFor(forced)) {
    const outcome = await attempt(step).catch((cause: unknown) => {
      // Ctrl-C is no reason to try the next way.
      signal?.throwIfAborted();
      return { reason: cause instanceof Error ? cause.message : String(cause) };
    });
    if ("folder" in outcome) return outcome;
    attempts.push({ step, reason: outcome.reason });
    if (step === "installer" || step === "go") log(`${step}: ${outcome.reason}`);
  }
  throw new NoEngineError(attempts, { forced, minimumGo: recipe.minimumGo });

  async function attempt(step: Step): Promise<Engine | { reason: string }> {
    if (step === "path") {
      const found = await engineOnPath(env.PATH);
      return "folder" in found ? { origin: "path", ...found } : found;
    }
    const origin = step === "cached installer" || step === "installer" ? "installer" : "go";
    const entry = entries[origin];
    const { version } = entry;
    if (step === origin) return { origin, version, folder: join(await cache.obtain(entry), "bin") };
    const found = await cache.find(entry);
    if ("folder" in found) return { origin, version, folder: join(found.folder, "bin") };
    return { reason: found.fault ?? `nothing in ${join(cache.root, entry.name)}` };
  }
}

interface Making {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

function installerEntry({ env, log, installer }: Making & { installer: typeof install }): Entry {
  return {
    name: `installer-${installerVersion}-${process.platform}-${process.arch}`,
    version: installerVersion,
    build: (folder, signal) => installer(folder, { env, log, signal }),
  };
}

/** The engine with this clone's language host: linked from the binary alone, so that a new host costs no new build. */
function goEntry(cache: Cache, recipe: GoRecipe, making: Making): Entry {
  const binary: Entry = {
    name: `go-${recipe.version}-${process.platform}-${process.arch}-${recipe.hash}`,
    version: recipe.version,
    build: (folder, signal) => goBuild(recipe, folder, { ...making, signal }),
  };
  return {
    name: `${binary.name}-host-${hostHash()}`,
    version: recipe.version,
    async build(folder) {
      if (process.platform === "win32") throw new Error("building Pulumi with Go is not supported on Windows");
      const source = await cache.obtain(binary, { thorough: true });
      const name = join("bin", executableName("pulumi"));
      await mkdir(join(folder, "bin"));
      await link(join(source, name), join(folder, name)).catch(() => copyFile(join(source, name), join(folder, name)));
      await writeHost(join(folder, "bin"));
    },
  };
}

function logToStderr(line: string): void {
  process.stderr.write(`engine: ${line}\n`);
}
