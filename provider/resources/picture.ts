/** A picture's file as the program sees it: hashed here, since neither a preview nor a diff may read files. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";

/** What goes into the state of a picture. What is left out, `check` says. */
export function describedPicture(file: pulumi.Input<string | pulumi.asset.FileAsset>): pulumi.Output<object> {
  return pulumi.output(file).apply(async (known) => describe(await pathOf(known)));
}

/** A path of another form is left to `check`. */
async function pathOf(file: unknown): Promise<unknown> {
  return typeof file === "object" && file !== null && "path" in file ? file.path : file;
}

async function describe(path: unknown): Promise<object> {
  if (typeof path !== "string") return { path: path ?? "" };
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return { path };
  const fileType = typeOf(bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { path, sha256, ...(fileType === undefined ? {} : { fileType }) };
}

/** By its first bytes: a name can say anything. */
function typeOf(bytes: Buffer): string | undefined {
  const first = bytes.subarray(0, 8).toString("hex");
  if (first === "89504e470d0a1a0a") return "image/png";
  return first.startsWith("ffd8ff") ? "image/jpeg" : undefined;
}
