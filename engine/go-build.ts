import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "./child.ts";
import { executableName, findOnPath } from "./executable.ts";
import { type GoRecipe, goArguments, goEnvironment } from "./go-recipe.ts";
import { Progress } from "./progress.ts";
import { atLeast, parseVersion } from "./version.ts";

// A cold build takes 4 to 6 minutes on two cores; one that hangs on the network is given up in the end.
const buildWithinMs = 40 * 60_000;
const oldestWithToolchains = { major: 1, minor: 21, patch: 0, prerelease: undefined };

export interface GoBuildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Builds `<folder>/bin/pulumi`. Throws with the reason when there is no fitting Go or the build fails. */
export async function goBuild(recipe: GoRecipe, folder: string, { env, log, signal }: GoBuildOptions): Promise<void> {
  const go = findOnPath("go", env.PATH);
  if (go === undefined) throw new Error("go is not on the PATH");
  const toolchain = await chooseToolchain(go, recipe, env);
  if (toolchain === "auto") log(`this Go is older than ${recipe.minimumGo}: it is asked to fetch a newer toolchain`);

  const output = join(folder, "bin", executableName("pulumi"));
  // Go forgets its temporary files when it is interrupted; in here they go with the unfinished entry.
  const temporary = join(folder, "tmp");
  for (const needed of [join(folder, "bin"), temporary]) await mkdir(needed, { recursive: true });
  const progress = new Progress(log, `building Pulumi ${recipe.version} with Go, once: 4 to 6 minutes on two cores`);
  const counts = { downloaded: 0, compiled: 0 };
  try {
    const { exitCode, stderr, timedOut } = await runChild(go, goArguments(recipe.version, output), {
      cwd: recipe.folder,
      env: { ...env, ...goEnvironment, GOTOOLCHAIN: toolchain, GOTMPDIR: temporary },
      ownGroup: true,
      signal,
      timeoutMs: buildWithinMs,
      onOutput: (chunk) => {
        for (const line of chunk.split("\n")) {
          if (line.startsWith("go: downloading ")) counts.downloaded++;
          else if (/^[\w.]+(\/|$)/.test(line)) counts.compiled++;
        }
        progress.now(`${counts.downloaded} modules downloaded, ${counts.compiled} packages compiled`);
      },
    });
    signal.throwIfAborted();
    if (timedOut) throw new Error(`go build did not end within ${buildWithinMs / 60_000} minutes`);
    if (exitCode !== 0) throw new Error(`go build ended with exit code ${exitCode}: ${lastLines(stderr)}`);
  } finally {
    progress.end();
    await rm(temporary, { recursive: true, force: true });
  }
}

async function chooseToolchain(go: string, recipe: GoRecipe, env: NodeJS.ProcessEnv): Promise<"local" | "auto"> {
  // Outside every module, so that no go.mod makes this Go switch before it says what it is.
  const { stdout } = await runChild(go, ["env", "GOVERSION"], {
    cwd: tmpdir(),
    env: { ...env, GOTOOLCHAIN: "local", GOWORK: "off" },
    timeoutMs: 30_000,
  });
  const found = parseVersion(stdout.split(" ")[0] ?? "");
  const wanted = parseVersion(recipe.minimumGo);
  if (found === undefined || wanted === undefined) throw new Error(`${go} does not say its version (${stdout.trim()})`);
  if (atLeast(found, wanted)) return "local";
  if (!atLeast(found, oldestWithToolchains))
    throw new Error(`${go} is ${stdout.trim()}, older than ${recipe.minimumGo}`);
  return "auto";
}

// What went wrong stands at the end, below the names of the packages that `-v` prints.
function lastLines(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("go: downloading "));
  return lines.slice(-5).join("\n");
}
