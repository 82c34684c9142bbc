import { expect, test } from "vitest";
import { DOCUMENTED } from "../../emulator/routes/documented.ts";
import { ROUTES } from "../../emulator/routes.ts";
import { CAKE_SHOP, fetchReply, ICE_CREAM, kept, rawExchange, startGraph, WABA } from "./emulator-client.ts";
import { exchange, requestBytes } from "./raw-answers.ts";

const auth = { authorization: "Bearer emulator-token" };

test("parameters may come by query, form, multipart or JSON, with or without a version and a slash at the end", async () => {
  const graph = await startGraph();
  const url = (path: string) => graph.emulator.url + path;
  const form = new FormData();
  form.set("code_method", "SMS");
  form.set("language", "en");
  const ways: [string, RequestInit][] = [
    [`/v25.0/${ICE_CREAM}/request_code?code_method=SMS&language=en_US`, {}],
    [`/${ICE_CREAM}/request_code`, { body: new URLSearchParams({ code_method: "VOICE", language: "en" }) }],
    [`/v21.0/${ICE_CREAM}/request_code/`, { body: form }],
    [`/${ICE_CREAM}/request_code?code_method=SMS`, { body: new URLSearchParams({ language: "de" }) }],
  ];
  for (const [path, init] of ways) {
    const reply = await fetchReply(url(path), { method: "POST", headers: auth, ...init });
    expect(reply.body).toEqual({ success: true });
  }
  const json = await graph.post(`/v25.0/${ICE_CREAM}/request_code/`, { code_method: "SMS", language: "en" });
  expect(json.body).toEqual({ success: true });
  expect(kept(graph, ICE_CREAM).code_requests).toHaveLength(5);
});

test("a body wins over the query where a name comes twice", async () => {
  const graph = await startGraph();
  await graph.post(`/${ICE_CREAM}?new_display_name=From+Query`, { new_display_name: "From Body" });
  expect(kept(graph, ICE_CREAM).new_display_name).toBe("From Body");
});

test.each([
  ["a Bearer header", (url: string) => fetchReply(url, { headers: { authorization: "Bearer emulator-token" } })],
  ["an OAuth header", (url: string) => fetchReply(url, { headers: { authorization: "OAuth emulator-token" } })],
  ["the query", (url: string) => fetchReply(`${url}?access_token=emulator-token`, {})],
])("a token may come by %s", async (_way, read) => {
  const graph = await startGraph();
  expect((await read(`${graph.emulator.url}/${CAKE_SHOP}`)).status).toBe(200);
});

test("a token may come in a form or JSON body", async () => {
  const graph = await startGraph();
  const name = { new_display_name: "Cake Palace", access_token: "emulator-token" };
  expect((await graph.send("POST", `/${CAKE_SHOP}`, { token: null, form: name })).body).toEqual({ success: true });
  expect((await graph.send("POST", `/${CAKE_SHOP}`, { token: null, json: name })).body).toEqual({ success: true });
});

test("the verb may be overridden on a POST", async () => {
  const graph = await startGraph();
  const { body } = await graph.send("POST", `/${CAKE_SHOP}?method=get&fields=status`);
  expect(body).toEqual({ status: "CONNECTED", id: CAKE_SHOP });
});

test("the body of a GET is ignored and does not disturb the next call on the connection", async () => {
  const graph = await startGraph();
  const head = `GET /v25.0/${CAKE_SHOP}?fields=status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer emulator-token\r\n`;
  const withBody = (body: string) =>
    `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const raw = await rawExchange(
    graph.emulator.port,
    `${withBody("{}")}${withBody("{ not json")}${head}Connection: close\r\n\r\n`,
  );
  expect(raw.match(/HTTP\/1\.1 200 OK/g)?.length).toBe(3);
  expect(raw.match(/"status":"CONNECTED"/g)?.length).toBe(3);
});

test("deregister takes no body at all, an empty form, and an empty JSON object", async () => {
  const graph = await startGraph({ numbers: 3, wabas: 1 });
  const call = (id: string, more: string) =>
    rawExchange(
      graph.emulator.port,
      `POST /v25.0/${id}/deregister HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer emulator-token\r\nConnection: close\r\n${more}`,
    );
  expect(await call("100000000", "\r\n")).toContain('{"success":true}');
  const form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n";
  expect(await call("100000001", form)).toContain('{"success":true}');
  const json = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
  expect(await call("100000002", json)).toContain('{"success":true}');
});

test("a chunked body is read like any other", async () => {
  const graph = await startGraph();
  const body = JSON.stringify({ new_display_name: "Cake Palace" });
  const raw = await rawExchange(
    graph.emulator.port,
    `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer emulator-token\r\nConnection: close\r\n` +
      `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
      `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  );
  expect(raw).toContain('{"success":true}');
  expect(kept(graph, CAKE_SHOP).new_display_name).toBe("Cake Palace");
});

test("JSON inside a form value is decoded", async () => {
  const graph = await startGraph();
  const filtering = JSON.stringify([{ field: "account_mode", operator: "EQUAL", value: "SANDBOX" }]);
  const reply = await graph.send("POST", `/${WABA}/phone_numbers?method=get`, { form: { filtering, fields: "id" } });
  expect(reply.body.data.length).toBe(1);
});

test.each([
  ["broken JSON", "application/json", "{"],
  ["a JSON list", "application/json", "[]"],
  ["a JSON text", "application/json; charset=utf-8", '"pin"'],
  ["multipart without a boundary", "multipart/form-data", "x"],
  ["broken multipart", "multipart/form-data; boundary=b", "--b\r\nnothing"],
  ["a body over the limit", "application/json", `{"a":"${"x".repeat(1024 * 1024)}"}`],
  ["a list where text belongs", "application/json", '{"new_display_name":["a"]}'],
  ["deep nesting", "application/json", `{"new_display_name":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
  ["a name that is no name", "application/json", '{"__proto__":{"pin":"000000"}}'],
  ["an unknown type", "text/plain", '{"pin":"000000"}'],
])("%s is refused in Graph's envelope and changes nothing", async (_what, type, body) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const reply = await fetchReply(`${graph.emulator.url}/${CAKE_SHOP}`, {
    method: "POST",
    headers: { ...auth, "content-type": type },
    body,
  });
  expect(reply.status).toBe(400);
  expect(reply.body.error).toMatchObject({ code: 100, type: "OAuthException", fbtrace_id: expect.any(String) });
  expect(reply.body.error.message.length).toBeLessThan(300);
  expect(graph.emulator.state()).toEqual(before);
  expect((await graph.control("GET", "requests")).status).toBe(200);
});

test.each([
  ["bytes that are not HTTP", "hello\r\n\r\n"],
  ["an impossible host", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"],
  ["a bad header", "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n"],
])("%s are answered in Graph's envelope too", async (_what, text) => {
  const graph = await startGraph();
  const raw = await rawExchange(graph.emulator.port, text);
  expect(raw).toMatch(/^HTTP\/1\.1 400 /);
  expect(raw).toContain("x-waba-emulator: 1");
  expect(JSON.parse(raw.split("\r\n\r\n")[1] ?? "").error.code).toBe(100);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
});

test.each([
  ["/%zz", 404, 803],
  ["//", 400, 100],
  ["/%00", 404, 803],
  ["/v25.0", 400, 100],
  ["/v25.0/", 400, 100],
  ["/..%2f..", 404, 803],
  [`/v25.0/../${CAKE_SHOP}`, 404, 803],
  [`/${CAKE_SHOP}%2fregister`, 404, 803],
  [`/${CAKE_SHOP}/register%2f..`, 400, 2500],
  [`/${"9".repeat(5000)}`, 400, 100],
  [`/${"x".repeat(60_000)}`, 404, 803],
])("the path %s is refused, not tidied and not crashed on", async (path, status, code) => {
  const graph = await startGraph();
  const [answer] = await exchange(graph.emulator.port, requestBytes(`GET ${path} HTTP/1.1`));
  expect(answer?.status).toBe(status);
  expect(answer?.body.error).toMatchObject({ code, fbtrace_id: expect.any(String) });
  expect(answer?.text.length).toBeLessThan(1000);
});

test("a client that goes away while it sends does no harm", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const { connect } = await import("node:net");
  await new Promise<void>((resolve) => {
    const socket = connect(graph.emulator.port, "127.0.0.1", () => {
      socket.write(
        `POST /${CAKE_SHOP} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
      );
      socket.end(() => socket.destroy());
    });
    socket.on("close", () => resolve());
  });
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
  expect(graph.emulator.state()).toEqual(before);
});

test.each([
  ["GET", "/me"],
  ["POST", `/${CAKE_SHOP}/messages`],
  ["GET", `/v25.0/${CAKE_SHOP}/message_qrdls/ABCDEFGHIJKLMN`],
  ["DELETE", `/${CAKE_SHOP}/block_users`],
  ["GET", `/${WABA}/message_templates`],
])("%s %s is documented and refused as not emulated, never a fake success", async (method, path) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const { status, headers, body } = await graph.send(method, path);
  expect(status).toBe(501);
  expect(headers.get("x-waba-emulator")).toBe("1");
  expect(body.error.message).toContain("is not emulated");
  expect(body.error.code).toBe(3);
  expect(graph.emulator.state()).toEqual(before);
});

test.each([
  ["GET", "/", 400, 100, undefined, /^Unsupported get request\. Please read/],
  ["POST", "/v25.0/", 400, 100, undefined, /^Unsupported post request\. Please read/],
  ["DELETE", "/me", 400, 100, undefined, /^Unsupported delete request\. Please read/],
  ["DELETE", `/${CAKE_SHOP}`, 400, 100, 33, /^Unsupported delete request\. Object with ID/],
  ["PUT", `/${CAKE_SHOP}/register`, 400, 100, 33, /^Unsupported put request\. Object with ID/],
  ["GET", `/${CAKE_SHOP}/register`, 400, 2500, undefined, /^Unknown path components: \/register$/],
  ["GET", `/${CAKE_SHOP}/messages`, 400, 2500, undefined, /^Unknown path components: \/messages$/],
  ["GET", `/${WABA}/settings`, 400, 2500, undefined, /^Unknown path components: \/settings$/],
  ["POST", `/${WABA}/settings`, 400, 100, 33, /^Unsupported post request\. Object with ID/],
  ["DELETE", `/${CAKE_SHOP}/messages`, 400, 100, 33, /^Unsupported delete request\. Object with ID/],
  ["PATCH", `/${WABA}/phone_numbers`, 400, 100, 33, /^Unsupported patch request\. Object with ID/],
  ["GET", `/${CAKE_SHOP}/colours`, 400, 2500, undefined, /^Unknown path components: \/colours$/],
  ["POST", `/${WABA}/colours/red`, 400, 2500, undefined, /^Unknown path components: \/colours\/red$/],
  ["GET", `/${CAKE_SHOP}/register/more`, 400, 2500, undefined, /^Unknown path components: \/more$/],
  ["GET", "/404404404/colours", 400, 100, 33, /Object with ID '404404404' does not exist/],
  ["POST", "/nobody/register", 404, 803, undefined, /^\(#803\) Some of the aliases .* do not exist: nobody$/],
] as const)(
  "%s %s is refused as Graph does: HTTP %i, code %i",
  async (method, path, status, code, subcode, message) => {
    const graph = await startGraph();
    const before = graph.emulator.state();
    const reply = await graph.send(method, path);
    expect(reply.status).toBe(status);
    expect([reply.body.error.code, reply.body.error.error_subcode]).toEqual([code, subcode]);
    expect(reply.body.error.message).toMatch(message);
    expect(graph.emulator.state()).toEqual(before);
  },
);

test("what a path means is told only to a token that reaches its object", async () => {
  const graph = await startGraph({ tokens: [{ token: "outsider", wabas: [] }] });
  for (const edge of ["", "/colours", "/messages", "/register"]) {
    const { body } = await graph.post(`/${CAKE_SHOP}${edge}`, {}, { token: "outsider" });
    expect([body.error.code, body.error.error_subcode]).toEqual([100, 33]);
    expect((await graph.post(`/${CAKE_SHOP}${edge}`, {}, { token: "nobody" })).body.error.code).toBe(190);
  }
});

test("nothing is said to be missing that is there, and every route has one row", () => {
  const routes = ROUTES.map(({ method, on, template }) => {
    const parts = template.split("/").filter((part) => part !== "");
    return `${method} ${on} ${(on === "root" ? parts : parts.slice(1)).join("/")}`;
  });
  const missing = DOCUMENTED.flatMap(({ methods, on, edge }) => methods.map((method) => `${method} ${on} ${edge}`));
  const rows = [...routes, ...missing];
  expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
});

test("a method of a POST may come in its body too, and is a parameter like any where it names no verb", async () => {
  const graph = await startGraph();
  const read = await graph.send("POST", `/${CAKE_SHOP}`, { form: { method: "GET", fields: "status" } });
  expect(read.body).toEqual({ status: "CONNECTED", id: CAKE_SHOP });
  await graph.post(`/${CAKE_SHOP}`, { method: "sms", new_display_name: "Cake Palace" });
  expect(kept(graph, CAKE_SHOP).new_display_name).toBe("Cake Palace");
  // Only a POST can be another verb: a link that is followed changes nothing.
  const link = await graph.get(`/${CAKE_SHOP}?method=post&new_display_name=Other`);
  expect([link.status, kept(graph, CAKE_SHOP).new_display_name]).toEqual([200, "Cake Palace"]);
});

test.each([
  ["bytes that are no UTF-8", "new_display_name=Caf%E9", "application/x-www-form-urlencoded"],
  ["a NUL", "new_display_name=Cake%00Shop", "application/x-www-form-urlencoded"],
  ["a NUL in JSON", '{"new_display_name":"Cake\\u0000Shop"}', "application/json"],
  ["half a character in JSON", '{"new_display_name":"Cake \\ud83d"}', "application/json"],
  ["a NUL deep in JSON", '{"webhook_configuration":{"a":["\\u0000"]},"pin":"000000"}', "application/json"],
  ["a NUL in a name", '{"new_display_name":"Cake Palace","\\u0000":1}', "application/json"],
])("%s is refused and changes nothing", async (_what, body, type) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const reply = await fetchReply(`${graph.emulator.url}/${CAKE_SHOP}`, {
    method: "POST",
    headers: { ...auth, "content-type": type },
    body,
  });
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(reply.body.error.message).toMatch(/Unicode|UTF-8/);
  expect(graph.emulator.state()).toEqual(before);
});

test("a percent sign that starts no escape stands for itself", async () => {
  const graph = await startGraph();
  await graph.send("POST", `/${CAKE_SHOP}?new_display_name=100%+Caf%C3%A9`);
  expect(kept(graph, CAKE_SHOP).new_display_name).toBe("100% Café");
});

test("links point to https where a proxy says that it was asked so", async () => {
  const graph = await startGraph({ numbers: 3, wabas: 1 });
  const headers = { "x-forwarded-proto": "https" };
  const { body } = await graph.get("/v25.0/900000/phone_numbers?limit=1", { headers });
  expect(new URL(body.paging.next ?? "").origin).toBe(`https://127.0.0.1:${graph.emulator.port}`);
});

test("the body of a HEAD stays away", async () => {
  const graph = await startGraph();
  const response = await fetch(`${graph.emulator.url}/${CAKE_SHOP}?fields=id`, { method: "HEAD", headers: auth });
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(response.headers.get("facebook-api-version")).toBe("v25.0");
});

test("a text that came where a name belongs stays out of the log", async () => {
  const graph = await startGraph();
  await graph.send("POST", `/${CAKE_SHOP}/register`, { form: { '{"pin":"918273"}': "" } });
  expect(JSON.stringify(graph.emulator.requests())).not.toContain("918273");
});

test.each([
  { connection_status: "CONNECTED", pin: "000000" },
  { username: "cakes", new_display_name: "Cake Palace" },
])("the update %j is refused as a whole, as a part of it is not emulated", async (update) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await graph.post(`/${CAKE_SHOP}`, update)).status).toBe(501);
  expect(graph.emulator.state()).toEqual(before);
});

test("an update without anything to do is refused", async () => {
  const graph = await startGraph();
  expect((await graph.post(`/${CAKE_SHOP}`, { messaging_product: "whatsapp" })).body.error.code).toBe(100);
});
