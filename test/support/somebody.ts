/** What others do at Meta meanwhile: another program of the app, or a person in WhatsApp Manager. */

export interface Whereto {
  readonly url: string;
  readonly token: string;
}

/** @param call as "POST 1972385232742141/settings" */
export async function asSomebody(
  { url, token }: Whereto,
  call: `${"POST" | "DELETE"} ${string}`,
  params: object = {},
): Promise<void> {
  const [method, path] = call.split(" ");
  const target = new URL(`${url}/v25.0/${path}`);
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  let body: string | null = null;
  if (method === "POST") {
    headers["content-type"] = "application/json";
    body = JSON.stringify(params);
  } else target.search = new URLSearchParams({ ...params }).toString();
  const response = await fetch(target, { method: method ?? "", headers, body });
  if (!response.ok) throw new Error(`${call}: ${await response.text()}`);
}
