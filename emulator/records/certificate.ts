/** The certificate of a display name: opaque base64 to clients, and another one for every approval. */
import { createHash } from "node:crypto";

/** `serial` counts a number's certificates, and not time: the same calls give the same bytes. */
export function certificateOf(id: string, name: string, serial: number): string {
  return createHash("sha512").update(`${id}\n${name}\n${serial}`).digest("base64");
}
