import { dirname, join } from "node:path";
import { executableName, findOnPath, isExecutable } from "./executable.ts";
import { pulumiVersion } from "./pulumi-version.ts";
import { atLeast, parseVersion } from "./version.ts";

/** The oldest engine that this repository's commands and tests are run with. */
export const minimumEngine = "3.259.0";

export type OnPath = { readonly folder: string; readonly version: string } | { readonly reason: string };

/** The person's own Pulumi, if it is new enough and can run Node.js programs. */
export async function engineOnPath(path: string | undefined): Promise<OnPath> {
  const pulumi = findOnPath("pulumi", path);
  if (pulumi === undefined) return { reason: "pulumi is not there" };
  const folder = dirname(pulumi);
  const printed = await pulumiVersion(pulumi).catch((cause: Error) => cause);
  if (printed instanceof Error) return { reason: printed.message };
  const reason = unfit(pulumi, printed, isExecutable(join(folder, executableName("pulumi-language-nodejs"))));
  return reason === undefined ? { folder, version: printed.replace(/^v/, "") } : { reason };
}

export function unfit(pulumi: string, printed: string, hasHost: boolean): string | undefined {
  const version = parseVersion(printed);
  const minimum = parseVersion(minimumEngine);
  if (version === undefined || minimum === undefined) return `${pulumi} calls its version "${printed}"`;
  if (!atLeast(version, minimum)) return `${pulumi} is ${printed}, older than ${minimumEngine}`;
  if (!hasHost) return `${pulumi} has no pulumi-language-nodejs beside it`;
  return undefined;
}
