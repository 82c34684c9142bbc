/**
 * Files on their way through Graph's resumable upload, and the handles that complete ones got. A world's memory, not part
 * of its state: a file that is under way does not outlive the process. Source: Meta's guide, resumable uploads.
 */
import { createHash, type Hash } from "node:crypto";
import type { Random } from "./random.ts";

/** D: those that the guide lists. */
export const UPLOAD_TYPES = ["application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"] as const;
export type UploadType = (typeof UPLOAD_TYPES)[number];

export interface UploadOrder {
  readonly appId: string;
  readonly length: number;
  readonly type: UploadType;
  readonly name: string | undefined;
}

export interface UploadSession extends UploadOrder {
  readonly id: string;
  readonly signature: string;
  /** Bytes that came so far. */
  readonly received: number;
  /** Set once all bytes came. */
  readonly handle?: string;
}

export class UploadBook {
  readonly #sessions = new Map<string, { session: UploadSession; readonly hash: Hash }>();
  readonly #types = new Map<string, UploadType>();

  begin(order: UploadOrder, random: Random): UploadSession {
    const session = { ...order, id: random.token(40), signature: random.token(19), received: 0 };
    this.#sessions.set(session.id, { session, hash: createHash("sha256") });
    return session;
  }

  find(id: string): UploadSession | undefined {
    return this.#sessions.get(id)?.session;
  }

  /** The next bytes of a session that is there. The handle is the file's: the same bytes give the same one. */
  append(id: string, bytes: Uint8Array): UploadSession {
    const entry = this.#sessions.get(id);
    if (entry === undefined) throw new Error(`no upload session ${id}`);
    const received = entry.session.received + bytes.byteLength;
    if (bytes.byteLength > 0) entry.hash.update(bytes);
    const isNew = received === entry.session.length && entry.session.handle === undefined;
    const handle = isNew ? handleOf(entry.session, entry.hash.digest("base64url")) : entry.session.handle;
    entry.session = { ...entry.session, received, ...(handle === undefined ? {} : { handle }) };
    if (handle !== undefined) this.#types.set(handle, entry.session.type);
    return entry.session;
  }

  /** What kind of file a handle stands for; undefined for one that was never given out. */
  typeOf(handle: string): UploadType | undefined {
    return this.#types.get(handle);
  }
}

/** In the form of Meta's: a number, the file's name, its type, and what nobody can read. */
function handleOf({ name = "file", type, appId }: UploadOrder, digest: string): string {
  const [words, kind, app] = [name, type, appId].map((text) => Buffer.from(text).toString("base64"));
  return `4:${words}:${kind}:${digest}:e:${app}`;
}
