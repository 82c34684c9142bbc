/** What `runtime.options` of a Pulumi.yaml may say to this host. */
export interface HostOptions {
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeargs: string;
  readonly packagemanager: PackageManagerName | "auto";
}

export type PackageManagerName = (typeof packageManagers)[number];

export const packageManagers = ["npm", "yarn", "pnpm", "bun"] as const;

const known = ["typescript", "tsconfig", "nodeargs", "packagemanager"];

/**
 * Reads the options as Pulumi's own host does, but for one thing: it passes over an option that it does not know, and a
 * misspelt `typescript: false` then costs an hour.
 */
export function parseOptions(raw: Readonly<Record<string, unknown>>): HostOptions {
  const unknown = Object.keys(raw).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const names = unknown.map((name) => `"${name}"`).join(", ");
    throw new Error(`unknown runtime option ${names} in Pulumi.yaml: runtime.options may hold ${known.join(", ")}`);
  }
  const { typescript = true, tsconfig, nodeargs = "", packagemanager = "auto" } = raw;
  if (typeof typescript !== "boolean") throw new Error("typescript option must be a boolean");
  if (tsconfig !== undefined && typeof tsconfig !== "string") throw new Error("tsconfig option must be a string");
  if (typeof nodeargs !== "string") throw new Error("nodeargs option must be a string");
  if (!isPackageManager(packagemanager)) {
    throw new Error(
      `packagemanager option must be one of auto, ${packageManagers.join(", ")}, got ${JSON.stringify(packagemanager)}`,
    );
  }
  return { typescript, tsconfig, nodeargs, packagemanager };
}

function isPackageManager(value: unknown): value is PackageManagerName | "auto" {
  return value === "auto" || packageManagers.some((name) => name === value);
}
