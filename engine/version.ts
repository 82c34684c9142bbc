/** A semantic version; build metadata is dropped. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: string | undefined;
}

const pattern = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Takes what `pulumi version` and `go env GOVERSION` print (`v3.259.0`, `go1.26`); undefined when it is no version. */
export function parseVersion(text: string): Version | undefined {
  const match = pattern.exec(text.trim().replace(/^go/, ""));
  if (match === null) return undefined;
  const [, major, minor, patch, prerelease] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0), prerelease };
}

export function atLeast(version: Version, minimum: Version): boolean {
  for (const part of ["major", "minor", "patch"] as const) {
    if (version[part] !== minimum[part]) return version[part] > minimum[part];
  }
  // 3.259.0-alpha comes before 3.259.0; between two prereleases we do not tell.
  return version.prerelease === undefined || minimum.prerelease !== undefined;
}

export function sameVersion(one: string, other: string): boolean {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  return a !== undefined && b !== undefined && atLeast(a, b) && atLeast(b, a) && a.prerelease === b.prerelease;
}
