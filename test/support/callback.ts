/** A webhook's address: answers Meta's challenge while `alive`, and remembers the tokens it was asked with. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Callback {
  readonly url: string;
  alive: boolean;
  readonly tokens: string[];
}

/** @param onEnd for those who start one while there is no test */
export async function startCallback(
  path = "/hook",
  onEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<Callback> {
  const tokens: string[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://callback.test");
    tokens.push(searchParams.get("hub.verify_token") ?? "");
    if (callback.alive) response.end(searchParams.get("hub.challenge"));
    else response.writeHead(500).end("down");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onEnd(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const callback: Callback = { url: `http://127.0.0.1:${port}${path}`, alive: true, tokens };
  return callback;
}
