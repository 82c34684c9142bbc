/** POST /{APP}/uploads and /app/uploads; GET and POST /upload:{SESSION} */
import { optionalText, type Params, requiredText, requiredWord } from "../calls/params.ts";
import { UPLOAD_FILE_BYTES_MAX, UPLOAD_PREFIX } from "../limits.ts";
import { noSuchObject } from "../refusals/access.ts";
import { invalidParam } from "../refusals/request.ts";
import { fileOffset, tokenNotInHeader, uploadOverflow, wrongSignature } from "../refusals/upload.ts";
import { UPLOAD_TYPES, type UploadSession } from "../uploads.ts";
import type { Context, RootOperation } from "./operation.ts";

export const beginUpload: RootOperation = (_state, params, { call, token, uploads, random }) => {
  const [appId] = call.segments;
  if (appId !== "app" && appId !== token.app_id) throw noSuchObject(call.method, appId ?? "");
  if (params.has("session_type")) requiredWord(params, "session_type", ["attachment"]);
  const order = {
    appId: token.app_id,
    length: requiredLength(params),
    type: requiredWord(params, "file_type", UPLOAD_TYPES),
    name: optionalText(params, "file_name"),
  };
  const { id, signature } = uploads.begin(order, random);
  return { id: `${UPLOAD_PREFIX}${id}?sig=${signature}` };
};

export const readUpload: RootOperation = (_state, params, context) => progress(sessionOf(params, context));

/** All that is wrong with a piece is found before any of it is kept. */
export const continueUpload: RootOperation = (_state, params, context) => {
  const session = sessionOf(params, context);
  const { upload } = context.call;
  if (upload === undefined || !upload.isTokenInHeader) throw tokenNotInHeader();
  if (upload.offset !== String(session.received)) throw fileOffset(session.received, upload.offset);
  if (session.received + upload.bytes.byteLength > session.length) throw uploadOverflow(session.length);
  const next = context.uploads.append(session.id, upload.bytes);
  return next.handle === undefined ? progress(next) : { h: next.handle };
};

function sessionOf(params: Params, { call, token, uploads }: Pick<Context, "call" | "token" | "uploads">) {
  const [name = ""] = call.segments;
  const session = uploads.find(name.slice(UPLOAD_PREFIX.length));
  if (session === undefined || session.appId !== token.app_id) throw noSuchObject(call.method, name);
  if (optionalText(params, "sig") !== session.signature) throw wrongSignature();
  return session;
}

function progress({ id, signature, received }: UploadSession) {
  return { id: `${UPLOAD_PREFIX}${id}?sig=${signature}`, file_offset: received };
}

function requiredLength(params: Params): number {
  const text = requiredText(params, "file_length");
  const length = /^\d+$/.test(text) ? Number(text) : 0;
  if (length > 0 && length <= UPLOAD_FILE_BYTES_MAX) return length;
  throw invalidParam("file_length", `must be a number of bytes from 1 to ${UPLOAD_FILE_BYTES_MAX}`, text);
}
