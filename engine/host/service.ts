import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import * as lang from "@pulumi/pulumi/proto/language_pb.js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { version } from "@pulumi/pulumi/version.js";
import * as empty from "google-protobuf/google/protobuf/empty_pb.js";
import { Children } from "./child.ts";
import { nodeArguments, type Program, programEnvironment } from "./command.ts";
import { type HostOptions, parseOptions } from "./options.ts";
import { installPackages, packageManagerOf } from "./package-manager.ts";
import { directPackages, installedPackages } from "./packages.ts";

type InstallCall = grpc.ServerWritableStream<lang.InstallDependenciesRequest, lang.InstallDependenciesResponse>;

/** The part of pulumirpc.LanguageRuntime that `up`, `preview`, `refresh`, `destroy`, `install` and `about` call. */
export class LanguageService {
  readonly children = new Children();
  #engineAddress: string | undefined;
  readonly #tracing: string | undefined;

  constructor(engineAddress: string | undefined, tracing: string | undefined) {
    this.#engineAddress = engineAddress;
    this.#tracing = tracing;
  }

  /** Methods that are not here are answered UNIMPLEMENTED by grpc, which the engine bears. */
  methods() {
    return {
      handshake: unary(async (request: lang.LanguageHandshakeRequest) => {
        this.#engineAddress = request.getEngineAddress();
        return new lang.LanguageHandshakeResponse();
      }),
      getPluginInfo: unary(async () => new plugin.PluginInfo().setVersion(`v${version}`)),
      getRequiredPackages: unary(async (request: lang.GetRequiredPackagesRequest) => {
        const packages = installedPackages(...folders(request.getInfo())).flatMap((installed) =>
          installed.plugin ? [dependency(installed.plugin)] : [],
        );
        return new lang.GetRequiredPackagesResponse().setPackagesList(packages);
      }),
      run: unary((request: lang.RunRequest) => this.#run(request)),
      cancel: unary(async () => {
        this.children.interrupt();
        return new empty.Empty();
      }),
      about: unary(async (request: lang.AboutRequest) => {
        const { stdout } = await promisify(execFile)("node", ["-p", "process.execPath + '\\n' + process.version"]);
        const [executable = "", nodeVersion = ""] = stdout.trim().split("\n");
        const response = new lang.AboutResponse().setExecutable(executable).setVersion(nodeVersion);
        const [programDirectory] = folders(request.getInfo());
        response
          .getMetadataMap()
          .set("packagemanager", packageManagerOf(optionsOf(request.getInfo()), programDirectory));
        return response;
      }),
      getProgramDependencies: unary(async (request: lang.GetProgramDependenciesRequest) => {
        const list = request.getTransitivedependencies() ? installedPackages : directPackages;
        const found = list(...folders(request.getInfo()));
        return new lang.GetProgramDependenciesResponse().setDependenciesList(
          found.map((one) => new lang.DependencyInfo().setName(one.name).setVersion(one.version)),
        );
      }),
      installDependencies: (call: InstallCall) => void this.#install(call),
    } satisfies Partial<ILanguageRuntimeServer>;
  }

  async #run(request: lang.RunRequest): Promise<lang.RunResponse> {
    const response = new lang.RunResponse();
    try {
      const options = optionsOf(request.getInfo());
      const program = this.#program(request);
      if (request.getAttachDebugger()) throw new Error("--attach-debugger needs Pulumi's own language host");
      const runPath = resolveRun(program.programDirectory);
      const end = await this.children.run(
        nodeArguments(program, options, runPath),
        programEnvironment(program, options),
      );
      if (end.kind === "failed") return response.setError(end.error);
      return response.setBail(end.kind === "bail");
    } catch (cause) {
      // In the response it is shown as the program's error; as a gRPC error it would look like a crash of the host.
      return response.setError(message(cause));
    }
  }

  #program(request: lang.RunRequest): Program {
    if (this.#engineAddress === undefined) throw new Error("Run was called before Handshake: the engine is not known");
    const [programDirectory, rootDirectory] = folders(request.getInfo());
    return {
      monitor: request.getMonitorAddress(),
      engine: this.#engineAddress,
      organization: request.getOrganization(),
      project: request.getProject(),
      stack: request.getStack(),
      rootDirectory,
      programDirectory,
      entryPoint: request.getInfo()?.getEntryPoint() ?? "",
      args: request.getArgsList(),
      dryRun: request.getDryrun(),
      parallel: request.getParallel(),
      tracing: this.#tracing,
      config: Object.fromEntries(request.getConfigMap().entries()),
      configSecretKeys: request.getConfigsecretkeysList(),
    };
  }

  async #install(call: InstallCall): Promise<void> {
    const write = (chunk: Buffer, stream: "stdout" | "stderr") => {
      const response = new lang.InstallDependenciesResponse();
      call.write(stream === "stdout" ? response.setStdout(chunk) : response.setStderr(chunk));
    };
    try {
      const [programDirectory] = folders(call.request.getInfo());
      const manager = packageManagerOf(optionsOf(call.request.getInfo()), programDirectory);
      write(Buffer.from("Installing dependencies...\n\n"), "stdout");
      await installPackages(manager, programDirectory, write);
      write(Buffer.from("Finished installing dependencies\n\n"), "stdout");
      call.end();
    } catch (cause) {
      call.emit("error", { code: grpc.status.UNKNOWN, details: message(cause) });
    }
  }
}

function unary<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    answer(call.request).then(
      (response) => callback(null, response),
      (cause) => callback({ code: grpc.status.UNKNOWN, details: message(cause) }),
    );
  };
}

function folders(info: lang.ProgramInfo | undefined): [programDirectory: string, rootDirectory: string] {
  const programDirectory = info?.getProgramDirectory() || process.cwd();
  return [programDirectory, info?.getRootDirectory() || programDirectory];
}

function optionsOf(info: lang.ProgramInfo | undefined): HostOptions {
  return parseOptions(info?.getOptions()?.toJavaScript() ?? {});
}

function dependency(found: { name: string; version: string; server: string }): plugin.PackageDependency {
  return new plugin.PackageDependency()
    .setName(found.name)
    .setKind("resource")
    .setVersion(found.version)
    .setServer(found.server);
}

function resolveRun(programDirectory: string): string {
  try {
    const wanted = process.env.PULUMI_LANGUAGE_NODEJS_RUN_PATH || "@pulumi/pulumi/cmd/run";
    // The folder may be a link: packages are looked for where it leads, as Node does with programs.
    return createRequire(join(realpathSync(programDirectory), "program.js")).resolve(wanted);
  } catch {
    throw new Error(
      `@pulumi/pulumi is not installed for the program in ${programDirectory}: run \`pulumi install\` or \`npm install\` there`,
    );
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
