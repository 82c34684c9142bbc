import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How `pulumi` is built with Go: everything that the outcome depends on. */
export interface GoRecipe {
  /** The folder with go.mod and go.sum, in which `go` runs. */
  readonly folder: string;
  /** Of Pulumi, as go.mod requires it, without the v. */
  readonly version: string;
  /** The oldest Go that can build it. */
  readonly minimumGo: string;
  readonly hash: string;
}

const pulumiPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

// No C compiler is asked for, and a go.work above this clone must not change what is built.
export const goEnvironment = { CGO_ENABLED: "0", GOWORK: "off" };

export function readGoRecipe(folder: string = import.meta.dirname): GoRecipe {
  const mod = readFileSync(join(folder, "go.mod"), "utf8");
  const sum = readFileSync(join(folder, "go.sum"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(mod)?.[1];
  const minimumGo = /^go (\S+)/m.exec(mod)?.[1];
  if (version === undefined || minimumGo === undefined) throw new Error(`${folder}/go.mod does not name Pulumi and Go`);
  const hash = createHash("sha256");
  for (const part of [mod, sum, JSON.stringify(goEnvironment), ...goArguments(version, "")]) hash.update(`${part}\0`);
  return { folder, version, minimumGo, hash: hash.digest("hex").slice(0, 12) };
}

/** `-mod=readonly` and the rest stand on the command line, where they beat the person's own GOFLAGS. */
export function goArguments(version: string, output: string): string[] {
  // Unstamped it calls itself v3.0.0-dev, which the Automation API refuses.
  const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  return ["build", "-v", "-mod=readonly", "-trimpath", "-ldflags", `-s -w ${stamp}`, "-o", output, pulumiPackage];
}
