/** Refusals of resumable uploads. Meta's reference lists the codes 100, 104, 190 and 200 of them; which is for what is inferred. */
import { badRequest, echo } from "./refusal.ts";

/** D: the call fails unless the token comes in the header. I: with this code. */
export const tokenNotInHeader = () => badRequest(100, "The access token of an upload must be in the header.");
/** I */
export const fileOffset = (expected: number, got: string | undefined) =>
  badRequest(100, `The header file_offset must be ${expected}: so many bytes came - got ${echo(got ?? "none")}`);
/** I */
export const uploadOverflow = (length: number) =>
  badRequest(100, `The upload has more bytes than its file_length of ${length}.`);
/** D for the code, among those of the edge; I for when. */
export const wrongSignature = () => badRequest(104, "Incorrect signature");
/** I: a handle that no upload gave, or of a file that is no picture. */
export const noPicture = (handle: string) =>
  badRequest(100, `Param profile_picture_handle must be the handle of an uploaded JPEG or PNG - got ${echo(handle)}`);
