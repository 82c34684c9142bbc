/** Routes of Graph's resumable upload: a session of the app, then the bytes. */
import type { Known } from "../known.ts";
import { beginUpload, continueUpload, readUpload } from "../operations/upload.ts";
import type { Route } from "./route.ts";

const GUIDE = "Meta's guide: resumable uploads";
const REFERENCE = "Meta's reference: application uploads";
const SIGNATURE: Known & { required: true } = {
  required: true,
  marks: "D I",
  source: GUIDE,
  note: "part of the session's id; another one is 104 (I)",
};

const begin = (template: string, marks: string, note: string): Route => ({
  method: "POST",
  template,
  on: "root",
  run: beginUpload,
  scopes: [],
  marks,
  source: REFERENCE,
  note,
  params: {
    file_length: { required: true, marks: "D", source: REFERENCE, note: "bytes; 16 MiB at most here" },
    file_type: {
      required: true,
      marks: "D",
      source: GUIDE,
      note: "`application/pdf`, `image/jpeg`, `image/jpg`, `image/png`, `video/mp4`",
    },
    file_name: {
      marks: "D",
      source: GUIDE,
      note: "the guide requires it, its older samples leave it out: optional (I)",
    },
    session_type: { marks: "D", source: REFERENCE, note: "`attachment`" },
  },
});

export const UPLOAD_ROUTES: readonly Route[] = [
  begin("/{APP}/uploads", "D", "the token's own app, else 100/33 (I); the role of the token's user is not looked at"),
  begin("/app/uploads", "D K", "`app` stands for the token's app (K)"),
  {
    method: "POST",
    template: "/upload:{SESSION}",
    on: "root",
    run: continueUpload,
    scopes: [],
    marks: "D",
    source: GUIDE,
    note:
      "the body is the file from the header `file_offset` on, and must begin where it ends so far: else 100 (I); the token " +
      "by header, `OAuth` or `Bearer` (I); `h` once all came, `file_offset` before (I); complete ones repeat `h` for an " +
      "empty piece (I); forgotten when the emulator ends",
    params: { sig: SIGNATURE },
  },
  {
    method: "GET",
    template: "/upload:{SESSION}",
    on: "root",
    run: readUpload,
    scopes: [],
    marks: "D",
    source: GUIDE,
    note: "`file_offset` says how many bytes came: where an interrupted upload goes on",
    params: { sig: SIGNATURE },
  },
];
