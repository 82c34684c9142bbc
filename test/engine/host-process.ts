import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { onTestFinished } from "vitest";

export interface HostProcess {
  readonly child: ChildProcess;
  readonly client: InstanceType<typeof services.LanguageRuntimeClient>;
}

/** Starts the bundled host as the engine does, and connects to the port that it prints. */
export async function startHost(
  folder: string,
  args: readonly string[],
  ...firstOnPath: string[]
): Promise<HostProcess> {
  const child = spawn(join(folder, "pulumi-language-nodejs"), args, {
    cwd: folder,
    env: { ...process.env, PATH: [...firstOnPath, dirname(process.execPath), process.env.PATH].join(delimiter) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [port] = await once(createInterface(child.stdout), "line");
  const client = new services.LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  onTestFinished(() => client.close());
  return { child, client };
}

/** One unary call as a promise. */
export function call<Response>(
  start: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => (error ? reject(error) : resolve(response)));
  });
}
