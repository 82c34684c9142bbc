/**
 * The SDK logs the engine's answer for each resource that it registers or reads, and in it all outputs, secrets in clear
 * (measured with 3.270). The message is of level debug: `--debug` prints it, and every `--event-log` file holds it, such
 * as the Automation API's. So for our resources the answer is left out of it.
 */
import * as pulumi from "@pulumi/pulumi";

const OURS =
  /^((?:Register|Read)Resource RPC finished: resource:.*?\[pulumi-nodejs:dynamic\/waba:\w+\](?:#\.\.\.)?; err: .*?), resp: .*$/s;

/** The message as it may be logged. */
export function withoutOutputs(message: string): string {
  return message.replace(OURS, "$1, resp: (left out: it holds secrets)");
}

const wrapped = new WeakSet<object>();

/** Before the first resource is made. An SDK that does not let its log be wrapped is left as it is. */
export function keepOutputsOutOfDebugLog(log: { debug: typeof pulumi.log.debug } = pulumi.log): void {
  if (wrapped.has(log) || Object.getOwnPropertyDescriptor(log, "debug")?.writable !== true) return;
  wrapped.add(log);
  const { debug } = log;
  log.debug = (message, ...rest) => debug(withoutOutputs(message), ...rest);
}
