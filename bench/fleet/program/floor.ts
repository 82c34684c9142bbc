/** The floor: a constant-text provider that does no HTTP. What the engine costs, and what nobody can save. */
import * as pulumi from "@pulumi/pulumi";
import type { Declared } from "./fleet.ts";

export const FLOOR_TEXT = `exports.handler = () => ({
  check: async (olds, news) => ({ inputs: news }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: inputs.phoneNumberId, outs: inputs }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, news) => ({ outs: news }),
  delete: async () => {},
});`;

export class FloorNumber extends pulumi.CustomResource {
  constructor({ name, ...args }: Declared) {
    super("pulumi-nodejs:dynamic:Resource", name, { ...args, __provider: FLOOR_TEXT });
  }
}
