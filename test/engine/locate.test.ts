import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { installerVersion } from "../../engine/installer.ts";
import { type Engine, type LocateOptions, locateEngine } from "../../engine/locate.ts";
import { type GoBehaviour, go, pulumi, pulumiWithHost, script, temporaryFolder } from "./stand-ins.ts";

/** A computer with nothing on its PATH, an empty cache, and no network. */
function computer() {
  const path = temporaryFolder();
  const home = temporaryFolder();
  const log: string[] = [];
  const options: LocateOptions = {
    env: { PATH: path, XDG_CACHE_HOME: home },
    log: (line) => log.push(line),
    installer: async () => {
      throw new Error("no network");
    },
  };
  return {
    path,
    log,
    cache: join(home, "pulumi-waba", "engine"),
    locate: (more: LocateOptions & { force?: string } = {}) => {
      const { force, ...rest } = more;
      return locateEngine({ ...options, ...rest, env: { ...options.env, ...(force ? { WABA_ENGINE: force } : {}) } });
    },
    go: (behaviour?: GoBehaviour) => go(path, behaviour),
    builds: () =>
      existsSync(join(path, "go.log")) ? readFileSync(join(path, "go.log"), "utf8").trim().split("\n") : [],
  };
}

const installs: NonNullable<LocateOptions["installer"]> = async (folder) =>
  pulumiWithHost(join(folder, "bin"), `v${installerVersion}`);

/** The cache entry that holds the engine's folder. */
function entryOf(engine: Engine): string {
  return dirname(engine.folder);
}

test("a new enough pulumi on the PATH with its language host beside it is taken as it is", async () => {
  const { path, locate, cache } = computer();
  pulumiWithHost(path, "v3.260.1");
  expect(await locate()).toEqual({ origin: "path", version: "3.260.1", folder: path });
  expect(existsSync(cache)).toBe(false);
});

test("a link on the PATH leads to the folder of the real pulumi", async () => {
  const { path, locate } = computer();
  const real = temporaryFolder();
  pulumiWithHost(real, "v3.259.0");
  symlinkSync(join(real, "pulumi"), join(path, "pulumi"));
  expect((await locate()).folder).toBe(real);
});

test("an old pulumi on the PATH is passed over", async () => {
  const { path, locate, go } = computer();
  pulumiWithHost(path, "v3.258.0");
  go();
  expect((await locate()).origin).toBe("go");
});

test("a pulumi on the PATH without a language host is passed over", async () => {
  const { path, locate, go } = computer();
  pulumi(path, "v3.270.0");
  go();
  expect((await locate()).origin).toBe("go");
});

test("Pulumi's installer comes before Go, and what it fetched is kept", async () => {
  const { locate, go, builds } = computer();
  go();
  const installer = vi.fn(installs);
  const first = await locate({ installer });
  expect(first).toMatchObject({ origin: "installer", version: installerVersion });
  expect(await locate({ installer })).toEqual(first);
  expect(installer).toHaveBeenCalledOnce();
  expect(builds()).toEqual([]);
});

test("without a network the engine is built with Go, once, with the host and the dynamic plugin beside it", async () => {
  const { locate, go, builds, log } = computer();
  go();
  const engine = await locate();
  expect(engine).toMatchObject({ origin: "go", version: "3.259.0" });
  expect(readdirSync(engine.folder).sort()).toEqual([
    "package.json",
    "pulumi",
    "pulumi-language-nodejs",
    "pulumi-resource-pulumi-nodejs",
  ]);
  expect(log).toContain("installer: no network");
  expect(await locate()).toEqual(engine);
  expect(builds()).toHaveLength(1);
  expect(builds()[0]).toMatch(/^local build .*-mod=readonly .*version\.Version=v3\.259\.0/);
});

test("a cached build is found again without go", async () => {
  const { path, locate, go } = computer();
  go();
  const engine = await locate();
  rmSync(join(path, "go"));
  expect(await locate()).toEqual(engine);
});

test.each<[string, (engine: Engine) => void]>([
  ["a truncated pulumi", ({ folder }) => truncateSync(join(folder, "pulumi"), 5)],
  ["no manifest", (engine) => rmSync(join(entryOf(engine), "manifest.json"))],
  ["a broken manifest", (engine) => writeFileSync(join(entryOf(engine), "manifest.json"), "{")],
  ["no language host", ({ folder }) => rmSync(join(folder, "pulumi-language-nodejs"))],
])("a cached engine with %s is thrown away and made anew", async (_title, damage) => {
  const { locate, go } = computer();
  go();
  const engine = await locate();
  damage(engine);
  expect(await locate()).toEqual(engine);
  expect(existsSync(join(entryOf(engine), "manifest.json"))).toBe(true);
  expect(existsSync(join(engine.folder, "pulumi-language-nodejs"))).toBe(true);
  expect(readFileSync(join(engine.folder, "pulumi"), "utf8")).toContain("echo v3.259.0");
});

test("a lost language host costs no new build", async () => {
  const { locate, go, builds } = computer();
  go();
  rmSync(entryOf(await locate()), { recursive: true });
  await locate();
  expect(builds()).toHaveLength(1);
});

test("a pulumi that answers with another version than it was stamped with is not used", async () => {
  const { locate, go } = computer();
  go({ pulumiVersion: "v3.0.0-dev.0" });
  await expect(locate({ force: "go" })).rejects.toThrow("its `pulumi version` says v3.0.0-dev.0, not 3.259.0");
});

test("a failed build leaves nothing behind, and the message names every way", async () => {
  const { cache, locate, go } = computer();
  go({ build: ["echo 'go: downloading a v1' >&2", "echo 'verifying module: checksum mismatch' >&2", "exit 1"] });
  const error: Error = await locate().then(
    () => expect.unreachable(),
    (cause) => cause,
  );
  expect(error.message).toContain("on the PATH         pulumi is not there");
  expect(error.message).toContain("Pulumi's installer  no network");
  expect(error.message).toContain("go build ended with exit code 1: verifying module: checksum mismatch");
  expect(error.message).toContain("https://www.pulumi.com/docs/install/");
  expect(readdirSync(cache)).toEqual([]);
});

test("without go the message says so", async () => {
  await expect(computer().locate()).rejects.toThrow("go is not on the PATH");
});

test("an older Go that can fetch a toolchain is allowed to, and that is said", async () => {
  const { locate, go, builds, log } = computer();
  go({ goVersion: "go1.22.3" });
  await locate({ force: "go" });
  expect(builds()[0]).toMatch(/^auto build/);
  expect(log).toContain("this Go is older than 1.26: it is asked to fetch a newer toolchain");
});

test("a Go that is too old for that is named", async () => {
  const { locate, go } = computer();
  go({ goVersion: "go1.20.1" });
  await expect(locate({ force: "go" })).rejects.toThrow("is go1.20.1, older than 1.26");
});

test.each([
  ["path", /on the PATH\s+\S+ is v3\.1\.0, older/],
  ["installer", /Pulumi's installer\s+no network/],
])("WABA_ENGINE=%s tries nothing else", async (force, reason) => {
  const { path, locate, go, builds } = computer();
  pulumiWithHost(path, "v3.1.0");
  go();
  await expect(locate({ force })).rejects.toThrow(reason);
  expect(builds()).toEqual([]);
});

test("WABA_ENGINE=go passes over a good pulumi on the PATH and a fetched one", async () => {
  const { path, locate, go } = computer();
  await locate({ installer: installs });
  pulumiWithHost(path, "v3.270.0");
  go();
  expect((await locate({ force: "go", installer: installs })).origin).toBe("go");
});

test("two that ask at once build once, and the second says that it waits", async () => {
  const { locate, go, builds, log } = computer();
  go();
  const [one, other] = await Promise.all([locate({ force: "go" }), locate({ force: "go" })]);
  expect(one).toEqual(other);
  expect(builds()).toHaveLength(1);
  expect(log.filter((line) => line.startsWith("waiting for another process"))).toHaveLength(1);
});

test("the lock and the draft of a builder that died are cleared away", async () => {
  const { locate, go, cache } = computer();
  go();
  const entry = entryOf(await locate());
  rmSync(entry, { recursive: true });
  const longAgo = new Date(Date.now() - 3_600_000);
  mkdirSync(`${entry}.lock`);
  utimesSync(`${entry}.lock`, longAgo, longAgo);
  mkdirSync(`${entry}.draft-abc123`);
  expect(entryOf(await locate())).toBe(entry);
  expect(readdirSync(cache).filter((name) => /draft|lock/.test(name))).toEqual([]);
});

test("an interrupted build ends the compiler, leaves nothing, and the next one succeeds", async () => {
  const { path, cache, locate, go } = computer();
  const started = join(path, "started");
  go({ build: [`echo $$ > ${started}`, "exec /bin/sleep 600"] });
  const interrupt = new AbortController();
  const interrupted = locate({ force: "go", signal: interrupt.signal });
  interrupted.catch(() => undefined);
  await vi.waitFor(() => expect(readFileSync(started, "utf8")).toMatch(/\d+\n/), { timeout: 10_000 });
  interrupt.abort(new Error("interrupted by SIGINT"));
  await expect(interrupted).rejects.toThrow("interrupted by SIGINT");
  expect(() => process.kill(Number(readFileSync(started, "utf8")), 0)).toThrow("ESRCH");
  expect(readdirSync(cache)).toEqual([]);
  go();
  expect((await locate({ force: "go" })).origin).toBe("go");
});

test("PULUMI_* of the person reaches neither pulumi nor the check of its version", async () => {
  const { path, locate } = computer();
  const seen = join(path, "home");
  vi.stubEnv("PULUMI_HOME", "/home/person/.pulumi");
  vi.stubEnv("PULUMI_ACCESS_TOKEN", "pul-secret");
  script(join(path, "pulumi"), `echo "$PULUMI_HOME $PULUMI_ACCESS_TOKEN" > ${seen}`, "echo v3.260.0");
  script(join(path, "pulumi-language-nodejs"));
  await locate();
  expect(readFileSync(seen, "utf8")).not.toMatch(/person|pul-secret/);
});
