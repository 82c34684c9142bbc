import { fstatSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { version } from "@pulumi/pulumi/version.js";
import { parseArguments } from "./arguments.ts";
import { LanguageService } from "./service.ts";

// The engine sends whole resource graphs in one message; Pulumi's own limit (sdk/go rpcutil).
const maxMessageBytes = 400 * 1024 * 1024;
const endWithinMs = 5_000;

/** `pulumi-language-nodejs`: prints its port on the first line of stdout, then serves the engine until that goes away. */
function main(): void {
  const { engineAddress, tracing, showVersion } = parseArguments(process.argv.slice(2));
  if (showVersion) {
    process.stdout.write(`v${version}\n`);
    return;
  }
  const service = new LanguageService(engineAddress, tracing);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(LanguageRuntimeService, service.methods());
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      process.stderr.write(`pulumi-language-nodejs could not listen on 127.0.0.1: ${error.message}\n`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });

  let ending = false;
  const end = (exitCode: number) => {
    if (ending) return;
    ending = true;
    service.children.interrupt();
    setTimeout(() => process.exit(exitCode), endWithinMs).unref();
    void service.children.idle().then(() => {
      server.forceShutdown();
      process.exit(exitCode);
    });
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(143));
  // The engine holds our stdin open for as long as it lives; a terminal or /dev/null says nothing of that kind.
  const stdin = fstatSync(0);
  if (stdin.isFIFO() || stdin.isSocket())
    process.stdin
      .resume()
      .on("end", () => end(0))
      .on("error", () => end(0));
}

main();
