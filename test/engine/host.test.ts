import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import language from "@pulumi/pulumi/proto/language_pb.js";
import type plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { beforeAll, expect, test, vi } from "vitest";
import { writeHost } from "../../engine/host-files.ts";
import { call, startHost } from "./host-process.ts";
import { script, temporaryFolder } from "./stand-ins.ts";

const engine = "127.0.0.1:4321";
let host: string;

beforeAll(async () => {
  host = mkdtempSync(join(tmpdir(), "pulumi-waba-host-"));
  await writeHost(host);
  return () => rmSync(host, { recursive: true });
});

/** A program folder whose SDK is a stand-in: it reports how it was started and does what the entry point says. */
function programFolder(): string {
  const folder = temporaryFolder();
  const run = join(folder, "node_modules/@pulumi/pulumi/cmd/run/index.js");
  mkdirSync(dirname(run), { recursive: true });
  writeFileSync(
    run,
    `const { writeFileSync } = require("node:fs");
    const [what, value] = process.argv.slice(-2);
    const report = { argv: process.argv.slice(2), execArgv: process.execArgv, env: process.env, cwd: process.cwd() };
    if (what === "wait") { process.on("SIGINT", () => process.exit(32)); setInterval(() => {}, 1000); }
    writeFileSync(${JSON.stringify(join(folder, "report.json"))}, JSON.stringify(report));
    if (what === "exit") process.exit(Number(value));`,
  );
  return folder;
}

function report(folder: string): { argv: string[]; execArgv: string[]; env: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
}

function info(folder: string, options: Record<string, string | boolean> = {}) {
  return new language.ProgramInfo()
    .setRootDirectory(folder)
    .setProgramDirectory(folder)
    .setEntryPoint("index.ts")
    .setOptions(struct.Struct.fromJavaScript(options));
}

function runRequest(folder: string, options?: Record<string, string | boolean>, args: string[] = []) {
  const request = new language.RunRequest()
    .setProject("shop")
    .setStack("dev")
    .setMonitorAddress("127.0.0.1:1234")
    .setParallel(2)
    .setArgsList(args)
    .setConfigsecretkeysList(["shop:pin"])
    .setInfo(info(folder, options));
  request.getConfigMap().set("shop:pin", "123456");
  return request;
}

test("the first line is the port, whatever flags stand before the engine's address; info says the SDK's version", async () => {
  const { client } = await startHost(host, ["--logtostderr", "-v=9", "--tracing", "file:/dev/null", engine]);
  const answer = await call<plugin.PluginInfo>((done) => client.getPluginInfo(new empty.Empty(), done));
  expect(answer.getVersion()).toMatch(/^v3\.\d+\.\d+$/);
});

test("a program is run with the engine's addresses, its config in the environment, and nodeargs before the runner", async () => {
  const folder = programFolder();
  const { client } = await startHost(host, [engine]);
  const request = runRequest(folder, { typescript: false, nodeargs: "--no-deprecation --title='a b'" });
  const answer = await call<language.RunResponse>((done) => client.run(request, done));
  expect(answer.toObject()).toEqual({ error: "", bail: false });
  const { argv, execArgv, env } = report(folder);
  expect(argv.join(" ")).toBe(
    `--monitor 127.0.0.1:1234 --engine ${engine} --project shop --root-directory ${folder} --stack dev --pwd ${folder} --parallel 2 index.ts`,
  );
  expect(execArgv).toEqual(["--no-deprecation", "--title=a b"]);
  expect(env.PULUMI_CONFIG).toBe('{"shop:config:pin":"123456"}');
  expect(env.PULUMI_CONFIG_SECRET_KEYS).toBe('["shop:pin"]');
  expect(env).not.toHaveProperty("PULUMI_NODEJS_TYPESCRIPT");
});

test("ts-node is asked for unless typescript is false, with the tsconfig of the options", async () => {
  const folder = programFolder();
  const { client } = await startHost(host, [engine]);
  await call<language.RunResponse>((done) =>
    client.run(runRequest(folder, { tsconfig: "deploy/tsconfig.json" }), done),
  );
  expect(report(folder).env).toMatchObject({
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_TSCONFIG_PATH: "deploy/tsconfig.json",
  });
});

test.each([
  ["0", { error: "", bail: false }],
  ["32", { error: "", bail: true }],
  ["3", { error: "Program exited with non-zero exit code: 3", bail: false }],
])("a program that exits with %s is answered %j", async (code, expected) => {
  const { client } = await startHost(host, [engine]);
  const answer = await call<language.RunResponse>((done) =>
    client.run(runRequest(programFolder(), {}, ["exit", code]), done),
  );
  expect(answer.toObject()).toEqual(expected);
});

test("an unknown option is an error of the program that names it", async () => {
  const { client } = await startHost(host, [engine]);
  const answer = await call<language.RunResponse>((done) =>
    client.run(runRequest(programFolder(), { tpyescript: false }), done),
  );
  expect(answer.getError()).toContain('unknown runtime option "tpyescript"');
});

test("a program without the SDK is told to install it", async () => {
  const { client } = await startHost(host, [engine]);
  const answer = await call<language.RunResponse>((done) => client.run(runRequest(temporaryFolder()), done));
  expect(answer.getError()).toMatch(/@pulumi\/pulumi is not installed .* `npm install`/);
});

test("run before the engine is known is an error, after a handshake it is not", async () => {
  const folder = programFolder();
  const { client } = await startHost(host, []);
  const early = await call<language.RunResponse>((done) => client.run(runRequest(folder), done));
  expect(early.getError()).toContain("before Handshake");
  await call<language.LanguageHandshakeResponse>((done) =>
    client.handshake(new language.LanguageHandshakeRequest().setEngineAddress(engine), done),
  );
  expect((await call<language.RunResponse>((done) => client.run(runRequest(folder), done))).getError()).toBe("");
  expect(report(folder).argv).toContain(engine);
});

test("cancel interrupts the program", async () => {
  const folder = programFolder();
  const { client } = await startHost(host, [engine]);
  const answer = call<language.RunResponse>((done) => client.run(runRequest(folder, {}, ["wait", ""]), done));
  await vi.waitFor(() => report(folder), { timeout: 10_000 });
  await call<empty.Empty>((done) => client.cancel(new empty.Empty(), done));
  expect((await answer).getBail()).toBe(true);
});

test.each([
  ["its stdin, which the engine holds, is closed", (child: ChildProcess) => child.stdin?.end(), 0],
  ["it gets SIGTERM", (child: ChildProcess) => child.kill("SIGTERM"), 143],
])("it ends, and its program with it, when %s", async (_title, end, code) => {
  const folder = programFolder();
  const { client, child } = await startHost(host, [engine]);
  const answer = call<language.RunResponse>((done) => client.run(runRequest(folder, {}, ["wait", ""]), done)).catch(
    () => undefined,
  );
  await vi.waitFor(() => report(folder), { timeout: 10_000 });
  end(child);
  expect(await once(child, "exit")).toEqual([code, null]);
  await answer;
});

test("plugins in node_modules are required, other packages are dependencies", async () => {
  const folder = programFolder();
  const manifest = (name: string, more: object) => {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, ...more }));
  };
  manifest("@pulumi/random", { version: "4.18.0", pulumi: { resource: true } });
  manifest("left", { version: "1.0.0" });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies: { left: "*" } }));
  const { client } = await startHost(host, [engine]);
  const required = await call<language.GetRequiredPackagesResponse>((done) =>
    client.getRequiredPackages(new language.GetRequiredPackagesRequest().setInfo(info(folder)), done),
  );
  expect(required.getPackagesList().map((one) => `${one.getKind()} ${one.getName()} ${one.getVersion()}`)).toEqual([
    "resource random v4.18.0",
  ]);
  const dependencies = async (transitive: boolean) => {
    const request = new language.GetProgramDependenciesRequest().setInfo(info(folder));
    const answer = await call<language.GetProgramDependenciesResponse>((done) =>
      client.getProgramDependencies(request.setTransitivedependencies(transitive), done),
    );
    return answer.getDependenciesList().map((one) => one.getName());
  };
  expect(await dependencies(false)).toEqual(["left"]);
  expect(await dependencies(true)).toEqual(["@pulumi/random", "left"]);
});

test("about names the node of the PATH and the package manager of the lock file", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "pnpm-lock.yaml"), "");
  const { client } = await startHost(host, [engine]);
  const answer = await call<language.AboutResponse>((done) =>
    client.about(new language.AboutRequest().setInfo(info(folder)), done),
  );
  expect(answer.getVersion()).toBe(process.version);
  expect(answer.getExecutable()).toBe(process.execPath);
  expect(answer.getMetadataMap().get("packagemanager")).toBe("pnpm");
});

test.each([
  ["npm", {}],
  ["yarn", { packagemanager: "yarn" }],
])(
  "dependencies are installed with %s, and its output is streamed",
  async (manager, options: Record<string, string>) => {
    const folder = temporaryFolder();
    script(join(folder, "bin", manager), `echo "${manager} $*"`, "echo grumble >&2");
    const { client } = await startHost(host, [engine], join(folder, "bin"));
    const stream = client.installDependencies(new language.InstallDependenciesRequest().setInfo(info(folder, options)));
    const chunks: { stdout: string; stderr: string }[] = [];
    stream.on("data", (chunk: InstanceType<typeof language.InstallDependenciesResponse>) =>
      chunks.push({
        stdout: Buffer.from(chunk.getStdout_asU8()).toString(),
        stderr: Buffer.from(chunk.getStderr_asU8()).toString(),
      }),
    );
    await once(stream, "end");
    expect(chunks.map(({ stdout }) => stdout).join("")).toContain(`${manager} install\n`);
    expect(chunks.map(({ stderr }) => stderr).join("")).toBe("grumble\n");
  },
);

test("a failed installation is an error that names the command", async () => {
  const folder = temporaryFolder();
  script(join(folder, "bin", "npm"), "exit 9");
  const { client } = await startHost(host, [engine], join(folder, "bin"));
  const stream = client.installDependencies(new language.InstallDependenciesRequest().setInfo(info(folder)));
  stream.resume();
  const [error] = await once(stream, "error");
  expect(error.details).toBe(`\`npm install\` in ${folder} ended with exit code 9`);
});
