import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, kept, startGraph, WABA } from "./emulator-client.ts";
import { exchange, open, readAnswers, requestBytes, typed, until } from "./raw-answers.ts";

const FORM = typed("application/x-www-form-urlencoded");
const JSON_TYPE = typed("application/json");
const NO_TOKEN = "Host: graph.test\r\n";

const boundary = "------------------------d74496d66958873e";
const MULTIPART = typed(`multipart/form-data; boundary=${boundary}`);
/** As curl's -F writes it. */
function parts(fields: Record<string, string>, end = `--${boundary}--\r\n`): string {
  const all = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return all.join("") + end;
}

const code = { code_method: "SMS", language: "en" };

test.each([
  ["a query and no body at all", `/v25.0/${ICE_CREAM}/request_code?code_method=SMS&language=en_US`, {}],
  ["a query and an empty body", `/v25.0/${ICE_CREAM}/request_code?code_method=SMS&language=en`, { body: "" }],
  ["a form", `/v25.0/${ICE_CREAM}/request_code`, { head: FORM, body: "code_method=SMS&language=en" }],
  [
    "a form with a charset",
    `/${ICE_CREAM}/request_code`,
    { head: typed("application/x-www-form-urlencoded; charset=UTF-8"), body: "code_method=SMS&language=en" },
  ],
  ["JSON", `/v25.0/${ICE_CREAM}/request_code`, { head: JSON_TYPE, body: JSON.stringify(code) }],
  [
    "JSON with a byte order mark",
    `/${ICE_CREAM}/request_code`,
    { head: JSON_TYPE, body: `\ufeff${JSON.stringify(code)}` },
  ],
  [
    "JSON of a type in capitals",
    `/${ICE_CREAM}/request_code`,
    { head: typed("Application/JSON;charset=utf-8"), body: JSON.stringify(code) },
  ],
  ["multipart", `/v25.0/${ICE_CREAM}/request_code`, { head: MULTIPART, body: parts(code) }],
  [
    "multipart without the last line's end",
    `/${ICE_CREAM}/request_code`,
    { head: MULTIPART, body: parts(code, `--${boundary}--`) },
  ],
  ["a slash at the end", `/v25.0/${ICE_CREAM}/request_code/?code_method=SMS&language=en`, {}],
  ["doubled slashes", `//v25.0//${ICE_CREAM}//request_code//?code_method=SMS&language=en`, {}],
  ["an absolute address", `http://graph.test/v25.0/${ICE_CREAM}/request_code?code_method=SMS&language=en`, {}],
  ["half by query, half by form", `/${ICE_CREAM}/request_code?code_method=SMS`, { head: FORM, body: "language=de" }],
  [
    "half by query, half by JSON",
    `/${ICE_CREAM}/request_code?language=de`,
    { head: JSON_TYPE, body: '{"code_method":"VOICE"}' },
  ],
  [
    "a token in the query",
    `/${ICE_CREAM}/request_code?access_token=emulator-token&code_method=SMS&language=en`,
    { head: NO_TOKEN },
  ],
  [
    "a token in the form",
    `/${ICE_CREAM}/request_code`,
    {
      head: `${NO_TOKEN}Content-Type: application/x-www-form-urlencoded\r\n`,
      body: "access_token=emulator-token&code_method=SMS&language=en",
    },
  ],
  [
    "a token in JSON",
    `/${ICE_CREAM}/request_code`,
    {
      head: `${NO_TOKEN}Content-Type: application/json\r\n`,
      body: JSON.stringify({ ...code, access_token: "emulator-token" }),
    },
  ],
  [
    "a token in multipart",
    `/${ICE_CREAM}/request_code`,
    { head: MULTIPART.replace(/Authorization.*\r\n/, ""), body: parts({ ...code, access_token: "emulator-token" }) },
  ],
  [
    "an OAuth header",
    `/${ICE_CREAM}/request_code?code_method=SMS&language=en`,
    { head: `${NO_TOKEN}authorization: OAuth emulator-token\r\n` },
  ],
  [
    "a scheme in small letters",
    `/${ICE_CREAM}/request_code?code_method=SMS&language=en`,
    { head: `${NO_TOKEN}AUTHORIZATION:bearer   emulator-token  \r\n` },
  ],
])("a code is asked for by %s", async (_way, target, form) => {
  const graph = await startGraph();
  const [answer, ...more] = await exchange(graph.emulator.port, requestBytes(`POST ${target} HTTP/1.1`, form));
  expect([answer?.status, answer?.body, more]).toEqual([200, { success: true }, []]);
  expect(kept(graph, ICE_CREAM).code_requests).toHaveLength(1);
});

test.each([
  ["a header goes before the query", `?access_token=nobody`, "Authorization: Bearer emulator-token\r\n", 200],
  ["a header of another kind is not looked at", `?access_token=emulator-token`, "Authorization: Basic eDp5\r\n", 200],
  ["an empty header leaves it to the query", `?access_token=emulator-token`, "Authorization: Bearer \r\n", 200],
  ["an empty token is none", `?access_token=`, "", 401],
  ["a token in a cookie is none", "", "Cookie: access_token=emulator-token\r\n", 401],
])("of tokens %s", async (_what, query, header, status) => {
  const graph = await startGraph();
  const head = { head: `${NO_TOKEN}${header}` };
  const [answer] = await exchange(graph.emulator.port, requestBytes(`GET /${CAKE_SHOP}${query} HTTP/1.1`, head));
  expect(answer?.status).toBe(status);
});

test.each([
  ["no body and no type", {}],
  ["a form type and length 0", { head: FORM, body: "" }],
  ["an empty JSON object", { head: JSON_TYPE, body: "{}" }],
  ["a JSON type and length 0", { head: JSON_TYPE, body: "" }],
  ["a multipart type and length 0", { head: typed("multipart/form-data"), body: "" }],
  ["a text that is not looked at", { head: typed("text/plain"), body: "pin=000000" }],
])("a number is deregistered with %s", async (_way, form) => {
  const graph = await startGraph();
  const [answer] = await exchange(
    graph.emulator.port,
    requestBytes(`POST /v25.0/${CAKE_SHOP}/deregister HTTP/1.1`, form),
  );
  expect(answer?.body).toEqual({ success: true });
  expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
});

test.each([
  ["{}", JSON_TYPE],
  ["{ not json", JSON_TYPE],
  ["pin=000000&method=post", FORM],
  [Buffer.from([0xff, 0x00, 0xfe]), MULTIPART],
  ["x".repeat(2 * 1024 * 1024), JSON_TYPE],
])("the body of a GET is ignored, and the next call on the connection is read well", async (body, head) => {
  const graph = await startGraph();
  const answers = await exchange(
    graph.emulator.port,
    requestBytes(`GET /v25.0/${CAKE_SHOP}?fields=status HTTP/1.1`, { head, body, last: false }),
    requestBytes(`GET /v25.0/${ICE_CREAM}?fields=status HTTP/1.1`),
  );
  expect(answers.map(({ status, body: { id } }) => [status, id])).toEqual([
    [200, CAKE_SHOP],
    [200, ICE_CREAM],
  ]);
  expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
});

test("calls that come in one piece are answered in order, each after the effect of the one before", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { method: "POST" }, latencyMs: 30, times: 2 });
  const pieces = ["First", "Second"].flatMap((name) => [
    requestBytes(`POST /${WABA} HTTP/1.1`, { head: JSON_TYPE, body: JSON.stringify({ name }), last: false }),
    requestBytes(`GET /${WABA}?fields=name HTTP/1.1`, { last: name === "Second" }),
  ]);
  const answers = await exchange(graph.emulator.port, Buffer.concat(pieces));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect([answers[1]?.body.name, answers[3]?.body.name]).toEqual(["First", "Second"]);
});

test("a body may come in chunks, split anywhere", async () => {
  const graph = await startGraph();
  const body = Buffer.from(JSON.stringify({ new_display_name: "Café Palace" }));
  const chunk = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)};x=y\r\n`), bytes, Buffer.from("\r\n")]);
  // In the middle of the two bytes of one letter.
  const middle = body.indexOf(0xc3) + 1;
  const chunks = [chunk(body.subarray(0, middle)), chunk(body.subarray(middle)), Buffer.from("0\r\n\r\n")];
  const head = requestBytes(`POST /${CAKE_SHOP} HTTP/1.1`, { head: `${JSON_TYPE}Transfer-Encoding: chunked\r\n` });
  const [answer] = await exchange(graph.emulator.port, head, ...chunks);
  expect(answer?.body).toEqual({ success: true });
  expect(kept(graph, CAKE_SHOP).new_display_name).toBe("Café Palace");
});

test("a client that waits for 100 Continue gets it, and another expectation is let pass", async () => {
  const graph = await startGraph();
  const body = "new_display_name=Cake+Palace";
  const socket = await open(graph.emulator.port);
  const head = `${FORM}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n`;
  socket.write(requestBytes(`POST /${CAKE_SHOP} HTTP/1.1`, { head, last: false }));
  const interim = await until(socket, (bytes) => bytes.includes("\r\n\r\n"));
  expect(interim.toString()).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  expect(kept(graph, CAKE_SHOP).new_display_name).toBeUndefined();
  socket.write(body);
  const [answer] = readAnswers(await until(socket, (bytes) => bytes.includes('{"success":true}')));
  expect(answer?.status).toBe(200);
  const [other] = await exchange(
    graph.emulator.port,
    requestBytes(`GET /${CAKE_SHOP} HTTP/1.1`, { head: `${FORM}Expect: something\r\n` }),
  );
  expect(other?.status).toBe(200);
});

test("an absolute address names the host that links point to", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 1 });
  const line = "GET http://other.test:8080/v25.0/900000/phone_numbers?limit=1 HTTP/1.1";
  const [answer] = await exchange(graph.emulator.port, requestBytes(line));
  expect(answer?.body.paging.next).toMatch(/^http:\/\/other\.test:8080\/v25\.0\/900000\/phone_numbers\?/);
  const [root] = await exchange(graph.emulator.port, requestBytes("GET http://other.test HTTP/1.1"));
  expect([root?.status, root?.body.error.code]).toEqual([400, 100]);
});

test("HTTP/1.0 works without a Host, and links then point to the address that was asked", async () => {
  const graph = await startGraph();
  const { port } = graph.emulator;
  const line = `GET /${WABA}/phone_numbers?limit=1&access_token=emulator-token HTTP/1.0`;
  const [answer] = await exchange(port, requestBytes(line, { head: "", last: false }));
  expect(answer?.status).toBe(200);
  expect(answer?.body.paging.next).toMatch(
    new RegExp(`^http://127\\.0\\.0\\.1:${port}/${WABA}/phone_numbers\\?access_token=`),
  );
});

test.each([
  ["no Host", `GET /${CAKE_SHOP} HTTP/1.1\r\n\r\n`],
  ["a Host that is none", `GET /${CAKE_SHOP} HTTP/1.1\r\nHost: a/b?c#d\r\n\r\n`],
  ["an empty Host", `GET /${CAKE_SHOP} HTTP/1.1\r\nHost:\r\n\r\n`],
  ["a Host with a user", `GET /${CAKE_SHOP} HTTP/1.1\r\nHost: user@host\r\n\r\n`],
  ["a verb in small letters", `get /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["a verb that is none", `BREW /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["a tunnel", "CONNECT graph.facebook.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["no version of HTTP", `GET /${CAKE_SHOP}\r\n\r\n`],
  ["a version of HTTP that is none", `GET /${CAKE_SHOP} HTTP/9.9\r\nHost: x\r\n\r\n`],
  ["an address with a space", `GET /a b HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["an address that is not escaped", Buffer.from(`GET /?q=Caf\xe9 HTTP/1.1\r\nHost: x\r\n\r\n`, "latin1")],
  ["a NUL in the address", `GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["a NUL in a header", `GET /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nX-Y: a\0b\r\n\r\n`],
  ["a header without a name", `GET /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n`],
  ["headers that never end", `GET /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nX-Y: ${"y".repeat(80_000)}\r\n\r\n`],
  ["a length that is none", `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n`],
  ["a length below zero", `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n`],
  ["two lengths", `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx`],
  [
    "a length and chunks",
    `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["a chunk of no size", `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`],
  ["TLS", Buffer.from("160301020001000001fc0303", "hex")],
])("%s: refused in Graph's envelope, and the emulator goes on", async (_what, bytes) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const socket = await open(graph.emulator.port);
  socket.write(bytes);
  const [answer] = readAnswers(
    await until(socket, (all) => all.includes("\r\n\r\n") && readAnswers(all)[0]?.text.endsWith("}}") === true),
  );
  expect(answer?.status).toBe(400);
  expect(answer?.headers.get("x-waba-emulator")).toBe("1");
  expect(answer?.body.error).toMatchObject({ code: 100, type: "OAuthException", fbtrace_id: expect.any(String) });
  expect(graph.emulator.state()).toEqual(before);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
});

test("a query of a megabyte is refused with an answer that the client can read", async () => {
  const graph = await startGraph();
  const long = Array.from({ length: 100_000 }, (_, index) => `field_${index}`).join(",");
  const [answer] = await exchange(graph.emulator.port, requestBytes(`GET /${CAKE_SHOP}?fields=${long} HTTP/1.1`));
  expect([answer?.status, answer?.body.error.code]).toEqual([400, 100]);
  const posted = await graph.send("POST", `/${CAKE_SHOP}?method=get`, { form: { fields: long.slice(0, 900_000) } });
  expect([posted.status, posted.body.error.code]).toEqual([400, 100]);
  expect(posted.text.length).toBeLessThan(1000);
});

test("a body over the limit is refused, however it comes, and the connection can be used again", async () => {
  const graph = await startGraph();
  const body = `{"new_display_name":"${"x".repeat(1024 * 1024)}"}`;
  const answers = await exchange(
    graph.emulator.port,
    requestBytes(`POST /${CAKE_SHOP} HTTP/1.1`, { head: JSON_TYPE, body, last: false }),
    requestBytes(`GET /${CAKE_SHOP}?fields=new_display_name HTTP/1.1`),
  );
  expect(answers.map(({ status }) => status)).toEqual([400, 200]);
  expect(answers[1]?.body).toEqual({ id: CAKE_SHOP });
  expect(graph.emulator.requests().requests[0]).toMatchObject({ route: "/{PNID}", status: 400, params: {} });
});

test("an answer tells its length, its version and that it is an emulator's", async () => {
  const graph = await startGraph();
  const [answer] = await exchange(graph.emulator.port, requestBytes(`GET /v24.0/${CAKE_SHOP}?fields=id HTTP/1.1`));
  expect(answer?.text).toBe(`{"id":"${CAKE_SHOP}"}`);
  expect(answer?.headers.get("content-length")).toBe(String(answer?.text.length));
  expect(answer?.headers.get("facebook-api-version")).toBe("v24.0");
  expect(answer?.headers.get("x-waba-emulator")).toBe("1");
  expect(answer?.headers.get("content-type")).toBe("application/json; charset=UTF-8");
});
