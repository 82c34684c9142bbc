import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runChild } from "../../engine/child.ts";
import { createSandbox, type SandboxOptions } from "../../engine/sandbox.ts";
import { script, temporaryFolder } from "./stand-ins.ts";

/** A sandbox whose pulumi prints the variables of interest and its arguments. */
async function sandboxOf(env?: SandboxOptions["env"]) {
  const folder = temporaryFolder();
  script(join(folder, "pulumi"), 'echo "args: $*"', "/usr/bin/env");
  const sandbox = await createSandbox({ engine: { folder }, ...(env ? { env } : {}) });
  onTestFinished(() => sandbox.dispose());
  return { folder, sandbox };
}

test("nothing of the person's Pulumi and WABA settings gets in, the rest of the environment does", async () => {
  vi.stubEnv("PULUMI_ACCESS_TOKEN", "pul-person");
  vi.stubEnv("PULUMI_STACK", "production");
  vi.stubEnv("WABA_ACCESS_TOKEN", "EAAperson");
  vi.stubEnv("SHOP_COLOUR", "green");
  const { sandbox } = await sandboxOf();
  const { stdout } = await sandbox.run(["whoami"], { cwd: sandbox.dir });
  expect(stdout).not.toMatch(/pul-person|production|EAAperson/);
  expect(stdout).toContain("SHOP_COLOUR=green");
  expect(stdout).toContain(`HOME=${process.env.HOME}`);
  expect(stdout).toContain(`PULUMI_HOME=${join(sandbox.dir, "home")}`);
  expect(stdout).toContain(`PULUMI_BACKEND_URL=file://${join(sandbox.dir, "state")}`);
  expect(stdout).toContain("args: --non-interactive whoami");
});

test("variables that are passed explicitly get in, for all commands or for one", async () => {
  const { sandbox } = await sandboxOf({ WABA_BASE_URL: "http://127.0.0.1:9" });
  const { stdout } = await sandbox.run(["up"], { cwd: sandbox.dir, env: { PULUMI_PARALLEL: "3" } });
  expect(stdout).toContain("WABA_BASE_URL=http://127.0.0.1:9");
  expect(stdout).toContain("PULUMI_PARALLEL=3");
  expect(sandbox.env).not.toHaveProperty("PULUMI_PARALLEL");
});

test("the engine and this Node come first on its PATH", async () => {
  const { folder, sandbox } = await sandboxOf();
  script(join(folder, "pulumi"), "node -p process.execPath");
  const { stdout } = await sandbox.run([], { cwd: sandbox.dir });
  expect(stdout.trim()).toBe(process.execPath);
  expect(sandbox.env.PATH?.startsWith(`${folder}:`)).toBe(true);
});

test("a failure is an exit code, with output told as it comes", async () => {
  const { folder, sandbox } = await sandboxOf();
  script(join(folder, "pulumi"), "echo out", "echo err >&2", "exit 255");
  const onOutput = vi.fn();
  const finished = await sandbox.run(["up"], { cwd: sandbox.dir, onOutput });
  expect(finished).toMatchObject({ exitCode: 255, stdout: "out\n", stderr: "err\n" });
  expect(onOutput).toHaveBeenCalledWith("out\n", "stdout");
  expect(onOutput).toHaveBeenCalledWith("err\n", "stderr");
});

test("its exports give a shell the same environment", async () => {
  const { folder, sandbox } = await sandboxOf({ WABA_ACCESS_TOKEN: "it's $HOME" });
  const shell = script(join(folder, "shell"), sandbox.exports(), '/bin/echo "$WABA_ACCESS_TOKEN"', "pulumi login");
  const { stdout } = await runChild(shell, []);
  expect(stdout).toContain("it's $HOME\n");
  expect(stdout).toContain(`PULUMI_HOME=${join(sandbox.dir, "home")}`);
  expect(stdout).toContain("PULUMI_CONFIG_PASSPHRASE=sandbox");
  expect(stdout).toContain("args: login");
});

test("a linked project runs the real program, and its settings files stay in the sandbox", async () => {
  const program = temporaryFolder();
  writeFileSync(join(program, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: src/index.ts\n");
  writeFileSync(join(program, "seen"), "yes");
  const { sandbox } = await sandboxOf();
  const project = await sandbox.project(program);
  expect(readFileSync(join(project, "Pulumi.yaml"), "utf8")).toContain("main: program/src/index.ts");
  expect(readFileSync(join(project, "program", "seen"), "utf8")).toBe("yes");
  await sandbox.dispose();
  expect(existsSync(sandbox.dir)).toBe(false);
  expect(existsSync(join(program, "seen"))).toBe(true);
});

test("an aborted command is ended as by Ctrl-C", async () => {
  const { folder, sandbox } = await sandboxOf();
  script(
    join(folder, "pulumi"),
    "trap 'echo cleaned up; exit 130' INT",
    "echo ready",
    "while :; do /bin/sleep 0.02; done",
  );
  const interrupt = new AbortController();
  const finished = await sandbox.run(["up"], {
    cwd: sandbox.dir,
    signal: interrupt.signal,
    onOutput: (chunk) => chunk.includes("ready") && interrupt.abort(),
  });
  expect(finished).toMatchObject({ exitCode: 130, stdout: "ready\ncleaned up\n" });
});
