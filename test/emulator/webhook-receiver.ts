/** A server that Meta would call: it answers hub.challenge, and keeps what it is sent. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly text: string;
}

export interface Message {
  readonly object: string;
  readonly entry: readonly {
    readonly id: string;
    readonly time: number;
    readonly changes: readonly { readonly field: string; readonly value: { readonly [name: string]: unknown } }[];
  }[];
}

type Answer = (request: Received, response: ServerResponse) => void | Promise<void>;

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** The hub.challenge calls. */
  challenges(): readonly Received[];
  messages(): readonly Message[];
  /** The fields of the messages, in the order in which they came. */
  fields(): readonly string[];
}

export const VERIFY_TOKEN = "only-for-hub.challenge";

/** Gives the challenge back to who knows the verify token, and 200 to a message. */
export const wellBehaved: Answer = ({ method, url }, response) => {
  if (method === "POST") return void response.end();
  const isOurs = url.searchParams.get("hub.verify_token") === VERIFY_TOKEN;
  response.statusCode = isOurs ? 200 : 403;
  response.end(isOurs ? url.searchParams.get("hub.challenge") : "");
};

export async function startReceiver(answer: Answer = wellBehaved): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((incoming, response) => {
    readText(incoming).then((text) => {
      const url = new URL(incoming.url ?? "/", "http://receiver");
      const request = { method: incoming.method ?? "", url, headers: incoming.headers, text };
      received.push(request);
      return answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const messages = () =>
    received.filter(({ method }) => method === "POST").map(({ text }) => JSON.parse(text) as Message);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    challenges: () => received.filter(({ method }) => method === "GET"),
    messages,
    fields: () => messages().flatMap(({ entry }) => entry.flatMap(({ changes }) => changes.map(({ field }) => field))),
  };
}

async function readText(incoming: IncomingMessage): Promise<string> {
  let text = "";
  incoming.setEncoding("utf8");
  for await (const chunk of incoming) text += chunk;
  return text;
}

/** A promise and the handle to end its wait. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
