import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createTransport, TransportError } from "../../provider/graph/transport.ts";

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v25.0/1`);
}

async function ask(url: URL, timeoutMs = 5_000, env: Record<string, string> = {}) {
  const transport = createTransport(env);
  onTestFinished(() => transport.close());
  return transport.send({
    method: "POST",
    url,
    headers: { "content-type": "application/json" },
    body: "{}",
    timeoutMs,
  });
}

const failing = async (run: Promise<unknown>) => {
  const error = await run.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TransportError);
  return error as TransportError;
};

test("carries method, path, headers and body there, and status, headers and body back", async () => {
  const url = await serve((request, response) => {
    response.writeHead(418, { "content-type": "text/plain" });
    request.pipe(response);
  });
  expect(await ask(url)).toMatchObject({ status: 418, headers: { "content-type": "text/plain" }, body: "{}" });
});

test("a port that nobody listens on was never sent to", async () => {
  const url = await serve(() => {});
  const dead = new URL(url);
  dead.port = "1";
  const error = await failing(ask(dead));
  expect(error.sent).toBe(false);
  expect(error.message).toContain("ECONNREFUSED");
});

test("a connection that is cut before, or in the middle of the answer, may have been served", async () => {
  const cut = await serve((_request, response) => response.destroy());
  expect((await failing(ask(cut))).sent).toBe(true);
  const half = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"id":', () => response.destroy());
  });
  expect((await failing(ask(half))).sent).toBe(true);
});

test("a server that never answers is given up on", async () => {
  const silent = await serve(() => {});
  const error = await failing(ask(silent, 20));
  expect(error.message).toBe("no answer within 0.02 s");
  expect(error.sent).toBe(true);
});

test("an answer without an end is cut off at its bound", async () => {
  const endless = await serve((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
    };
    response.on("drain", more);
    more();
  });
  expect((await failing(ask(endless))).message).toBe("an answer of more than 8388608 bytes");
});

test("a proxy of the environment is used, and NO_PROXY is obeyed", async () => {
  const asked: string[] = [];
  const target = await serve((_request, response) => response.end("from the target"));
  const proxy = await serve((request, response) => {
    asked.push(request.url ?? "");
    response.end("from the proxy");
  });
  const http_proxy = proxy.origin;
  expect((await ask(new URL("http://graph.test/v25.0/1"), 5_000, { http_proxy })).body).toBe("from the proxy");
  expect((await ask(target, 5_000, { http_proxy, no_proxy: "127.0.0.1" })).body).toBe("from the target");
  expect(asked).toEqual(["http://graph.test/v25.0/1"]);
});
