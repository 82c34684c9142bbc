/**
 * Pulumi's own dynamic-provider plugin, in a process of its own as the engine starts it, spoken to over gRPC. What it
 * loads is the built package, by the name that a user's program imports.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { providerText } from "../../provider/resources/provider-text.ts";
import { compileCache } from "./compile-cache.ts";
import type { Properties, Provider } from "./engine-double.ts";

const PLUGIN = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/dynamic-provider");
const TEXT = providerText("phoneNumber");

export interface PluginOptions {
  /** Where the plugin looks for packages: the program's folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The stack's configuration, by full key. */
  readonly config?: Readonly<Record<string, string>>;
  /** Node's own arguments. */
  readonly nodeArgs?: readonly string[];
  /** Told of every line that the process prints, as it comes. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
}

export interface Plugin extends Provider {
  /** What the process printed so far, on both streams. */
  output(): string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** What the plugin sends of an InitError of ours. */
export class InitError extends Error {
  override readonly name = "InitError";
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: string[];
  constructor(message: string, detail: provider.ErrorResourceInitFailed) {
    super(message);
    this.id = detail.getId();
    this.properties = detail.getProperties()?.toJavaScript() as Properties;
    this.reasons = detail.getReasonsList();
  }
}

export async function startPlugin(options: PluginOptions): Promise<Plugin> {
  const { cwd, env, config = {}, nodeArgs = [], onLine } = options;
  const child = spawn(process.execPath, [...nodeArgs, PLUGIN, "127.0.0.1:1"], {
    cwd,
    env: { PATH: process.env.PATH, ...compileCache(), PULUMI_NODEJS_PROJECT: "test", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let printed = "";
  const listen = (stream: "stdout" | "stderr") => (line: string) => {
    printed += `${line}\n`;
    onLine?.(line, stream);
  };
  createInterface({ input: child.stderr as Readable }).on("line", listen("stderr"));
  const lines = createInterface({ input: child.stdout as Readable });
  const [port] = (await once(lines, "line")) as [string];
  lines.on("line", listen("stdout"));

  const client = new providerGrpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = <Response>(
    start: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> =>
    new Promise((resolve, reject) => {
      start((error, response) => (error ? reject(asInitError(error)) : resolve(response)));
    });

  const configure = new provider.ConfigureRequest();
  configure.setArgs(struct.Struct.fromJavaScript(config));
  await call((done) => client.configure(configure, done));

  return {
    async check(olds, news) {
      const request = new provider.CheckRequest();
      request.setOlds(asStruct(olds));
      request.setNews(asStruct(news));
      const response = await call<provider.CheckResponse>((done) => client.check(request, done));
      return {
        inputs: fromStruct(response.getInputs()),
        failures: response
          .getFailuresList()
          .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
      };
    },
    async diff(id, olds, news) {
      const request = new provider.DiffRequest();
      request.setId(id);
      request.setOlds(asStruct(olds));
      request.setNews(asStruct(news));
      const response = await call<provider.DiffResponse>((done) => client.diff(request, done));
      const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
      const replaces = response.getReplacesList();
      const changes = response.getChanges() as unknown;
      return {
        ...(changes === DIFF_SOME ? { changes: true } : changes === DIFF_NONE ? { changes: false } : {}),
        ...(replaces.length > 0 ? { replaces } : {}),
      };
    },
    async create(inputs) {
      const request = new provider.CreateRequest();
      request.setProperties(asStruct(inputs));
      const response = await call<provider.CreateResponse>((done) => client.create(request, done));
      return { id: response.getId(), outs: fromStruct(response.getProperties()) };
    },
    async update(id, olds, news) {
      const request = new provider.UpdateRequest();
      request.setId(id);
      request.setOlds(asStruct(olds));
      request.setNews(asStruct(news));
      const response = await call<provider.UpdateResponse>((done) => client.update(request, done));
      return { outs: fromStruct(response.getProperties()) };
    },
    async read(id, props) {
      const request = new provider.ReadRequest();
      request.setId(id);
      request.setProperties(asStruct(props));
      const response = await call<provider.ReadResponse>((done) => client.read(request, done));
      if (response.getId() === "") return {};
      const inputs = response.getInputs();
      return {
        id: response.getId(),
        props: fromStruct(response.getProperties()),
        ...(inputs === undefined ? {} : { inputs: fromStruct(inputs) }),
      };
    },
    async delete(id, props) {
      const request = new provider.DeleteRequest();
      request.setId(id);
      request.setProperties(asStruct(props));
      await call((done) => client.delete(request, done));
    },
    output: () => printed,
    process: child,
    stop: () => stop(client, child),
  };
}

/** A caller's own `__provider` stays: an old state carries its own. */
function asStruct(properties: Properties): struct.Struct {
  const known = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
  return struct.Struct.fromJavaScript({ __provider: TEXT, ...known } as Record<string, struct.JavaScriptValue>);
}

function fromStruct(properties: struct.Struct | undefined): Properties {
  return (properties?.toJavaScript() ?? {}) as Properties;
}

function asInitError(error: grpc.ServiceError): Error {
  const [details] = error.metadata.get("grpc-status-details-bin");
  if (!(details instanceof Buffer)) return error;
  const detail = status.Status.deserializeBinary(details).getDetailsList()[0];
  if (detail === undefined) return error;
  return new InitError(error.details, provider.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8()));
}

async function stop(client: grpc.Client, child: ChildProcess): Promise<void> {
  client.close();
  if (child.exitCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
