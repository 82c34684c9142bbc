/** The certificate of a display name: opaque base64 to clients, and another one for every approval. */
import { createHash } from "node:crypto";

export function certificateOf(id: string, name: string, approvedAt: number): string {
  return createHash("sha512").update(`${id}\n${name}\n${approvedAt}`).digest("base64");
}
