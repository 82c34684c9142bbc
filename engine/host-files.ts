import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const sources = join(import.meta.dirname, "host");
const require = createRequire(import.meta.url);
const bundled = ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf", "esbuild"];

/** Changes when the language host would come out different. */
export function hostHash(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(sources).sort()) hash.update(`${name}\0${readFileSync(join(sources, name))}\0`);
  for (const name of bundled) hash.update(`${name}\0${readFileSync(require.resolve(`${name}/package.json`))}\0`);
  return hash.digest("hex").slice(0, 12);
}

/**
 * Writes what a self-built `pulumi` lacks beside it: the Node.js language host, in one file that needs no node_modules, and
 * the plugin of dynamic providers from the npm package.
 */
export async function writeHost(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const host = join(folder, "pulumi-language-nodejs");
  await build({
    entryPoints: [join(sources, "main.ts")],
    outfile: host,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "silent",
  });
  const plugin = join(folder, "pulumi-resource-pulumi-nodejs");
  await copyFile(
    join(dirname(require.resolve("@pulumi/pulumi/package.json")), "pulumi-resource-pulumi-nodejs"),
    plugin,
  );
  for (const file of [host, plugin]) await chmod(file, 0o755);
  // A file without an extension is CommonJS only if no package.json above the cache says otherwise.
  await writeFile(join(folder, "package.json"), '{"type":"commonjs"}\n');
}
