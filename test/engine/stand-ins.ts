import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-waba-test-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** An executable shell script; it may use shell builtins only, since tests give it an empty PATH. */
export function script(file: string, ...lines: string[]): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(file, 0o755);
  return file;
}

export function pulumi(folder: string, version: string): void {
  script(join(folder, "pulumi"), `echo ${version}`);
}

export function pulumiWithHost(folder: string, version: string): void {
  pulumi(folder, version);
  script(join(folder, "pulumi-language-nodejs"));
}

export interface GoBehaviour {
  readonly goVersion?: string;
  /** Instead of writing a pulumi. */
  readonly build?: string[];
  /** What the pulumi that it builds says. */
  readonly pulumiVersion?: string;
}

/** A `go` that writes a stand-in of pulumi, and a line to `<folder>/go.log` for every build. */
export function go(folder: string, behaviour: GoBehaviour = {}): void {
  const { goVersion = "go1.26.8", pulumiVersion = "v3.259.0", build } = behaviour;
  script(
    join(folder, "go"),
    `if [ "$1" = env ]; then echo ${goVersion}; exit 0; fi`,
    `echo "$GOTOOLCHAIN $*" >> ${join(folder, "go.log")}`,
    'while [ $# -gt 0 ]; do if [ "$1" = -o ]; then out=$2; fi; shift; done',
    ...(build ?? [`printf '#!/bin/sh\\necho ${pulumiVersion}\\n' > "$out"`, '/bin/chmod 755 "$out"']),
  );
}
