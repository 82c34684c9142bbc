/**
 * A file for Graph, by its resumable upload: a session, the bytes, and the handle that other calls take. An upload that is
 * cut off goes on where Graph says that it ended; where that is refused, a new session is begun.
 * Source: Meta's guide "Resumable Upload API".
 */
import { uploaded, uploadProgress, uploadSession } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";
import { type Call, GraphError, mayHaveHappened } from "./errors.ts";

export interface UploadFile {
  readonly name: string;
  /** Its MIME type: a JPEG or PNG where it is a picture. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

const SESSIONS_MAX = 2;
/** Pieces of one session. */
const PIECES_MAX = 3;

/** @throws GraphError, UnexpectedAnswerError, NetworkError, BlockedError or DeadlineError */
export async function upload(client: GraphClient, call: Call, file: UploadFile): Promise<string> {
  for (let sessions = 1; ; sessions += 1) {
    const session = await begin(client, call, file);
    try {
      return await send(client, call, session, file);
    } catch (error) {
      if (!(error instanceof NotResumed)) throw error;
      if (sessions === SESSIONS_MAX) throw error.cause;
    }
  }
}

/** What came so far cannot be gone on with. The cause is what cut it off. */
class NotResumed extends Error {}

async function begin(client: GraphClient, call: Call, { name, type, bytes }: UploadFile): Promise<string> {
  const params = { file_name: name, file_length: bytes.byteLength, file_type: type };
  // A session that nobody uses has no effect, so that two are as good as one.
  return (await client.post({ call, path: "/app/uploads", params, repeatable: true }, uploadSession)).id;
}

async function send(client: GraphClient, call: Call, session: string, { bytes }: UploadFile): Promise<string> {
  const path = `/${session}`;
  const secrets = [session, ...session.split(/\?(?:sig=)?/)];
  const piece = { call, path, shownAs: "/upload:{SESSION}", secrets };
  let cut: unknown;
  for (let offset = 0, pieces = 1; ; pieces += 1) {
    try {
      return (await client.upload({ ...piece, bytes: bytes.subarray(offset), offset }, uploaded)).h;
    } catch (error) {
      if (cut !== undefined && error instanceof GraphError && !mayHaveHappened(error)) throw notResumed(cut);
      if (pieces === PIECES_MAX || !mayHaveHappened(error)) throw error;
      cut = error;
    }
    offset = await reached(client, call, { path, secrets, cut });
    if (offset > bytes.byteLength) throw notResumed(cut);
  }
}

async function reached(
  client: GraphClient,
  call: Call,
  { path, secrets, cut }: { path: string; secrets: readonly string[]; cut: unknown },
): Promise<number> {
  try {
    return (await client.get(call, path, {}, uploadProgress, secrets)).file_offset;
  } catch (error) {
    throw error instanceof GraphError ? notResumed(cut) : error;
  }
}

function notResumed(cause: unknown): NotResumed {
  return new NotResumed("the upload cannot be gone on with", { cause });
}
