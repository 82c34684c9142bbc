/** The declared picture's file, read while it is uploaded. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { UploadFile } from "../../graph/uploads.ts";
import type { Picture } from "../../schemas/business-profile-inputs.ts";
import { DeclarationError } from "../declaration-error.ts";

/** @throws DeclarationError where it is not the file that the program saw */
export async function fileOf({ path, sha256, fileType }: Picture, label: string): Promise<UploadFile> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new DeclarationError(
      `The profile picture cannot be read · ${label} · ${path}: ${error.code ?? error.message} · nothing was changed; ` +
        "a path starts at the folder that the program runs in, so give an absolute one where programs run elsewhere",
    );
  });
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw new DeclarationError(
      `The profile picture is another file than the program saw · ${label} · ${path} · nothing was changed; run pulumi ` +
        "up again",
    );
  }
  return { name: basename(path), type: fileType, bytes };
}
