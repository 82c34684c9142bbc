/** Pictures in files of a folder of their own, and what a program makes of them. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const PNG = "89504e470d0a1a0a";

/** The picture as resources/picture.ts describes it. */
export interface DescribedPicture {
  readonly path: string;
  readonly sha256: string;
  readonly fileType: "image/png";
}

/** Bytes that begin like a PNG: nothing here looks further. */
export function pngOf(text: string): Buffer {
  return Buffer.concat([Buffer.from(PNG, "hex"), Buffer.from(text)]);
}

/** By name, each of other bytes. */
export function picturesIn<Name extends string>(...names: readonly Name[]): Record<Name, DescribedPicture> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-waba-pictures-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const made = names.map((name) => {
    const path = join(folder, `${name}.png`);
    writeFileSync(path, pngOf(name));
    return [name, { path, sha256: createHash("sha256").update(pngOf(name)).digest("hex"), fileType: "image/png" }];
  });
  return Object.fromEntries(made);
}
