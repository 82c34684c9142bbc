/** Bytes to the emulator and answers back, over one socket: for what a client library would tidy up. */
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Body } from "./emulator-client.ts";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** Empty when there is none. */
  readonly body: Body;
}

const WAIT_MS = 10_000;

/** Sends the pieces one after the other and gives all answers, once the server ends the connection. */
export async function exchange(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<RawAnswer[]> {
  const socket = await open(port);
  for (const piece of pieces) socket.write(piece);
  return readAnswers(await untilClosed(socket));
}

/** Every answer that is whole, in the order sent. An interim `100 Continue` is one too. */
export function readAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf("\r\n\r\n", at);
    if (end < 0) throw new Error(`no end of headers in ${JSON.stringify(bytes.subarray(at).toString())}`);
    const [first = "", ...lines] = bytes.subarray(at, end).toString("latin1").split("\r\n");
    const headers = new Map(
      lines.map((line) => [line.split(":", 1)[0]?.toLowerCase() ?? "", line.replace(/^[^:]*:\s*/, "")]),
    );
    const length = Number(headers.get("content-length") ?? 0);
    const text = bytes.subarray(end + 4, end + 4 + length).toString();
    answers.push({ status: Number(first.split(" ")[1]), headers, text, body: text === "" ? {} : JSON.parse(text) });
    at = end + 4 + length;
  }
  return answers;
}

export function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
    onTestFinished(() => {
      socket.destroy();
    });
  });
}

/** What comes until `done` holds. */
export function until(socket: Socket, done: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const timer = setTimeout(() => reject(new Error(`only ${JSON.stringify(bytes.toString())} came`)), WAIT_MS);
    const read = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!done(bytes)) return;
      clearTimeout(timer);
      socket.off("data", read);
      resolve(bytes);
    };
    socket.on("data", read);
  });
}

function untilClosed(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => reject(new Error(`not closed after ${Buffer.concat(chunks)}`)), WAIT_MS);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    });
  });
}

const AUTH = "Host: graph.test\r\nAuthorization: Bearer emulator-token\r\n";

interface Form {
  /** Header lines, each with its end; the default has the host and the token. */
  readonly head?: string;
  readonly body?: string | Uint8Array;
  /** The last request of a connection. */
  readonly last?: boolean;
}

/** One request, byte by byte; the length header comes with a body. */
export function requestBytes(line: string, { head = AUTH, body, last = true }: Form = {}): Uint8Array {
  const bytes = Buffer.from(body ?? "");
  const length = body === undefined ? "" : `Content-Length: ${bytes.length}\r\n`;
  const end = last ? "Connection: close\r\n" : "";
  return Buffer.concat([Buffer.from(`${line}\r\n${head}${length}${end}\r\n`, "latin1"), bytes]);
}

export function typed(type: string): string {
  return `${AUTH}Content-Type: ${type}\r\n`;
}
