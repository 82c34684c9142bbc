/** Reads a request's body up to a limit. Hono's own limit rebuilds the request, which needs replaced globals. */
import type { Readable } from "node:stream";

/** Undefined when it is too large: the rest is then read and thrown away, so that the answer can be delivered. */
export function readBytes(incoming: Readable, max: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    incoming.on("data", (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size <= max) chunks.push(chunk);
      else resolve(undefined);
    });
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("error", reject);
    const gone = (): void => reject(new Error("the client went away"));
    if (incoming.destroyed) gone();
    incoming.once("close", gone);
  });
}
