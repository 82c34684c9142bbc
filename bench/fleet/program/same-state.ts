/**
 * The floor of a resource that carries what ours carries: the constant-text provider, which does no HTTP, hands back
 * outputs like those of a number of ours, and the program declares as many properties. The benchmark takes them from the
 * stack that it made with our provider.
 */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Declared } from "./fleet.ts";

/** The environment variable that names the file with them. */
export const CARRIED_FILE = "BENCH_CARRIED_FILE";

export interface Carried {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** All that a number of ours has, those too that Graph leaves out. */
  readonly properties: readonly string[];
}

const TEXT = `const o=require(process.env.${CARRIED_FILE}).outputs;exports.handler = () => ({
  check: async (olds, news) => ({ inputs: news }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: inputs.phoneNumberId, outs: { ...o, ...inputs } }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, news) => ({ outs: { ...o, ...news } }),
  delete: async () => {},
});`;

export function sameStateNumber(): (declared: Declared) => pulumi.CustomResource {
  const { outputs, properties } = JSON.parse(readFileSync(process.env[CARRIED_FILE] ?? "", "utf8")) as Carried;
  const all = Object.fromEntries([...properties, ...Object.keys(outputs)].map((name) => [name, undefined]));
  return ({ name, ...args }) => new SameStateNumber(name, { ...all, ...args, __provider: TEXT });
}

class SameStateNumber extends pulumi.CustomResource {
  constructor(name: string, props: Record<string, unknown>) {
    super("pulumi-nodejs:dynamic:Resource", name, props, { additionalSecretOutputs: ["certificate"] });
  }
}
