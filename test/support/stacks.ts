/** More stacks like one that is up: its state and settings under other names, without an `up` of each. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stack } from "./pulumi.ts";

const STATES = "state/.pulumi/stacks/numbers";

/** @param settings what follows in the stack's settings file: values of its configuration */
export async function copyStack(
  { sandbox }: Pick<Stack, "sandbox">,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const state = await readFile(join(sandbox, STATES, "test.json"), "utf8");
  const renamed = state
    .replaceAll("urn:pulumi:test::", `urn:pulumi:${name}::`)
    .replaceAll("::numbers-test", `::numbers-${name}`)
    .replaceAll("organization/numbers/test", `organization/numbers/${name}`);
  await writeFile(join(sandbox, STATES, `${name}.json`), renamed);
  const project = join(sandbox, "projects/numbers");
  const before = await readFile(join(project, "Pulumi.test.yaml"), "utf8");
  const lines = Object.entries(settings).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  await writeFile(join(project, `Pulumi.${name}.yaml`), `${before.trimEnd()}\n${lines.join("")}`);
}
