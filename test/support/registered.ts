/** Resources as a program registers them with an engine that is Pulumi's mocks. */
import * as pulumi from "@pulumi/pulumi";
import { beforeAll } from "vitest";

export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  id: string | undefined;
}

/** @param shown what the engine adds to a resource's inputs */
export function recordRegistered(
  newId: string,
  shown: (inputs: Record<string, unknown>) => Record<string, unknown>,
): Registered[] {
  const registered: Registered[] = [];
  beforeAll(() =>
    pulumi.runtime.setMocks(
      {
        call: () => ({}),
        newResource: ({ type, name, inputs, id }) => {
          registered.push({ type, name, inputs, id });
          return { id: id || newId, state: { ...inputs, ...shown(inputs) } };
        },
      },
      "project",
      "stack",
    ),
  );
  return registered;
}

export const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
