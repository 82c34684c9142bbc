/** The handle of a picture at an emulator. Its upload is none of the calls of Meta's OpenAPI file. */
import type { Emulator } from "../../emulator/index.ts";

export async function uploadedPicture({ url, token }: Emulator): Promise<unknown> {
  const headers = { authorization: `OAuth ${token}`, file_offset: "0" };
  const begun = await fetch(`${url}/v25.0/app/uploads?file_length=4&file_type=image/png`, { method: "POST", headers });
  const { id } = (await begun.json()) as { id: string };
  const sent = await fetch(`${url}/v25.0/${id}`, { method: "POST", headers, body: "cake" });
  return ((await sent.json()) as { h: unknown }).h;
}
