import { readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { locateEngine } from "../../engine/locate.ts";
import { createSandbox } from "../../engine/sandbox.ts";
import { temporaryFolder } from "./stand-ins.ts";

const root = join(import.meta.dirname, "..", "..");

/** A project with one dynamic resource, outside this repository but with its packages. */
function trivialProject(): string {
  const folder = temporaryFolder();
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: trivial\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n",
  );
  writeFileSync(
    join(folder, "index.ts"),
    `import * as pulumi from "@pulumi/pulumi";
    const provider: pulumi.dynamic.ResourceProvider = { async create(inputs) { return { id: "1", outs: inputs }; } };
    class Thing extends pulumi.dynamic.Resource {
      declare readonly colour: pulumi.Output<string>;
      constructor(name: string, colour: pulumi.Input<string>) { super(provider, name, { colour }); }
    }
    if (process.env.SHOP_FAILS) throw new Error("no such colour");
    export const colour = new Thing("thing", new pulumi.Config().require("colour")).colour;`,
  );
  return folder;
}

test("the real engine brings a program up and down in a sandbox, and leaves no file in the project", async () => {
  const engine = await locateEngine();
  const sandbox = await createSandbox({ engine });
  onTestFinished(() => sandbox.dispose());
  const program = trivialProject();
  const before = readdirSync(program);
  const cwd = await sandbox.project(program);
  const pulumi = async (args: string[], env: Record<string, string> = {}) => {
    const finished = await sandbox.run(args, { cwd, env });
    return { ...finished, output: finished.stdout + finished.stderr };
  };

  expect(await pulumi(["stack", "init", "dev"])).toMatchObject({ exitCode: 0 });
  expect(await pulumi(["config", "set", "--secret", "colour", "green"])).toMatchObject({ exitCode: 0 });
  const up = await pulumi(["up", "--yes"]);
  expect(up.output).toMatch(/2 created/);
  expect(up.output).not.toMatch(/warning/i);
  expect(up.exitCode).toBe(0);
  expect(JSON.parse((await pulumi(["stack", "output", "--json", "--show-secrets"])).stdout)).toEqual({
    colour: "green",
  });
  expect((await pulumi(["preview", "--refresh", "--expect-no-changes"])).exitCode).toBe(0);

  const failed = await pulumi(["up", "--yes"], { SHOP_FAILS: "1" });
  expect(failed.exitCode).not.toBe(0);
  expect(failed.output).toContain("no such colour");

  expect((await pulumi(["destroy", "--yes"])).output).toMatch(/2 deleted/);
  expect(readdirSync(program)).toEqual(before);
  expect(readdirSync(cwd)).toContain("Pulumi.dev.yaml");
});
