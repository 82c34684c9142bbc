/** What this machine has: Node, the engine with what must stand beside it, and the project's packages and settings. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import type { Findings } from "./report.ts";

const ENGINE_OLDEST = "3.259.0";
const SDK_OLDEST = "3.216.0";
const PACKAGE = "pulumi-waba";
const INSTALL = "Install Pulumi: https://www.pulumi.com/docs/install/";
const ENDINGS = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];

const project = z.object({ options: z.object({ refresh: z.unknown() }).optional().catch(undefined) });

/** @param env where PATH is looked up */
export async function checkMachine(
  findings: Findings,
  env: Readonly<Record<string, string | undefined>>,
  projectFile: string | undefined,
): Promise<void> {
  findings.ok("Node", process.version);
  await checkEngine(findings, env, projectFile === undefined ? "warn" : "fail");
  if (projectFile === undefined) {
    findings.skip("packages, refresh: always, and the stack: this folder is in no Pulumi project (--cwd names one)");
    return;
  }
  checkPackages(findings, dirname(projectFile));
  checkRefresh(findings, projectFile);
}

/** @param miss outside a project it may be right that there is no engine, as where only Graph is asked */
async function checkEngine(
  findings: Findings,
  env: Readonly<Record<string, string | undefined>>,
  miss: "warn" | "fail",
) {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const pulumi = inFolders(folders, "pulumi");
  if (pulumi === undefined) return findings[miss]("engine", "the command pulumi is not on PATH", INSTALL);
  const printed = await versionOf(pulumi);
  const version = /(\d+\.\d+\.\d+)/.exec(printed)?.[1];
  if (version === undefined) {
    return findings[miss]("engine", `${pulumi} says no version: ${JSON.stringify(printed.slice(0, 200))}`, INSTALL);
  }
  if (isOlder(version, ENGINE_OLDEST)) {
    findings[miss]("engine", `${pulumi} is ${version}, older than ${ENGINE_OLDEST}`, INSTALL);
  } else findings.ok("engine", `${pulumi} ${version}`);
  const near = [dirname(pulumi), ...folders];
  if (inFolders(near, "pulumi-language-nodejs") !== undefined) {
    findings.ok("language host", "pulumi-language-nodejs is there");
  } else {
    const what = `pulumi-language-nodejs is neither beside ${pulumi} nor on PATH: no Node.js program can run`;
    findings[miss]("language host", what, INSTALL);
  }
  if (inFolders(near, "pulumi-resource-pulumi-nodejs") !== undefined) {
    findings.ok("plugin", "pulumi-resource-pulumi-nodejs is there, which runs dynamic providers");
  } else {
    const what = `pulumi-resource-pulumi-nodejs is neither beside ${pulumi} nor on PATH`;
    findings.warn("plugin", what, `It comes with Pulumi. ${INSTALL}`);
  }
}

async function versionOf(pulumi: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(pulumi, ["version"], { timeout: 30_000 });
    return stdout.trim();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The plugin is started in the project's folder, and loads the packages from there. */
function checkPackages(findings: Findings, folder: string): void {
  const sdk = versionIn(folder, "@pulumi/pulumi");
  if (sdk === undefined) {
    findings.fail("@pulumi/pulumi", `${folder} has no @pulumi/pulumi`, `npm install @pulumi/pulumi, in ${folder}`);
  } else if (isOlder(sdk, SDK_OLDEST)) {
    const what = `${sdk} is older than ${SDK_OLDEST}: a refresh would not take what it read as inputs`;
    findings.fail("@pulumi/pulumi", what, "npm install @pulumi/pulumi@latest");
  } else findings.ok("@pulumi/pulumi", sdk);

  const own = versionIn(folder, PACKAGE);
  const running = versionIn(import.meta.dirname, PACKAGE);
  if (own === undefined) {
    const what = `${folder} has no ${PACKAGE}: the plugin loads it from there`;
    findings.fail(PACKAGE, what, `npm install ${PACKAGE}, in ${folder}`);
  } else if (own !== running) {
    const what = `the project has ${own}, and this command is ${running}`;
    findings.warn(PACKAGE, what, "Run the project's own: npx waba, in its folder");
  } else findings.ok(PACKAGE, own);
}

function versionIn(folder: string, name: string): string | undefined {
  try {
    const file = createRequire(join(folder, "index.js")).resolve(`${name}/package.json`);
    return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).version;
  } catch {
    return undefined;
  }
}

function checkRefresh(findings: Findings, projectFile: string) {
  let refresh: unknown;
  try {
    // YAML holds JSON too.
    refresh = project.parse(parse(readFileSync(projectFile, "utf8"))).options?.refresh;
  } catch {
    findings.fail("project", `${projectFile} cannot be read`, "Correct it: pulumi preview says what is wrong");
    return;
  }
  if (refresh === "always") return findings.ok("project", "options: refresh: always");
  findings.warn(
    "project",
    `${projectFile} lacks options: refresh: always, so a plain pulumi up reads nothing and misses approvals`,
    "Add to it:  options: { refresh: always }",
  );
}

function inFolders(folders: readonly string[], name: string): string | undefined {
  return folders.flatMap((folder) => ENDINGS.map((ending) => join(folder, `${name}${ending}`))).find(existsSync);
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
