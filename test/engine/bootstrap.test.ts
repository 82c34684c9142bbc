import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { script, temporaryFolder } from "./stand-ins.ts";

const here = join(import.meta.dirname, "..", "..", "engine");

/** A clone with nothing installed, and an npm that installs stand-ins of node and tsc and counts how often it is called. */
function clone({ npm = true }: { npm?: boolean } = {}) {
  const root = temporaryFolder();
  const bin = temporaryFolder();
  cpSync(join(here, "bootstrap.mjs"), join(root, "engine", "bootstrap.mjs"));
  cpSync(join(here, "bootstrap"), join(root, "engine", "bootstrap"), { recursive: true });
  writeLock("1");
  write("provider/index.ts", "export {};\n");
  write("script.mjs", "console.log(JSON.stringify({ args: process.argv.slice(2), path: process.env.PATH }));\n");
  write(
    "fake-tsc.js",
    `const fs = require("node:fs"); fs.appendFileSync(${JSON.stringify(join(root, "tsc.log"))}, "x\\n");
    fs.mkdirSync("dist/provider", { recursive: true }); console.log("tsc talks");`,
  );
  if (npm) {
    script(
      join(bin, "npm"),
      `echo "$*" >> ${join(root, "npm.log")}`,
      `cd ${root}`,
      "echo npm talks",
      '[ -e fail-npm ] && { echo "npm error: no such package" >&2; exit 1; }',
      "/bin/rm -rf node_modules",
      "/bin/mkdir -p node_modules/.bin node_modules/typescript/bin",
      "/bin/cp fake-tsc.js node_modules/typescript/bin/tsc",
      `/bin/ln -s ${process.execPath} node_modules/.bin/node`,
      "[ -e die-npm ] && { /bin/rm die-npm; kill -9 $PPID; exit 1; }",
      "/bin/cp package-lock.json node_modules/.package-lock.json",
    );
  }

  function write(name: string, text: string) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  function writeLock(version: string) {
    write("package-lock.json", JSON.stringify({ packages: { "node_modules/a": { version } } }));
  }
  const lines = (name: string) =>
    existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8").trim().split("\n") : [];
  return {
    root,
    bin,
    write,
    writeLock,
    installs: () => lines("npm.log").length,
    builds: () => lines("tsc.log").length,
    start: (...args: string[]) =>
      spawn(process.execPath, [join(root, "engine/bootstrap.mjs"), ...args], {
        cwd: root,
        env: { PATH: bin },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    async run(...args: string[]) {
      const child = this.start(...args);
      const output = { stdout: "", stderr: "" };
      child.stdout.on("data", (chunk) => (output.stdout += chunk));
      child.stderr.on("data", (chunk) => (output.stderr += chunk));
      const [code, signal] = await once(child, "close");
      return { code, signal, ...output };
    },
  };
}

test("a fresh clone is installed and built, the script gets stdout for itself, its arguments and its Node", async () => {
  const one = clone();
  const { code, stdout, stderr } = await one.run("script.mjs", "--port", "1");
  expect(code).toBe(0);
  const said = JSON.parse(stdout);
  expect(said.args).toEqual(["--port", "1"]);
  expect(said.path.split(":")[0]).toBe(join(one.root, "node_modules/.bin"));
  expect(stderr).toContain("npm talks");
  expect(stderr).toContain("tsc talks");
  expect([one.installs(), one.builds()]).toEqual([1, 1]);
});

test("the second run installs and builds nothing", async () => {
  const one = clone();
  await one.run("script.mjs");
  const { stderr } = await one.run("script.mjs");
  expect(stderr).toBe("");
  expect([one.installs(), one.builds()]).toEqual([1, 1]);
});

test("another lock file is installed, and dist built anew with it", async () => {
  const one = clone();
  await one.run("script.mjs");
  one.writeLock("2");
  await one.run("script.mjs");
  expect([one.installs(), one.builds()]).toEqual([2, 2]);
});

test.each<[string, (one: ReturnType<typeof clone>) => void]>([
  ["edited", ({ root }) => utimesSync(join(root, "provider/index.ts"), 1, 1)],
  ["added", ({ write }) => write("emulator/server.ts", "export {};\n")],
  ["removed", ({ root }) => rmSync(join(root, "provider/index.ts"))],
])("dist is built anew when a source is %s", async (_title, change) => {
  const one = clone();
  await one.run("script.mjs");
  change(one);
  await one.run("script.mjs");
  await one.run("script.mjs");
  expect([one.installs(), one.builds()]).toEqual([1, 2]);
});

test("a lost dist is built anew", async () => {
  const one = clone();
  await one.run("script.mjs");
  rmSync(join(one.root, "dist"), { recursive: true });
  await one.run("script.mjs");
  expect(one.builds()).toBe(2);
});

test("an install that was killed is noticed, and its lock taken over", async () => {
  const one = clone();
  one.write("die-npm", "");
  expect((await one.run("script.mjs")).signal).toBe("SIGKILL");
  expect(existsSync(join(one.root, ".tmp/bootstrap.lock"))).toBe(true);
  expect((await one.run("script.mjs")).code).toBe(0);
  expect(one.installs()).toBe(2);
});

test("two at once install and build once", async () => {
  const one = clone();
  const both = await Promise.all([one.run("script.mjs"), one.run("script.mjs")]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect([one.installs(), one.builds()]).toEqual([1, 1]);
});

test("when npm fails its errors are shown, the script is not run, and the next run tries again", async () => {
  const one = clone();
  one.write("fail-npm", "");
  const { code, stdout, stderr } = await one.run("script.mjs");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("npm error: no such package");
  expect(stderr).toContain("`npm ci` failed, see above.");
  rmSync(join(one.root, "fail-npm"));
  expect((await one.run("script.mjs")).code).toBe(0);
});

test("without npm one line says where to get it", async () => {
  const { code, stderr } = await clone({ npm: false }).run("script.mjs");
  expect(code).toBe(1);
  expect(stderr.trim().split("\n").at(-1)).toBe("npm is not on the PATH: it comes with Node, https://nodejs.org/");
});

test("the script's exit code is passed through", async () => {
  const one = clone();
  one.write("exit.mjs", "process.exit(42)");
  expect((await one.run("exit.mjs")).code).toBe(42);
});

const patient = `let n = 0;
process.on("SIGINT", () => { console.log("interrupt", ++n); setTimeout(() => process.exit(7), 400); });
setInterval(() => {}, 1000);
console.log(process.pid);`;

test("an interrupt reaches the script once, even when it is sent twice, and its clearing up is waited for", async () => {
  const one = clone();
  one.write("patient.mjs", patient);
  const child = one.start("patient.mjs");
  let stdout = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  await vi.waitFor(() => expect(stdout).toMatch(/\d\n/), { timeout: 10_000 });
  child.kill("SIGINT");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([7, null]);
  expect(stdout.split("\n").filter((line) => line.startsWith("interrupt"))).toEqual(["interrupt 1"]);
});

test("a script does not outlive a bootstrap that was killed", async () => {
  const one = clone();
  one.write("patient.mjs", patient);
  const child = one.start("patient.mjs");
  let stdout = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  await vi.waitFor(() => expect(stdout).toMatch(/\d\n/), { timeout: 10_000 });
  child.kill("SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(Number(stdout), 0)).toThrow("ESRCH"), { timeout: 10_000 });
});

test("a script ends when npm is told to, though npm's shell passes no signal on", async () => {
  const one = clone();
  one.write("patient.mjs", "setInterval(() => {}, 1000); console.log(process.pid);");
  const shell = spawn("/bin/sh", ["-c", `${process.execPath} engine/bootstrap.mjs patient.mjs; true`], {
    cwd: one.root,
    env: { PATH: one.bin, npm_lifecycle_event: "emulator" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let stdout = "";
  shell.stdout.on("data", (chunk) => (stdout += chunk));
  await vi.waitFor(() => expect(stdout).toMatch(/\d\n/), { timeout: 10_000 });
  shell.kill("SIGTERM");
  await vi.waitFor(() => expect(() => process.kill(Number(stdout), 0)).toThrow("ESRCH"), { timeout: 10_000 });
});

test("a script that a signal ends gives the same end", async () => {
  const one = clone();
  one.write("killed.mjs", "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);");
  expect((await one.run("killed.mjs")).signal).toBe("SIGTERM");
});
